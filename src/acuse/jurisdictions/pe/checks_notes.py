"""What is wrong with a note's references and reason. Source: peru.md 3.8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acuse.domain.document import Document, Reference
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import unusable
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, ids
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.wording import problem, text_problems

ANY = {DocumentKind.CREDIT_NOTE: "10", DocumentKind.DEBIT_NOTE: "03"}  # may correct no known kind
FORMS = {  # of the number that is corrected, by its kind (2117, 2205)
    ids.FACTURA: r"(F[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}",
    ids.BOLETA: r"(B[A-Z0-9]{3}|EB01|[0-9]{1,4})-[0-9]{1,8}",
}
AUTHORISED_FORM = r"[a-zA-Z0-9-]{1,20}-[a-zA-Z0-9-]{1,20}"
ONE_ONLY = {"11": "PE-3194", "13": "PE-3261"}
NOT_OF_BOLETAS = frozenset({"04", "05", "08"})  # reasons of credit notes (4367)


def note_problems(document: Document, company: Company) -> Iterator[Problem]:
    """What is wrong with what the note corrects and why."""
    if not document.references:
        text = "La nota no dice qué documento corrige. Agrega su número, fecha y motivo."
        yield problem("references", "PE-2524", text)
        return
    yield from _reason(document)
    kind = content.modified_type(document)
    for index, one in enumerate(document.references):
        yield from _reference(f"references.{index}", one, document, kind)
    numbers = [one.number for one in document.references]
    if len(set(numbers)) < len(numbers):
        text = "Un documento que se corrige está dos veces. Quita uno."
        yield problem("references", "PE-2365", text)
    yield from _kind(document, company, kind)


def _reason(document: Document) -> Iterator[Problem]:
    traits = TRAITS.kind(document.kind)
    assert traits is not None
    code, field = content.reason(document), "references.0.reasonCode"
    if not code:
        yield problem(field, "PE-2128", "Falta el motivo de la nota. Elígelo.")
    elif code not in dict(traits.reasons):
        text = f"El motivo «{one_line_of(code)}» no existe para esta nota. Elige otro."
        yield problem(field, "PE-2172", text)
    if len({one.reason_code for one in document.references}) > 1:
        text = "Una nota tiene un solo motivo. Deja el mismo en todos los documentos."
        yield problem("references.1.reasonCode", "PE-3203", text)
    text = content.reason_text(document)
    if text:
        yield from text_problems(
            "references.0.reason", "PE-2135", "La explicación", text, least=1, most=500
        )
    rule = ONE_ONLY.get(code) if document.kind is DocumentKind.CREDIT_NOTE or code == "11" else None
    if rule and len(document.references) > 1:
        text = f"Con el motivo {code} se corrige un solo documento. Deja uno."
        yield problem("references", rule, text)
    if content.changes_terms(document):
        yield from _terms(document)
    boleta = content.modified_type(document) == ids.BOLETA
    if document.kind is DocumentKind.CREDIT_NOTE and code in NOT_OF_BOLETAS and boleta:
        text = f"El motivo {code} no es de boletas: SUNAT lo observará. Usa 01, 06, 07 o 09."
        yield problem(field, "PE-4367", text)


def _terms(document: Document) -> Iterator[Problem]:
    if content.modified_type(document) != ids.FACTURA:
        text = (
            "El motivo 13 cambia el pago de una factura, no de otro documento. Elige otro motivo."
        )
        yield problem("references.0.kind", "PE-3259", text)


def _reference(field: str, one: Reference, document: Document, kind: str) -> Iterator[Problem]:
    mine = content.own(document.extra, "modified_type") or content.referred_type(
        one.kind, one.number
    )
    if mine != kind:
        text = "Todos los documentos que una nota corrige son del mismo tipo. Haz dos notas."
        yield problem(f"{field}.kind", "PE-2884", text)
    form = FORMS.get(kind, AUTHORISED_FORM)
    if not re.fullmatch(form, one.number):
        text = f"El documento «{one_line_of(one.number)}» no tiene la forma de su tipo: F001-100."
        yield problem(f"{field}.number", "PE-2117", text)
    if document.date is not None and one.date > document.date:
        text = f"La nota es anterior al documento que corrige ({one.date:%d/%m/%Y}). Corrígelo."
        yield problem(f"{field}.date", "PE-2885", text)


def _kind(document: Document, company: Company, kind: str) -> Iterator[Problem]:
    """Whether such a note, and one of that series, may correct such a document."""
    free = content.reason(document) == ANY[document.kind]
    known = kind in codes.AUTHORISED or kind in (ids.FACTURA, ids.BOLETA) or (not kind and free)
    if not known:
        told = f"«{one_line_of(kind)}» no se corrige con una nota" if kind else "falta"
        text = f"El tipo del documento que se corrige {told}. Es factura, boleta u otro autorizado."
        yield problem("references.0.kind", "PE-2116", text)
        return
    letters = _letters(kind)
    series = _series(document, company)
    if series and series[:1] in ("F", "B") and series[:1] not in letters:
        code = "PE-2116" if series[:1] == "F" else "PE-2399"
        text = f"La serie {series} no corrige ese documento: elige una que empiece con {letters}."
        yield problem("numberTemplate", code, text)


def _letters(kind: str) -> str:
    """What the series of a note may begin with, by what it corrects."""
    if kind == ids.BOLETA:
        return "B"
    return "FB" if kind in codes.AUTHORISED_B or not kind else "F"


def _series(document: Document, company: Company) -> str:
    """The series that the note has, or will get: the first that fits, else any that numbers it."""
    if document.number is not None:
        return document.number.series
    day, begins = document.date, content.family(document)
    mine = sorted(
        (one for one in company.ranges if one.kind is document.kind and one.active),
        key=lambda one: (not one.series.startswith(begins), one.series),
    )
    usable = [one for one in mine if day is None or unusable(one, day) is None]
    return usable[0].series if usable else ""
