"""What is wrong with a document, told before it gets a number: SUNAT's own codes, our words.

Source: peru.md 3 and 10; `PE-2017` is SUNAT's code 2017, `PE-OWN-…` a rule of ours, `PE-OBS-…` a
remark of ours. What the writer guarantees by its form (the order of elements, sums, names of
tributes) has no check here: the cases prove it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from acuse.domain.document import Document
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.checks_around import around_problems
from acuse.jurisdictions.pe.checks_charges import adjustment_problems, prepayment_problems
from acuse.jurisdictions.pe.checks_customer import customer_problems
from acuse.jurisdictions.pe.checks_header import header_problems
from acuse.jurisdictions.pe.checks_line import line_problems
from acuse.jurisdictions.pe.checks_mix import mix_problems
from acuse.jurisdictions.pe.checks_notes import note_problems
from acuse.jurisdictions.pe.checks_payment import payment_problems
from acuse.jurisdictions.pe.checks_special import special_problems
from acuse.jurisdictions.pe.checks_sums import sum_problems
from acuse.jurisdictions.pe.line_sums import Setting
from acuse.jurisdictions.pe.totals import sums
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.wording import problem

MOST_LINES = 999  # a line's number has three digits (2023)


def findings(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document, or only remarked; one without a date is of today."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento todavía no se emite para Perú. Usa una factura."
        yield problem("kind", "PE-1003", text)
        return
    today = at.astimezone(content.LIMA).date()
    yield from _sales_and_notes(document, company, today)


def _sales_and_notes(document: Document, company: Company, today: date) -> Iterator[Problem]:
    yield from header_problems(document, company, today)
    yield from customer_problems(document, company)
    yield from around_problems(document)
    if content.is_note(document):
        yield from note_problems(document, company)
    yield from special_problems(document, company)
    # What is summed is looked at only where every figure can be summed.
    wrong = [*_lines(document), *adjustment_problems(document), *prepayment_problems(document)]
    yield from wrong
    if wrong:
        return
    counted = sums(document)
    yield from mix_problems(document, counted)
    yield from sum_problems(document, company, counted)
    yield from payment_problems(document, counted, document.date or today)


def _lines(document: Document) -> Iterator[Problem]:
    if not document.lines:
        yield problem("items", "PE-OWN-1", "El documento no tiene líneas. Agrega al menos una.")
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídelo."
        yield problem("items", "PE-2023", text)
        return
    setting = Setting.of(document)
    for index, line in enumerate(document.lines):
        yield from line_problems(f"items.{index}", line, document, setting)
