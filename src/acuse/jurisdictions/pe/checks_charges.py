"""Discounts and charges of the document, its own amounts, advances: each figure by itself.

Source: peru.md 3.4, 3.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Document, Prepayment
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.adjustments import AFTER
from acuse.jurisdictions.pe.checks_line import amount_told
from acuse.jurisdictions.pe.wording import amount_problems, problem

AMOUNTS = (  # own fields that are money: name, words
    ("tip", "El recargo o propina"),
    ("other_discount", "El otro descuento"),
    ("other_charge", "El otro cargo"),
    ("income_retention", "La retención de renta"),
    ("prepaid_isc", "El ISC de los anticipos"),
    ("paid_now", "Lo pagado al emitir"),
    ("detraction_amount", "El monto de la detracción"),
)
FISE = "45"
FORMS = (  # of the document that told of an advance (2521)
    r"F[A-Z0-9]{3}-[0-9]{1,8}",
    r"B[A-Z0-9]{3}-[0-9]{1,8}",
    r"(E001|EB01)-[0-9]{1,8}",
    r"[0-9]{1,4}-[0-9]{1,8}",
)
ADVANCED = ("10", "17", "20", "30")


def adjustment_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with the document's discounts, charges and own amounts."""
    for discount in document.discounts:
        yield from amount_told("discount", "PE-2968", "El descuento", discount)
    for charge in document.charges:
        yield from amount_told("charge", "PE-2968", "El cargo", charge)
    for name, what in AMOUNTS:
        told = document.extra.get(name)
        if isinstance(told, Decimal):
            yield from amount_problems(f"extra.{name}", "PE-2968", what, told)
    yield from _rounding(document)
    on = content.own(document.extra, "charge_code")
    if on == FISE and not any(_is_something(one.amount, one.percent) for one in document.charges):
        yield problem("charge", "PE-3074", "El cargo FISE es 0. Escribe su monto.")
    if content.is_note(document):
        yield from _of_note(document)


def _is_something(amount: Decimal | None, percent: Decimal | None) -> bool:
    return any(value is not None and value != ZERO for value in (amount, percent))


def _rounding(document: Document) -> Iterator[Problem]:
    told = document.extra.get("rounding")
    if not isinstance(told, Decimal):
        return
    wrong = list(amount_problems("extra.rounding", "PE-2968", "El redondeo", abs(told)))
    yield from wrong
    if not wrong and abs(told) > 1:
        text = f"El redondeo es {told:f}: va de -1 a 1. Corrígelo."
        yield problem("extra.rounding", "PE-3303", text)


def _of_note(document: Document) -> Iterator[Problem]:
    """A note's total knows no discount, nor a charge that changes the tax (3280)."""
    if document.discounts or content.amount(document.extra, "other_discount"):
        text = "Una nota no lleva descuento al total: réstalo en el precio de las líneas."
        yield problem("discount", "PE-3280", text)
    if document.charges and content.own(document.extra, "charge_code", "49") not in AFTER:
        text = "En una nota el cargo con IGV es una línea. Agrégala o elige otro tipo de cargo."
        yield problem("charge", "PE-3280", text)


def prepayment_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with the advances."""
    if not document.prepayments:
        if content.amount(document.extra, "prepaid_isc"):
            text = "Hay ISC de anticipos y ningún anticipo. Agrégalo o quita el ISC."
            yield problem("extra.prepaid_isc", "PE-3282", text)
        return
    if content.is_note(document):
        text = "Una nota no descuenta anticipos. Quítalos y resta lo pagado en las líneas."
        yield problem("prepayments", "PE-3280", text)
        return
    for index, one in enumerate(document.prepayments):
        yield from _prepayment(f"prepayments.{index}", one, document.kind)
    told = content.listed(document.extra, "prepayment_affectations")
    for code in told:
        if code not in ADVANCED:
            text = f"La afectación «{one_line_of(code)}» no es de un anticipo. Usa 10, 20 o 30."
            yield problem("extra.prepayment_affectations", "PE-3287", text)
    if len(told) > len(document.prepayments):
        text = f"Hay {len(told)} afectaciones y {len(document.prepayments)} anticipos. Corrígelo."
        yield problem("extra.prepayment_affectations", "PE-3287", text)


def _prepayment(field: str, one: Prepayment, kind: DocumentKind) -> Iterator[Problem]:
    what = "El anticipo"
    wrong = list(amount_problems(f"{field}.amount", "PE-2503", what, one.amount))
    yield from wrong
    if not wrong and one.amount == ZERO:
        yield problem(f"{field}.amount", "PE-2503", "El anticipo es 0. Escribe su monto.")
    number = one.reference.strip()
    if not any(re.fullmatch(form, number) for form in FORMS):
        told = f"dice «{one_line_of(number)}»" if number else "falta"
        text = f"El comprobante del anticipo {told}. Escribe serie y número: F001-90."
        yield problem(f"{field}.reference", "PE-2521", text)
