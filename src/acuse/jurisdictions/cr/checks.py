"""What is wrong with a factura, told before it gets a number.

Source: costa-rica.md 3 and 9.2; the codes `CR-…` are those of its table, `CR-OWN-…` ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.party import Customer
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import codes, content, forms, ids
from acuse.jurisdictions.cr.checks_line import line_problems
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.parties import ABROAD
from acuse.jurisdictions.cr.totals import sums
from acuse.jurisdictions.cr.traits import TRAITS

MOST_LINES = 1000
MOST_CREDIT_DAYS = 99_999
ONE = Decimal(1)


def document_problems(document: Document, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento todavía no se emite para Costa Rica. Usa una factura."
        yield problem("kind", "CR-CON-1", text)
        return
    yield from _header(document, at)
    yield from _currency(document)
    yield from _payment(document, at)
    yield from _customer(document.counterparty)
    yield from _authorisation(document, at)
    yield from _lines(document)


def _header(document: Document, at: datetime) -> Iterator[Problem]:
    today = ids.day(at)
    if document.date is not None and document.date != today:
        text = f"La fecha es {document.date:%d/%m/%Y} y se emite hoy, {today:%d/%m/%Y}: la clave"
        yield problem(
            "date", "CR-KEY-2", f"{text} lleva la fecha de emisión. Quítala o usa la de hoy."
        )
    if document.number is not None and not ids.is_series(document.number.series):
        shown = one_line_of(document.number.series, 20)
        text = f"«{shown}» no es una sucursal (3 dígitos) y una terminal (5 dígitos)."
        yield problem("numberTemplate", "CR-CON-2", f"{text} Por ejemplo, 00100001.")
    if document.number is not None and not 0 <= document.number.value <= ids.LARGEST_NUMBER:
        text = f"El número {document.number.value} no cabe en diez dígitos. Agrega otra terminal."
        yield problem("numberTemplate", "CR-CON-2", text)
    if document.discounts:
        text = "En Costa Rica los descuentos van en cada línea. Repártelo entre ellas."
        yield problem("discount", "CR-OWN-1", text)


def _currency(document: Document) -> Iterator[Problem]:
    currency, rate = document.currency, document.exchange_rate
    if currency not in codes.currencies():
        text = f"La moneda «{one_line_of(currency, 10)}» no existe. Usa CRC o USD."
        yield problem("currency.code", "CR-XSD", text)
    elif currency == TRAITS.currency:
        if rate not in (None, ONE):
            text = f"En colones el tipo de cambio es 1, no {rate}. Quítalo."
            yield problem("currency.exchangeRate", "CR-MON-1", text)
    elif rate is None or not rate.is_finite() or rate == ONE:
        text = f"Falta el tipo de cambio de {currency} a colones (dice {rate or 'nada'})."
        yield problem("currency.exchangeRate", "CR-MON-1", f"{text} Escríbelo.")
    else:
        yield from forms.figure("currency.exchangeRate", "El tipo de cambio", rate, 5)


def _payment(document: Document, at: datetime) -> Iterator[Problem]:
    if not content.payment_means(document):
        known = ", ".join(codes.PAYMENT_MEANS)
        text = f"El medio de pago «{one_line_of(document.payment.method, 20)}» no existe."
        yield problem("paymentMethod", "CR-XSD", f"{text} Usa uno de: {known}.")
    if document.payment.form is PaymentForm.CREDIT:
        days = content.credit_days(document, document.date or ids.day(at))
        if days is None or not 0 < days <= MOST_CREDIT_DAYS:
            text = "A crédito hace falta un vencimiento posterior a la emisión. Escríbelo."
            yield problem("dueDate", "CR-CV-1", text)


def _customer(customer: Customer) -> Iterator[Problem]:
    yield from forms.sized("client.name", "El nombre del cliente", customer.name, 3, 100)
    yield from forms.identity("client.identificationObject", "CR-REC-1", customer.tax_id)
    address = customer.address
    if customer.tax_id.kind == ABROAD:
        if address is None:
            text = "Un cliente del extranjero necesita su dirección (de 5 a 300 caracteres)."
            yield problem("client.address.address", "CR-REC-3", f"{text} Complétala.")
        else:
            yield from forms.sized("client.address.address", "La dirección", address.line, 5, 300)
    elif address is not None and address.place:
        yield from forms.address("client.address", "CR-XSD", address)
    if customer.emails and not forms.receiver_mail(customer):
        text = f"El correo «{one_line_of(customer.emails[0])}» no tiene la forma que Hacienda"
        yield problem("client.email", "CR-XSD", f"{text} admite. Corrígelo en el contacto.")
    activity = str(customer.extra.get("activity", ""))
    if activity and not forms.SIX_DIGITS.fullmatch(activity):
        text = f"La actividad del cliente «{one_line_of(activity, 20)}» no es de seis dígitos."
        yield problem("client.extra.activity", "CR-XSD", f"{text} Corrígela en el contacto.")


def _authorisation(document: Document, at: datetime) -> Iterator[Problem]:
    told = content.authorisation(document)
    exonerated = any(content.exonerated_points(line) for line in document.lines)
    if told is None and exonerated:
        text = "Hay puntos exonerados y falta la autorización. Escribe su tipo, número,"
        yield problem("extra.exoneration_number", "CR-EXO-2", f"{text} institución y fecha.")
    if told is None:
        return
    if not exonerated:
        text = "Hay una autorización y ninguna línea exonerada. Escribe los puntos en la línea."
        yield problem("extra.exoneration_number", "CR-EXO-2", text)
    if told.kind not in codes.EXONERATIONS:
        text = (
            f"El tipo de autorización «{one_line_of(told.kind, 10)}» no existe. Usa del 01 al 11."
        )
        yield problem("extra.exoneration_kind", "CR-EXO-2", text)
    if told.institution not in codes.INSTITUTIONS:
        text = f"La institución «{one_line_of(told.institution, 10)}» no existe. Usa del 01 al 12."
        yield problem("extra.exoneration_institution", "CR-EXO-2", text)
    yield from forms.sized(
        "extra.exoneration_number", "El número de la autorización", told.number, 3, 40
    )
    if told.given is None or told.given > ids.day(at):
        text = "La fecha de la autorización falta o es posterior a la emisión. Corrígela."
        yield problem("extra.exoneration_date", "CR-EXO-3", text)


def _lines(document: Document) -> Iterator[Problem]:
    if not document.lines:
        yield problem("items", "CR-XSD", "La factura no tiene líneas. Agrega al menos una.")
        return
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídela."
        yield problem("items", "CR-XSD", text)
        return
    broken = False
    for index, line in enumerate(document.lines):
        for found in line_problems(f"items.{index}", line):
            broken = True
            yield found
    if not broken:
        counted = sums(document)
        if max(counted.sale, counted.total) > forms.LARGEST:
            text = "Los totales tienen más de 13 cifras enteras. Revisa cantidades y precios."
            yield problem("items", "CR-XSD", text)
