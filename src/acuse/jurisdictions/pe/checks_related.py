"""What is wrong with the documents that a trip hangs from. Source: peru.md 12; SUNAT's codes.

The form of a DAM's number is the usual one (UNCONFIRMED 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import ids
from acuse.jurisdictions.pe.content_despatch import ISSUED, Related, Trip
from acuse.jurisdictions.pe.rules_despatch import (
    CUSTOMS,
    FOR_CARRIER,
    FOR_SENDER,
    SEVERAL,
    Need,
    Reason,
)
from acuse.jurisdictions.pe.wording import bad_ruc, problem

FIELD = "extra.related"
RECEIPT = re.compile(r"[A-Z0-9]{4}-(?!0+$)[0-9]{1,8}")
TICKET = re.compile(r"[a-zA-Z0-9-]{1,20}(-[0-9]{1,20})?")
DECLARATION = re.compile(r"[0-9]{3}-[0-9]{4}-[0-9]{2}-[0-9]{1,6}")
ANY = re.compile(r"\S{1,100}")
FORMS = dict.fromkeys(("01", "03", "04", "09", "31"), RECEIPT)
FORMS |= {"12": TICKET, "50": DECLARATION, "52": DECLARATION}


def related_problems(kind: DocumentKind, told: Trip, reason: Reason | None) -> Iterator[Problem]:
    """Each document, then what the reason or the kind asks of all."""
    sends = kind is DocumentKind.DESPATCH
    for one in told.related:
        yield from _related(one, FOR_SENDER if sends else FOR_CARRIER, sends=sends)
    pairs = [(one.code, one.number) for one in told.related]
    if len(set(pairs)) < len(pairs):
        yield problem(FIELD, "PE-3340", "Un documento relacionado está dos veces. Quita uno.")
    if reason is not None:
        yield from _customs(told, reason)
        yield from _supplier(told, reason)
    elif len(pairs) > 1 and not SEVERAL & {code for code, _ in pairs}:
        text = "Varios documentos van solo si uno es una guía o un permiso. Deja uno."
        yield problem(FIELD, "PE-3346", text)


def declarations(told: Trip) -> frozenset[str]:
    """The numbers of the DAM and DS that the trip hangs from."""
    return frozenset(one.number for one in told.related if one.code in CUSTOMS)


def _related(one: Related, known: frozenset[str], *, sends: bool) -> Iterator[Problem]:
    if one.code not in known:
        text = f"El tipo «{one_line_of(one.code)}» no va en esta guía. Usa uno del catálogo 61."
        yield problem(FIELD, "PE-2692", text)
        return
    if not one.number:
        text = f"Falta el número del documento de tipo {one.code}. Escríbelo detrás del tipo."
        yield problem(FIELD, "PE-3403", text)
    elif not FORMS.get(one.code, ANY).fullmatch(one.number):
        text = f"«{one_line_of(one.number)}» no es un número de ese tipo de documento ({one.code})."
        yield problem(FIELD, "PE-3441", f"{text} Corrígelo.")
    if one.ruc and not ids.is_ruc(one.ruc):
        yield problem(FIELD, "PE-3409" if sends else "PE-3381", bad_ruc(one.ruc))
    elif not one.ruc and one.code in ISSUED:
        text = f"Falta el RUC de quien emitió {one_line_of(one.number)}. Escríbelo detrás."
        yield problem(FIELD, "PE-3380", text)


def _customs(told: Trip, reason: Reason) -> Iterator[Problem]:
    if reason.customs and not declarations(told):
        text = "En importaciones y exportaciones falta la DAM (50) o la DS (52). Agrégala."
        yield problem(FIELD, "PE-3440", text)
    whole = "whole_customs" in told.indicators
    if whole and not reason.customs:
        text = "El traslado total de la DAM es solo de importaciones y exportaciones. Quítalo."
        yield problem("extra.whole_customs", "PE-3392", text)
    if reason.customs and not told.containers and told.packages is None:
        text = "Falta el número de bultos, o los contenedores. Escríbelo."
        yield problem("extra.packages", "PE-3419", text)
    partial = reason.customs and not whole
    for name, value, missing, strange, words in (
        ("net_weight", told.net_weight, "PE-4383", "PE-3395", "el peso de los ítems"),
        ("weight_reason", told.weight_reason, "PE-4387", "PE-3418", "el sustento del peso"),
    ):
        if partial and not value:
            text = f"En un traslado parcial de la DAM falta {words}. Complétalo."
            yield problem(f"extra.{name}", missing, text)
        elif not reason.customs and value:
            text = f"Solo en importaciones y exportaciones va {words}. Quítalo."
            yield problem(f"extra.{name}", strange, text)


def _supplier(told: Trip, reason: Reason) -> Iterator[Problem]:
    """Who sells to us issued one of the documents."""
    one, issuers = told.supplier, {related.ruc for related in told.related if related.ruc}
    if reason.supplier is not Need.MUST or one is None or one.identity.kind != "RUC":
        return
    if issuers and one.identity.number not in issuers:
        text = f"Ningún documento relacionado es del proveedor (RUC {one.identity.number})."
        yield problem(FIELD, "PE-3442", f"{text} Corrige el RUC.")
