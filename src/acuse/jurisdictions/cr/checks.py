"""What is wrong with a document, told before it gets a number.

Source: costa-rica.md 3 and 9.2; the codes `CR-…` are those of its table, `CR-OWN-…` ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import codes, content, content_line, forms, ids
from acuse.jurisdictions.cr.checks_charges import charge_problems
from acuse.jurisdictions.cr.checks_customer import customer_problems
from acuse.jurisdictions.cr.checks_exoneration import authorisation_problems
from acuse.jurisdictions.cr.checks_line import line_problems
from acuse.jurisdictions.cr.checks_payment import payment_problems
from acuse.jurisdictions.cr.checks_references import reference_problems
from acuse.jurisdictions.cr.checks_terms import means_problems, term_problems
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import SALES
from acuse.jurisdictions.cr.totals import sums
from acuse.jurisdictions.cr.traits import TRAITS

MOST_LINES = 1000
ONE = Decimal(1)


def document_problems(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento no existe en Costa Rica. Usa una factura."
        yield problem("kind", "CR-CON-1", text)
        return
    yield from _header(document, at)
    yield from _currency(document)
    yield from term_problems(document, at)
    yield from customer_problems(document, company)
    yield from authorisation_problems(document, at)
    yield from reference_problems(document, at)
    yield from charge_problems(document)
    yield from _alcohol(document, company)
    yield from _lines(document)


def document_warnings(document: Document, company: Company) -> Iterator[Problem]:
    """What Hacienda would accept with an observation, as far as it is known (9.2, O)."""
    if document.counterparty.tax_id.names(company.tax_id):
        text = "El cliente es la propia empresa: Hacienda lo acepta con una observación."
        yield problem("client.identificationObject.number", "CR-REC-4", text)


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
    situation = content.situation(document)
    yield from forms.listed(
        "extra.situation", "CR-KEY-5", "La situación", situation, ids.SITUATIONS
    )


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


def _alcohol(document: Document, company: Company) -> Iterator[Problem]:
    """Nothing for an issuer whose register is known where alcoholic drinks are sold."""
    if document.kind not in SALES or not any(map(content_line.is_alcoholic, document.lines)):
        return
    register = content.told(company.extra, "alcohol_register")
    for found in forms.sized("items", "El registro fiscal 8707 de la empresa", register, 1, 12):
        text = "Se venden bebidas alcohólicas: falta el registro fiscal 8707. Escríbelo en Empresa."
        yield problem(found.field, "CR-LIN-14", text)


def _lines(document: Document) -> Iterator[Problem]:
    if not document.lines:
        yield problem("items", "CR-XSD", "El documento no tiene líneas. Agrega al menos una.")
        return
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídela."
        yield problem("items", "CR-XSD", text)
        return
    broken = False
    of_line = payment_problems if document.kind is DocumentKind.PAYMENT else line_problems
    for index, line in enumerate(document.lines):
        for found in of_line(f"items.{index}", line, document.kind):
            broken = True
            yield found
    if not broken:
        yield from _sums(document)


def _sums(document: Document) -> Iterator[Problem]:
    counted = sums(document)
    if max(counted.sale, counted.total) > forms.LARGEST:
        text = "Los totales tienen más de 13 cifras enteras. Revisa cantidades y precios."
        yield problem("items", "CR-XSD", text)
    yield from means_problems(document, counted)
