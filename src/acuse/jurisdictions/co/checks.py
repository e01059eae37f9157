"""What is wrong with a document, told before it gets a number.

Source: colombia.md 3, 3b and 10. The codes `CO-F…` are the DIAN's for invoices; in the other kinds
the same elements begin with their own letters (C… in a credit note, DS… in a documento soporte).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.co import checks_forms as forms
from acuse.jurisdictions.co import codes, content, ids
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.checks_kinds import kind_problems
from acuse.jurisdictions.co.checks_line import adjustments, line_problems, reasons
from acuse.jurisdictions.co.checks_notes import reference_problems
from acuse.jurisdictions.co.checks_parties import party_problems, representative_problems
from acuse.jurisdictions.co.checks_ranges import number_problems
from acuse.jurisdictions.co.totals import sums
from acuse.jurisdictions.co.traits import TRAITS

MOST_LINES = 500
SHORTEST_REASON = 10  # of an adjustment of the whole document; a line's may be shorter
ONE = Decimal(1)
_K = DocumentKind
LETTERS = {  # with which a kind's rules begin, where an invoice's begin with F
    _K.CREDIT_NOTE: "C",
    _K.DEBIT_NOTE: "D",
    _K.RECEIPT: "DE",
    _K.RECEIPT_NOTE: "NA",
    _K.PURCHASE: "DS",
    _K.PURCHASE_NOTE: "NS",
}
_ELEMENT = re.compile("CO-F([A-C][A-Z][0-9]{2}[a-z]?)")


def document_problems(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document, in the codes of its kind."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento no se emite en Colombia. Usa una factura."
        yield problem("kind", "FAD12", text)
        return
    letters = LETTERS.get(document.kind, "F")
    for found in _problems(document, company, at.astimezone(ids.BOGOTA).date()):
        yield replace(found, code=_ELEMENT.sub(rf"CO-{letters}\1", found.code))


def _problems(document: Document, company: Company, today: date) -> Iterator[Problem]:
    yield from _date(document, today)
    yield from number_problems(document, company, today)
    yield from _currency(document)
    yield from _payment(document, today)
    yield from kind_problems(document, today)
    yield from reference_problems(document, today)
    yield from party_problems(document)
    yield from representative_problems(document)
    yield from _texts(document)
    yield from _lines(document, today)


def _date(document: Document, today: date) -> Iterator[Problem]:
    if document.date is not None and document.date != today:
        text = f"La fecha es {document.date:%d/%m/%Y} y se firma hoy, {today:%d/%m/%Y}: la DIAN"
        remedy = "rechaza lo que no se genera el día de su firma. Quítala o usa la de hoy."
        yield problem("date", "FAD09e", f"{text} {remedy}")


def _currency(document: Document) -> Iterator[Problem]:
    currency, rate = document.currency, document.exchange_rate
    field = "currency.exchangeRate"
    if currency not in TRAITS.currencies:
        known = ", ".join(TRAITS.currencies)
        text = f"La moneda «{one_line_of(currency, 10)}» no se puede usar. Usa {known}."
        yield problem("currency.code", "FAD15a", text)
    elif currency == TRAITS.currency:
        if rate not in (None, ONE):
            text = f"En pesos el tipo de cambio es 1, no {rate}. Quítalo."
            yield problem(field, "FAR04", text)
    elif rate is None:
        text = f"Falta el tipo de cambio de {currency} a pesos (la TRM). Escríbelo."
        yield problem(field, "FAR06", text)
    else:
        yield from forms.figure(field, "FAR06", "El tipo de cambio", rate, 6)


def _payment(document: Document, today: date) -> Iterator[Problem]:
    payment, told = document.payment, content.payment_code(document)
    if told not in codes.payment_means():
        text = f"El medio de pago «{one_line_of(told, 10)}» no está en la lista de la DIAN."
        yield problem("extra.payment_code", "FAN03", f"{text} Usa 10, 31, 42, 48, 49, ZZZ…")
    if payment.form is not PaymentForm.CREDIT:
        return
    dues = [("dueDate", payment.due)] if payment.due else []
    dues += [(f"instalments.{n}.dueDate", one.due) for n, one in enumerate(payment.instalments)]
    if not dues:
        text = "A crédito hace falta la fecha de vencimiento. Escríbela."
        yield problem("dueDate", "FAN04", text)
    for index, one in enumerate(payment.instalments):
        field = f"instalments.{index}.amount"
        yield from forms.figure(field, "OWN-10", "La cuota", one.amount, 2)
    for field, due in dues:
        if due < today:
            text = f"El vencimiento, {due:%d/%m/%Y}, es anterior a la emisión. Corrígelo."
            yield problem(field, "FAD11", text)


def _texts(document: Document) -> Iterator[Problem]:
    note = content.note(document)
    if note:
        yield from forms.sized("anotation", "FAD13", "La nota", note, 15, 5000)
    if document.purchase_order:
        what = "La orden de compra"
        yield from forms.sized("purchaseOrder", "FAF02", what, document.purchase_order, 1, 50)


def _lines(document: Document, today: date) -> Iterator[Problem]:
    if not document.lines:
        text = "El documento no tiene líneas. Agrega al menos una."
        yield problem("items", "FAV01", text)
        return
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídelo."
        yield problem("items", "OWN-7", text)
        return
    found = [
        *adjustments("discount", "FAQ", "El descuento", document.discounts),
        *adjustments("charge", "FAQ", "El cargo", document.charges),
        *reasons("discount.reason", "FAQ05", document.discounts, SHORTEST_REASON),
        *reasons("charge.reason", "FAQ05", document.charges, SHORTEST_REASON),
        *_prepayments(document, today),
    ]
    for index, line in enumerate(document.lines):
        found += line_problems(f"items.{index}", line, document, today)
    yield from found or _totals(document)


def _prepayments(document: Document, today: date) -> Iterator[Problem]:
    for index, one in enumerate(document.prepayments):
        field = f"prepayments.{index}"
        yield from forms.figure(f"{field}.amount", "FBD03", "El anticipo", one.amount, 2)
        if one.received > today:
            text = f"El anticipo es del {one.received:%d/%m/%Y}, después de hoy. Corrígelo."
            yield problem(f"{field}.date", "FBD05", text)
        if one.reference:
            what = "La referencia del anticipo"
            yield from forms.sized(f"{field}.reference", "FBD02", what, one.reference, 1, 150)


def _totals(document: Document) -> Iterator[Problem]:
    """What is wrong with the sums; every figure in them is known to be good."""
    counted = sums(document)
    if counted.payable < ZERO:
        text = f"El descuento global ({counted.allowance}) pasa del total"
        text += f" ({counted.tax_inclusive + counted.charge}). Corrígelo."
        yield problem("discount", forms.NOT_NEGATIVE, text)
    elif counted.prepaid > counted.payable:
        text = f"Los anticipos ({counted.prepaid}) pasan del total ({counted.payable})."
        yield problem("prepayments", "OWN-8", f"{text} Corrígelos.")
    rate = document.exchange_rate or ONE
    largest = counted.payable * rate if rate.is_finite() else ZERO
    if largest > forms.LARGEST:
        text = f"El total, {largest} pesos, tiene más de 15 cifras. Revisa cantidades y precios."
        yield problem("items", "FAU14", text)
