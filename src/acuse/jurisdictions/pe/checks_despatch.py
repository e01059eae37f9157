"""What is wrong with a despatch advice, before it gets a number.

Source: peru.md 12; SUNAT's codes for both advices, whose rules of 2023 give no lengths: those here
are the usual ones (UNCONFIRMED 6). What needs its registers only SUNAT can say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import content, ids
from acuse.jurisdictions.pe.checks_advice_parties import addressee_problems, others_problems
from acuse.jurisdictions.pe.checks_carriage import carriage_problems
from acuse.jurisdictions.pe.checks_document import (
    amount_problems,
    future_problems,
    place_problems,
    series_problems,
    unwritten,
    unwritten_of_lines,
)
from acuse.jurisdictions.pe.checks_goods import goods_problems
from acuse.jurisdictions.pe.checks_related import related_problems
from acuse.jurisdictions.pe.content_despatch import PUBLIC, Point, Trip, trip
from acuse.jurisdictions.pe.content_withholding import note
from acuse.jurisdictions.pe.fields_despatch import MODES
from acuse.jurisdictions.pe.rules_despatch import REASONS, Need, Reason
from acuse.jurisdictions.pe.wording import SHEET, bad_ruc, problem, text_problems

RULES = "SUNAT, reglas de la guía de remisión de 2023"
LONGEST_NOTE = 250
SENDS = DocumentKind.DESPATCH


def findings(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document, or only remarked; one without a date is of today."""
    today = at.astimezone(content.LIMA).date()
    dated = replace(document, date=document.date or today)
    for found in _problems(dated, trip(dated, company), company, today):
        yield replace(found, rule=found.rule.replace(SHEET, RULES))


def _problems(document: Document, told: Trip, company: Company, today: date) -> Iterator[Problem]:
    sends = document.kind is SENDS
    letter, words = ("T", "remitente") if sends else ("V", "transportista")
    yield from series_problems(document, letter, f"guías de {words}")
    yield from future_problems(document.date, today, "PE-OWN-21")
    yield from unwritten(document)
    yield from unwritten_of_lines(document)
    if sends and told.reason not in REASONS:
        text = f"El motivo «{one_line_of(told.reason)}» no existe. Elige uno de la lista."
        yield problem("extra.reason", "PE-3405" if told.reason else "PE-3404", text)
        return
    reason = REASONS[told.reason] if sends else None
    yield from _header(document, told)
    yield from _weights(told)
    if reason:
        yield from _reason(told, reason)
    yield from _points(told, reason, company)
    yield from addressee_problems(document, reason, company)
    yield from others_problems(document, told, reason, company)
    yield from carriage_problems(document.kind, told, company)
    yield from related_problems(document.kind, told, reason)
    yield from goods_problems(document, told, reason)


def _header(document: Document, told: Trip) -> Iterator[Problem]:
    assert document.date is not None
    yield from text_problems(
        "anotation", "PE-4186", "La observación", note(document), least=0, most=LONGEST_NOTE
    )
    if told.start < document.date:
        text = f"El traslado empieza el {told.start:%d/%m/%Y}, antes de la fecha de la guía."
        yield problem("extra.start_date", "PE-3343", f"{text} Corrígelo.")
    if told.handover is None:
        return
    if told.mode != PUBLIC:
        text = "La entrega al transportista es solo de transporte público. Quítala."
        yield problem("extra.handover_date", "PE-OWN-20", text)
    elif told.handover < document.date:
        text = f"La entrega es del {told.handover:%d/%m/%Y}, antes de la fecha de la guía."
        yield problem("extra.handover_date", "PE-4386", f"{text} Corrígela.")


def _weights(told: Trip) -> Iterator[Problem]:
    if not told.weight:
        yield problem("extra.weight", "PE-2880", "Falta el peso bruto total. Escríbelo.")
    else:
        what = "El peso bruto total"
        yield from amount_problems("extra.weight", "PE-2523", what, told.weight, places=3)
    if told.weight_unit not in ("KGM", "TNE"):
        text = f"«{one_line_of(told.weight_unit)}» no sirve para el peso. Usa KGM o TNE."
        yield problem("extra.weight_unit", "PE-2523", text)
    if told.net_weight is not None:
        what = "El peso de los ítems"
        yield from amount_problems("extra.net_weight", "PE-3397", what, told.net_weight, places=3)
    yield from text_problems(
        "extra.weight_reason", "PE-4428", "El sustento", told.weight_reason, least=0, most=250
    )
    if told.packages is not None and not 0 < told.packages < 10**6:
        text = f"El número de bultos ({told.packages}) va de 1 a 999999. Corrígelo."
        yield problem("extra.packages", "PE-4384", text)


def _reason(told: Trip, reason: Reason) -> Iterator[Problem]:
    if told.mode not in dict(MODES):
        text = f"La modalidad «{one_line_of(told.mode)}» no existe: 01 es público, 02 privado."
        yield problem("extra.mode", "PE-2773" if told.mode else "PE-2532", text)
    if reason.text and not told.reason_text:
        text = "Con el motivo «Otros» hace falta describirlo. Escribe la descripción."
        yield problem("extra.reason_text", "PE-3457", text)
    yield from text_problems(
        "extra.reason_text", "PE-4190", "La descripción", told.reason_text, least=0, most=100
    )


def _points(told: Trip, reason: Reason | None, company: Company) -> Iterator[Problem]:
    own = reason is not None and reason.own_places
    codes = ("PE-2577", "PE-4076", "PE-3363", "PE-3365")
    yield from _point("departure", told.departure, codes, company, own=own)
    codes = ("PE-2574", "PE-4068", "PE-3368", "PE-3369")
    if told.arrival is not None:
        yield from _point("arrival", told.arrival, codes, company, own=own)
    elif reason is None or reason.arrival is Need.MUST:
        yield from _point("arrival", Point("", "", "", ""), codes, company, own=own)


def _point(
    name: str, one: Point, codes: tuple[str, str, str, str], company: Company, *, own: bool
) -> Iterator[Problem]:
    """Codes: no address, its form, an ubigeo that is none, no establishment."""
    missing, form, unknown, annex = codes
    what = "La dirección de partida" if name == "departure" else "La dirección de llegada"
    if not one.line:
        yield problem(f"extra.{name}_address", missing, f"{what} falta. Complétala.")
    else:
        field = f"extra.{name}_address"
        yield from text_problems(field, form, what, one.line, least=3, most=500)
    yield from place_problems(
        f"extra.{name}_ubigeo", one.place, code="PE-2776", missing="PE-2775", unknown=unknown
    )
    if own and not one.annex:
        text = "Entre establecimientos propios hace falta el código de cada uno. Complétalo."
        yield problem(f"extra.{name}_annex", annex, text)
    elif one.annex and (len(one.annex) != 4 or not (one.annex.isascii() and one.annex.isdigit())):
        text = f"El establecimiento «{one_line_of(one.annex)}» no es de 4 dígitos. Corrígelo."
        yield problem(f"extra.{name}_annex", annex, text)
    if one.ruc and not ids.is_ruc(one.ruc):
        yield problem(f"extra.{name}_ruc", "PE-3409", bad_ruc(one.ruc))
    elif own and one.ruc and one.ruc != company.tax_id.number:
        text = f"El establecimiento es del RUC {one.ruc} y debe ser de los tuyos. Corrígelo."
        yield problem(f"extra.{name}_ruc", "PE-3414", text)
