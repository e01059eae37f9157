"""What is wrong with what a note corrects. Source: colombia.md 2, 3 (concepts), 10."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from acuse.domain.document import Document, Reference
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.domain.traits import KindTraits
from acuse.jurisdictions.co import checks_forms as forms
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.traits import TRAITS

# Only these may correct a whole period; the others always name their document (NSBG02).
WITHOUT_REFERENCE = (DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE)
LONGEST_REASON = 5000
_NUMBER = re.compile("[0-9A-Za-z]{1,20}")
_FISCAL_ID = re.compile("[0-9a-f]{96}")


def reference_problems(document: Document, today: date) -> Iterator[Problem]:
    """What is wrong with the references, or with the period that stands for them."""
    traits = TRAITS.kind(document.kind)
    assert traits is not None
    if not traits.corrects:
        yield from _no_note(document)
        return
    if not document.references:
        yield from _period(document, today)
    elif document.period is not None:
        text = "La nota tiene a la vez documentos de referencia y un periodo. Deja uno de los dos."
        yield problem("period", "FAD02a", text)
    yield from _concept(document, traits)
    for index, one in enumerate(document.references):
        yield from _reference(f"references.{index}", one, traits, today)


def _concept(document: Document, traits: KindTraits) -> Iterator[Problem]:
    """The concept of a note without reference; with one, each reference has its own."""
    code = str(document.extra.get("reason_code") or "")
    if code and document.references:
        text = "El concepto de la nota va con cada documento que corrige. Quita el otro."
        yield problem("extra.reason_code", "FBF03", text)
    elif code and code not in dict(traits.reasons):
        yield _unknown_concept("extra.reason_code", code, traits)


def _unknown_concept(field: str, code: str, traits: KindTraits) -> Problem:
    known = ", ".join(f"{one} ({words})" for one, words in traits.reasons)
    text = f"El concepto «{one_line_of(code, 10)}» no existe. Usa {known}."
    return problem(field, "FBF03", text)


def _no_note(document: Document) -> Iterator[Problem]:
    if document.references:
        text = "Este documento no corrige a otro: los documentos de referencia van en las notas."
        yield problem("references", "OWN-5", f"{text} Quítalos.")


def _period(document: Document, today: date) -> Iterator[Problem]:
    if document.kind not in WITHOUT_REFERENCE:
        text = "Falta el documento que la nota corrige. Escribe su número, su fecha y su CUFE."
        yield problem("references", "FBG02", text)
        return
    told = document.period
    if told is None:
        text = "Falta lo que la nota corrige: una factura con su CUFE, o un periodo con su inicio"
        yield problem("references", "FAE02", f"{text} y su fin. Escribe uno de los dos.")
    elif told.end < told.start:
        text = f"El periodo termina el {told.end:%d/%m/%Y}, antes de empezar. Corrígelo."
        yield problem("period.end", "FAE04", text)
    elif told.end > today:
        text = f"El periodo termina el {told.end:%d/%m/%Y}, después de hoy. Corrígelo."
        yield problem("period.end", "FAE04", text)


def _reference(field: str, one: Reference, traits: KindTraits, today: date) -> Iterator[Problem]:
    if not _NUMBER.fullmatch(one.number):
        text = f"El número «{one_line_of(one.number, 30)}» no es de 1 a 20 letras y cifras."
        yield problem(f"{field}.number", "FBG03", f"{text} Escríbelo con prefijo y sin guiones.")
    if not _FISCAL_ID.fullmatch(one.fiscal_id):
        text = f"El CUFE o CUDE de {one_line_of(one.number, 30)} no es de 96 cifras hexadecimales"
        yield problem(f"{field}.fiscalId", "FBG04a", f"{text} en minúsculas. Cópialo de su PDF.")
    if one.kind is not None and one.kind not in traits.corrects:
        known = TRAITS.kind(one.kind)
        name = known.name if known else one.kind.value
        text = f"{traits.name} no corrige «{name}»: no hay notas sobre otras notas ni cruzadas."
        yield problem(f"{field}.kind", "OWN-6", f"{text} Elige el documento que corresponde.")
    yield from forms.sized(f"{field}.reason", "FBF04", "El motivo", one.reason, 0, LONGEST_REASON)
    if one.date > today:
        text = f"La nota es del {today:%d/%m/%Y} y corrige un documento del {one.date:%d/%m/%Y}."
        yield problem(f"{field}.date", "FBG06", f"{text} Corrige la fecha de la referencia.")
    if one.reason_code not in dict(traits.reasons):
        yield _unknown_concept(f"{field}.reasonCode", one.reason_code, traits)
