"""What is wrong with a factura, told before it gets a number: SUNAT's own codes, our words.

Source: peru.md 3 and 10; `PE-2017` is SUNAT's code 2017, `PE-OWN-…` a rule of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from acuse.domain.document import Document, Payment, PaymentForm
from acuse.domain.money import ZERO, rounded
from acuse.domain.party import Company, Customer
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, ids
from acuse.jurisdictions.pe.checks_line import discount_problems, line_problems
from acuse.jurisdictions.pe.totals import Sums, sums
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.wording import LARGEST, bad_ruc, problem, text_problems

MOST_LINES = 999  # a line's number has three digits (2023)
MOST_INSTALMENTS = 999  # so has an instalment's (3246)
ORDINARY = "0101"  # internal sale; the other operation types come with their own rules


def document_problems(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document; one without a date is of today."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento todavía no se emite para Perú. Usa una factura."
        yield problem("kind", "PE-1003", text)
        return
    today = at.astimezone(content.LIMA).date()
    yield from _header(document, today)
    yield from _customer(document.counterparty, company)
    wrong = list(_lines(document))
    yield from wrong
    if not wrong:
        counted = sums(document)
        yield from _sums(document, counted)
        yield from _payment(document.payment, counted.payable, document.date or today)


def _header(document: Document, today: date) -> Iterator[Problem]:
    day = document.date
    if day is not None and day > today + timedelta(days=2):
        text = f"La fecha {day:%d/%m/%Y} está a más de dos días. Usa la de hoy."
        yield problem("date", "PE-2329", text)
    if day is not None and day < today - timedelta(days=3):
        text = f"La fecha {day:%d/%m/%Y} es de hace más de tres días: SUNAT la rechazaría"
        yield problem("date", "PE-2108", text + " y el número se perdería. Usa la de hoy.")
    if document.currency not in codes.CURRENCIES:
        known = " o ".join(codes.CURRENCIES)
        text = f"La moneda «{one_line_of(document.currency)}» no se usa aquí. Usa {known}."
        yield problem("currency.code", "PE-3088", text)
    yield from _operation(content.operation_type(document))
    if document.number is not None and not ids.is_series(document.number.series):
        series = one_line_of(document.number.series)
        text = f"La serie «{series}» no es de factura: es F y tres letras mayúsculas o cifras."
        yield problem("numberTemplate", "PE-1001", text)
    yield from text_problems(
        "purchaseOrder", "PE-4233", "La orden de compra", document.purchase_order, least=0, most=20
    )


def _operation(code: str) -> Iterator[Problem]:
    if code == ORDINARY:
        return
    known = code in codes.operations()
    why = "todavía no se emite" if known else "no existe para facturas"
    text = f"El tipo de operación «{one_line_of(code)}» {why}. Usa {ORDINARY} (venta interna)."
    yield problem("extra.operation_type", "PE-3206", text)


def _customer(customer: Customer, company: Company) -> Iterator[Problem]:
    field = "client.identificationObject.number"
    number = customer.tax_id.number
    if customer.tax_id.kind != "RUC":
        kind = one_line_of(customer.tax_id.kind)
        text = f"Una factura es para quien tiene RUC; el cliente tiene «{kind}»."
        kind_field = "client.identificationObject.type"
        yield problem(kind_field, "PE-2800", text + " Usa su RUC o emite una boleta.")
    elif not ids.is_ruc(number):
        yield problem(field, "PE-2017", bad_ruc(number))
    elif number == company.tax_id.number:
        text = f"El cliente es la misma empresa que emite (RUC {number}). Elige otro cliente."
        yield problem(field, "PE-OWN-2", text)
    yield from text_problems(
        "client.name", "PE-2022", "El nombre del cliente", customer.name, least=3, most=1500
    )
    address = customer.address
    if address is not None:
        for name in ("line", "place", "district", "city", "region", "country"):
            value = getattr(address, name)
            path = {"line": "address", "region": "department"}.get(name, name)
            yield from text_problems(
                f"client.address.{path}", "PE-OWN-5", "La dirección", value, least=0, most=500
            )


def _lines(document: Document) -> Iterator[Problem]:
    if not document.lines:
        yield problem("items", "PE-OWN-1", "La factura no tiene líneas. Agrega al menos una.")
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídela."
        yield problem("items", "PE-2023", text)
        return
    for index, line in enumerate(document.lines):
        yield from line_problems(f"items.{index}", line)
    for discount in document.discounts:
        yield from discount_problems("discount", "PE-2968", discount)


def _sums(document: Document, counted: Sums) -> Iterator[Problem]:
    if document.discounts and not counted.global_base:
        text = "El descuento global (02) rebaja lo gravado y aquí nada lo está."
        yield problem("discount", "PE-OWN-3", text + " Descuenta por línea.")
    elif counted.global_discount > counted.global_base:
        text = f"El descuento global ({counted.global_discount}) no cabe en lo gravado"
        yield problem("discount", "PE-2968", f"{text} ({counted.global_base}). Corrígelo.")
    if counted.payable >= LARGEST:
        text = f"El total ({counted.payable}) tiene más de 12 cifras enteras."
        yield problem("items", "PE-2062", text + " Revisa cantidades y precios.")


def _payment(payment: Payment, payable: Decimal, issued: date) -> Iterator[Problem]:
    if payment.due is not None and payment.due < issued:
        text = f"El vencimiento ({payment.due:%d/%m/%Y}) es anterior a la emisión. Corrígelo."
        yield problem("dueDate", "PE-OWN-6", text)
    if payment.form is PaymentForm.CASH:
        if payment.instalments:
            text = "Al contado no hay cuotas. Quítalas o elige crédito."
            yield problem("instalments", "PE-3252", text)
        return
    if not payment.instalments:
        text = "Al crédito hace falta al menos una cuota con su fecha y monto. Agrégala."
        yield problem("instalments", "PE-3249", text)
        return
    if len(payment.instalments) > MOST_INSTALMENTS:
        text = f"Tiene {len(payment.instalments)} cuotas y el máximo es {MOST_INSTALMENTS}."
        yield problem("instalments", "PE-3246", text)
        return
    wrong = list(_instalments(payment, issued))
    yield from wrong
    total = ZERO if wrong else sum((one.amount for one in payment.instalments), ZERO)
    if not wrong and total != payable:
        text = f"Las cuotas suman {total:f} y lo pendiente de pago es {payable}. Ajústalas."
        yield problem("instalments", "PE-3319", text)


def _instalments(payment: Payment, issued: date) -> Iterator[Problem]:
    for index, instalment in enumerate(payment.instalments):
        field, amount = f"instalments.{index}", instalment.amount
        if instalment.due <= issued:
            text = f"La cuota vence el {instalment.due:%d/%m/%Y}: debe ser después de la emisión."
            yield problem(f"{field}.dueDate", "PE-3267", text)
        fits = amount.is_finite() and ZERO < amount < LARGEST
        if not fits or rounded(amount) != amount:
            text = f"El monto de la cuota ({amount:.15g}) debe ser positivo, con dos decimales."
            yield problem(f"{field}.amount", "PE-3253", text)
