"""What is wrong with a factura, told before it gets a number.

Source: costa-rica.md 3 and 9.2; the codes `CR-…` are those of its table, `CR-OWN-…` ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from acuse.domain.document import Document, Line, PaymentForm
from acuse.domain.jurisdiction import Purpose
from acuse.domain.money import ZERO
from acuse.domain.numbering import unusable
from acuse.domain.party import Address, Company, Customer, TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.cr import codes, content, ids
from acuse.jurisdictions.cr.totals import sums
from acuse.jurisdictions.cr.traits import TRAITS

MOST_LINES = 1000
MOST_DISCOUNTS = 5
LARGEST = Decimal("9999999999999.99999")
LARGEST_QUANTITY = Decimal(10) ** 13
PAPER = "costa-rica.md"
# Hacienda's own pattern for mail addresses, tighter at its ends (3.2).
MAIL = re.compile(r"\w+([-+.']\w+)*@\w+([-.]\w+)*\.\w+([-.]\w+)*")


def company_problems(company: Company, at: datetime, purpose: Purpose) -> Iterator[Problem]:
    """What the company lacks for issuing or for mailing."""
    if not 5 <= len(company.legal_name.strip()) <= 100:
        text = "Falta el nombre de la empresa (de 5 a 100 caracteres). Complételo en Empresa."
        yield _p("company.name", "CR-EMI-1", text)
    if not ids.fits(company.tax_id.kind, company.tax_id.number):
        yield _p("company.identification", "CR-EMI-5", _bad_id(company.tax_id))
    if not MAIL.fullmatch(company.email) or len(company.email) > 160:
        text = f"El correo de la empresa «{company.email}» no es válido: ahí llegan las respuestas."
        yield _p("company.email", "CR-EMI-6", text + " Corríjalo en Empresa.")
    if purpose is Purpose.MAIL:
        if not company.has_mail_route:
            text = "Falta configurar por dónde sale el correo. Hágalo en Configuración > Correo."
            yield _p("company.mailRoute", "XX-COM-2", text)
        return
    yield from _address("company.address", "CR-EMI-3", company.address)
    if not re.fullmatch(r"\d{6}", content.activity(company)):
        text = f"La actividad económica «{content.activity(company)}» no es de seis dígitos."
        yield _p("company.extra.activity", "CR-EMI-2", text + " Búsquela en Hacienda.")
    if company.trade_name and not 3 <= len(company.trade_name) <= 80:
        text = "El nombre comercial va de 3 a 80 caracteres. Corríjalo en Empresa."
        yield _p("company.tradeName", "CR-XSD", text)
    if company.phone and content.phone(company.phone) is None:
        text = f"El teléfono «{company.phone}» no es de ocho dígitos. Corríjalo en Empresa."
        yield _p("company.phone", "CR-XSD", text)
    yield from _company_keys(company, at)
    today = at.astimezone(ids.COSTA_RICA).date()
    if not any(unusable(one, today) is None for one in company.ranges):
        text = "No hay una sucursal y terminal con números. Agréguela en Numeraciones."
        yield _p("company.numberTemplates", "XX-COM-3", text)


def _company_keys(company: Company, at: datetime) -> Iterator[Problem]:
    certificate = company.certificate
    if certificate is None:
        text = "Falta la llave criptográfica (.p12). Súbala en Certificado y credenciales."
        yield _p("company.certificate", "XX-CRT-1", text)
    elif not certificate.valid_from <= at <= certificate.valid_until:
        text = f"La llave no está vigente (hasta el {certificate.valid_until:%d/%m/%Y})."
        yield _p("company.certificate", "CR-CERT-1", text + " Genere otra en la OVi.")
    elif ids.compact(company.tax_id.number) not in certificate.holder_ids:
        text = f"La llave no es de la cédula {company.tax_id.number}. Suba la de esta empresa."
        yield _p("company.certificate", "CR-CERT-2", text)
    for secret in TRAITS.secrets:
        if secret.name not in company.secrets:
            text = f"Falta: {secret.label}. Complételo en Certificado y credenciales."
            yield _p(f"company.secrets.{secret.name}", "XX-SEC-1", text)


def document_problems(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento todavía no se emite para Costa Rica. Use una factura."
        yield _p("kind", "CR-CON-1", text)
        return
    yield from _header(document, at)
    yield from _customer(document.counterparty)
    if not document.lines:
        yield _p("items", "CR-XSD", "La factura no tiene líneas. Agregue al menos una.")
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídala."
        yield _p("items", "CR-XSD", text)
        return
    broken = False
    for index, line in enumerate(document.lines):
        for problem in _line(f"items.{index}", line):
            broken = True
            yield problem
    if not broken and document.lines and sums(document).total > LARGEST:
        text = "El total tiene más de 13 cifras enteras. Revise cantidades y precios."
        yield _p("items", "CR-XSD", text)


def _header(document: Document, at: datetime) -> Iterator[Problem]:
    today = at.astimezone(ids.COSTA_RICA).date()
    if document.date is not None and document.date != today:
        text = f"La fecha es {document.date:%d/%m/%Y} y se emite hoy, {today:%d/%m/%Y}: la clave"
        yield _p("date", "CR-KEY-2", f"{text} lleva la fecha de emisión. Quítela o use la de hoy.")
    if document.currency not in codes.currencies():
        text = f"La moneda «{document.currency}» no existe. Use CRC o USD."
        yield _p("currency.code", "CR-XSD", text)
    own = document.currency == TRAITS.currency
    rate = document.exchange_rate
    if own and rate not in (None, Decimal(1)):
        text = f"En colones el tipo de cambio es 1, no {rate}. Quítelo."
        yield _p("currency.exchangeRate", "CR-MON-1", text)
    if not own and (rate is None or rate <= 1 or rate > LARGEST):
        text = f"Falta el tipo de cambio de {document.currency} a colones (dice {rate or 'nada'})."
        yield _p("currency.exchangeRate", "CR-MON-1", text + " Escríbalo.")
    if document.number is not None and not ids.is_series(document.number.series):
        text = f"«{document.number.series}» no es una sucursal (3 dígitos) y terminal (5)."
        yield _p("numberTemplate", "CR-CON-2", text + " Por ejemplo 00100001.")
    if document.discounts:
        text = "En Costa Rica los descuentos van en cada línea. Repártalo entre ellas."
        yield _p("discount", "CR-OWN-1", text)
    yield from _payment(document)


def _payment(document: Document) -> Iterator[Problem]:
    if not content.payment_means(document):
        known = ", ".join(codes.PAYMENT_MEANS)
        text = f"El medio de pago «{document.payment.method}» no existe. Use uno de: {known}."
        yield _p("paymentMethod", "CR-XSD", text)
    if document.payment.form is PaymentForm.CREDIT:
        days = content.credit_days(document)
        if days is None or not 0 < days <= 99999:
            text = "A crédito hace falta el vencimiento, después de la emisión. Escríbalo."
            yield _p("dueDate", "CR-CV-1", text)


def _customer(customer: Customer) -> Iterator[Problem]:
    if not 3 <= len(customer.name.strip()) <= 100:
        text = f"El nombre del cliente tiene {len(customer.name)} caracteres; van de 3 a 100."
        yield _p("client.name", "CR-XSD", text)
    field = "client.identificationObject"
    if customer.tax_id.kind not in codes.IDENTITIES:
        known = ", ".join(codes.IDENTITIES)
        text = f"El tipo de identificación «{customer.tax_id.kind}» no existe. Use: {known}."
        yield _p(f"{field}.type", "CR-REC-1", text)
    elif not ids.fits(customer.tax_id.kind, customer.tax_id.number):
        yield _p(f"{field}.number", "CR-REC-1", _bad_id(customer.tax_id))
    if customer.tax_id.kind == "EXT":
        address = customer.address
        if address is None or not 5 <= len(address.line) <= 300:
            text = "Un cliente del extranjero necesita su dirección (de 5 a 300 caracteres)."
            yield _p("client.address.address", "CR-REC-3", text)
    elif customer.address is not None and customer.address.place:
        yield from _address("client.address", "CR-XSD", customer.address)
    if customer.emails and not MAIL.fullmatch(customer.emails[0]):
        text = f"El correo «{customer.emails[0]}» no tiene la forma que Hacienda admite."
        yield _p("client.email", "CR-XSD", text + " Corríjalo en el contacto.")
    activity = str(customer.extra.get("activity", ""))
    if activity and not re.fullmatch(r"\d{6}", activity):
        text = f"La actividad del cliente «{activity}» no es de seis dígitos."
        yield _p("client.extra.activity", "CR-XSD", text)


def _address(field: str, code: str, address: Address | None) -> Iterator[Problem]:
    if address is None or address.place not in codes.places():
        told = address.place if address is not None else ""
        text = f"La ubicación «{told}» no existe: provincia-cantón-distrito, como 1-01-01."
        yield _p(f"{field}.place", code, text)
    if address is None or not 5 <= len(address.line) <= 250:
        text = "Las otras señas van de 5 a 250 caracteres. Complételas."
        yield _p(f"{field}.address", "CR-XSD", text)


def _line(field: str, line: Line) -> Iterator[Problem]:
    if not re.fullmatch(r"\d{13}", content.cabys(line)):
        text = f"El CABYS «{content.cabys(line)[:20]}» no es de 13 dígitos. Búsquelo en Hacienda."
        yield _p(f"{field}.extra.cabys", "CR-LIN-2", text)
    if not 3 <= len(line.description.strip()) <= 200:
        text = f"El detalle tiene {len(line.description)} caracteres; van de 3 a 200."
        yield _p(f"{field}.name", "CR-XSD", text)
    if len(line.code) > 20:
        text = "El código del producto tiene más de 20 caracteres. Acórtelo."
        yield _p(f"{field}.code", "CR-XSD", text)
    yield from _figure(f"{field}.quantity", "La cantidad", line.quantity, 3, LARGEST_QUANTITY)
    yield from _figure(f"{field}.price", "El precio", line.price, 5, LARGEST)
    yield from _unit(field, line)
    tariff = content.tariff(line)
    if tariff not in codes.TARIFFS:
        told = line.taxes[0].percent if line.taxes else "nada"
        text = f"No hay tarifa de IVA para {told}: use 13, 4, 2, 1, 0.5 o 0 %."
        yield _p(f"{field}.tax", "CR-LIN-8", text)
    elif len(line.taxes) > 1 or (line.taxes and line.taxes[0].percent != codes.TARIFFS[tariff]):
        text = f"La tarifa {tariff} es {codes.TARIFFS[tariff]} % y la línea dice otra cosa."
        yield _p(f"{field}.tax", "CR-LIN-9", text + " Corrija una de las dos.")
    yield from _discounts(field, line)


def _unit(field: str, line: Line) -> Iterator[Problem]:
    unit = content.unit(line)
    if unit not in codes.units():
        close = next((u for u in sorted(codes.units()) if u.lower() == unit.lower()), "")
        hint = f" ¿Quiso decir «{close}»?" if close else " Use Unid, Sp, Kg, L, M, h…"
        text = f"La unidad «{unit[:20]}» no existe; mayúsculas y tildes cuentan.{hint}"
        yield _p(f"{field}.unit", "CR-XSD", text)
    elif content.is_service(line) != (unit in codes.SERVICE_UNITS) and unit in {
        *codes.SERVICE_UNITS,
        "Unid",
    }:
        what = "un servicio" if content.is_service(line) else "un bien"
        text = f"La línea es {what} y su unidad, «{unit}», no: Hacienda la contaría aparte."
        yield _p(
            f"{field}.unit", "CR-LIN-4", text + " Use Sp u Os para servicios, Unid para bienes."
        )


def _discounts(field: str, line: Line) -> Iterator[Problem]:
    if len(line.discounts) > MOST_DISCOUNTS:
        yield _p(f"{field}.discount", "CR-XSD", "Una línea lleva hasta cinco descuentos.")
    left = line.quantity * line.price
    for one in line.discounts:
        if one.reason and one.reason not in codes.DISCOUNTS:
            text = f"El código de descuento «{one.reason[:10]}» no existe. Use del 01 al 09."
            yield _p(f"{field}.discount", "CR-CV-2", text)
        off = one.of(left)
        if off < ZERO or off > left:
            text = f"El descuento ({off:.2f}) no cabe en la línea ({left:.2f}). Corríjalo."
            yield _p(f"{field}.discount", "CR-LIN-6", text)
            return
        left -= off


def _figure(
    field: str, what: str, value: Decimal, places: int, largest: Decimal
) -> Iterator[Problem]:
    exponent = value.as_tuple().exponent
    if not value.is_finite() or value > largest or not isinstance(exponent, int):
        yield _p(field, "CR-XSD", f"{what} ({value:.6g}) es demasiado grande. Revíselo.")
    elif value <= ZERO:
        yield _p(field, "CR-XSD", f"{what} es {value}: debe ser mayor que cero.")
    elif exponent < -places:
        yield _p(field, "CR-XSD", f"{what} ({value}) tiene más de {places} decimales. Redondee.")


def _bad_id(tax_id: TaxId) -> str:
    kind, number = tax_id.kind, tax_id.number
    forms = {
        "CF": "nueve dígitos que no empiezan en 0",
        "CJ": "diez dígitos",
        "DIMEX": "once o doce dígitos",
        "NITE": "diez dígitos",
    }
    form = forms.get(kind, "de 1 a 20 caracteres")
    return f"La identificación «{number[:30]}» no es válida para {kind}: {form}. Corríjala."


def _p(field: str, code: str, text: str) -> Problem:
    return Problem(field, code, text, rule=f"{PAPER} 9.2")
