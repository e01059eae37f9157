"""What is wrong with a factura, told before it gets a number: SUNAT's own codes, our words.

Source: peru.md 3 and 10; `PE-2017` is SUNAT's code 2017, `PE-OWN-…` a rule of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from acuse.domain.document import Document, Line, Payment, PaymentForm
from acuse.domain.jurisdiction import Purpose
from acuse.domain.money import ZERO
from acuse.domain.numbering import unusable
from acuse.domain.party import Company, Customer
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import codes, content, ids
from acuse.jurisdictions.pe.compose import LIMA
from acuse.jurisdictions.pe.totals import IGV, sums
from acuse.jurisdictions.pe.traits import TRAITS

MOST_LINES = 999
LARGEST = Decimal(10) ** 12
MARK_PAPER = "peru.md"


def company_problems(company: Company, at: datetime, purpose: Purpose) -> Iterator[Problem]:
    """What the company lacks for issuing or for mailing."""
    if not company.legal_name.strip():
        yield _p("company.name", "PE-1037", "Falta la razón social. Complétala en Empresa.")
    if not ids.is_ruc(company.tax_id.number):
        yield _p("company.identification", "PE-1034", _bad_ruc(company.tax_id.number))
    if purpose is Purpose.MAIL:
        if "@" not in company.email:
            text = "Falta el correo de la empresa: ahí llegan las respuestas de tus clientes."
            yield _p("company.email", "XX-COM-1", text + " Agrégalo en Empresa.")
        if not company.has_mail_route:
            text = "Falta configurar por dónde sale el correo. Hazlo en Configuración > Correo."
            yield _p("company.mailRoute", "XX-COM-2", text)
        return
    yield from _company_address(company)
    yield from _company_keys(company, at)
    today = at.astimezone(LIMA).date()
    if not any(unusable(one, today) is None for one in company.ranges):
        text = "No hay una serie activa con números. Agrégala en Numeraciones."
        yield _p("company.numberTemplates", "XX-COM-3", text)


def _company_address(company: Company) -> Iterator[Problem]:
    address = company.address
    if address is None or not 3 <= len(address.line) <= 200:
        text = "Falta la dirección fiscal (de 3 a 200 caracteres). Complétala en Empresa."
        yield _p("company.address", "PE-4094", text)
    elif address.place not in codes.ubigeos():
        text = f"El ubigeo «{address.place}» no existe. Usa los seis dígitos de tu distrito."
        yield _p("company.address.place", "PE-4093", text)
    if not re.fullmatch(r"\d{4}", content.annex(company)):
        text = f"El código de anexo «{content.annex(company)}» no es de cuatro dígitos."
        yield _p("company.extra.annex", "PE-3239", text + " Usa 0000 para el domicilio fiscal.")


def _company_keys(company: Company, at: datetime) -> Iterator[Problem]:
    certificate = company.certificate
    if certificate is None:
        text = "Falta el certificado digital. Súbelo en Certificado y credenciales."
        yield _p("company.certificate", "XX-CRT-1", text)
    elif not certificate.valid_from <= at <= certificate.valid_until:
        text = f"El certificado no está vigente (hasta el {certificate.valid_until:%d/%m/%Y})."
        yield _p("company.certificate", "PE-2327", text + " Sube uno vigente.")
    elif company.tax_id.number not in certificate.holder_ids:
        text = f"El certificado no es del RUC {company.tax_id.number}. Sube el de esta empresa."
        yield _p("company.certificate", "PE-2325", text)
    for secret in TRAITS.secrets:
        if secret.name not in company.secrets:
            text = f"Falta: {secret.label}. Complétalo en Certificado y credenciales."
            yield _p(f"company.secrets.{secret.name}", "XX-SEC-1", text)


def document_problems(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document."""
    if TRAITS.kind(document.kind) is None:
        text = "Este tipo de documento todavía no se emite para Perú. Usa una factura."
        yield _p("kind", "PE-1003", text)
        return
    yield from _header(document, at)
    yield from _customer(document.counterparty, company)
    if not document.lines:
        yield _p("items", "PE-OWN-1", "La factura no tiene líneas. Agrega al menos una.")
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídela."
        yield _p("items", "PE-2023", text)
        return
    broken = False
    for index, line in enumerate(document.lines):
        for problem in _line(f"items.{index}", line):
            broken = True
            yield problem
    if not broken and document.lines:
        yield from _sums(document)


def _header(document: Document, at: datetime) -> Iterator[Problem]:
    today = at.astimezone(LIMA).date()
    if document.date is not None and document.date > today + timedelta(days=2):
        text = f"La fecha {document.date:%d/%m/%Y} está a más de dos días. Usa la de hoy."
        yield _p("date", "PE-2329", text)
    if document.date is not None and document.date < today - timedelta(days=3):
        text = f"La fecha {document.date:%d/%m/%Y} es de hace más de tres días: SUNAT la rechazaría"
        yield _p("date", "PE-2108", text + " y el número se perdería. Usa la de hoy.")
    if document.currency not in codes.CURRENCIES:
        known = " o ".join(codes.CURRENCIES)
        text = f"La moneda «{document.currency}» no se usa aquí. Usa {known}."
        yield _p("currency.code", "PE-3088", text)
    operation = content.operation_type(document)
    if operation != "0101":
        known_to_sunat = operation in codes.operations()
        text = f"El tipo de operación «{operation}» "
        text += "todavía no se emite" if known_to_sunat else "no existe para facturas"
        yield _p("extra.operation_type", "PE-3206", text + ". Usa 0101 (venta interna).")
    if document.number is not None and not ids.is_series(document.number.series):
        text = f"La serie «{document.number.series}» no es de factura: F y tres letras o cifras."
        yield _p("numberTemplate", "PE-1001", text)
    if len(document.purchase_order) > 20:
        text = "La orden de compra tiene más de 20 caracteres. Acórtala."
        yield _p("purchaseOrder", "PE-4233", text)


def _customer(customer: Customer, company: Company) -> Iterator[Problem]:
    field = "client.identificationObject.number"
    number = customer.tax_id.number
    if customer.tax_id.kind != "RUC":
        text = f"Una factura es para quien tiene RUC; el cliente tiene {customer.tax_id.kind}."
        kind_field = "client.identificationObject.type"
        yield _p(kind_field, "PE-2800", text + " Usa su RUC o emite una boleta.")
    elif not ids.is_ruc(number):
        yield _p(field, "PE-2017", _bad_ruc(number))
    if number == company.tax_id.number:
        text = f"El cliente es la misma empresa que emite (RUC {number}). Elige otro cliente."
        yield _p(field, "PE-OWN-2", text)
    if not 3 <= len(customer.name.strip()) <= 1500:
        text = f"El nombre del cliente tiene {len(customer.name)} caracteres; van de 3 a 1500."
        yield _p("client.name", "PE-2022", text)


def _line(field: str, line: Line) -> Iterator[Problem]:
    if not 1 <= len(line.description.strip()) <= 500:
        text = f"La descripción tiene {len(line.description)} caracteres; van de 1 a 500."
        yield _p(f"{field}.name", "PE-2027", text)
    yield from _figure(f"{field}.quantity", "PE-2025", "La cantidad", line.quantity)
    if line.quantity <= ZERO:
        text = f"La cantidad es {line.quantity}: debe ser mayor que cero."
        yield _p(f"{field}.quantity", "PE-2024", text)
    yield from _figure(f"{field}.price", "PE-2369", "El precio", line.price)
    if line.price <= ZERO:
        text = f"El precio es {line.price}: debe ser mayor que cero."
        yield _p(f"{field}.price", "PE-2068", text + " (Las entregas gratuitas vendrán después.)")
    if content.unit(line) not in codes.units():
        text = f"La unidad «{line.unit}» no existe. Usa un código de SUNAT: NIU, ZZ, KGM…"
        yield _p(f"{field}.unit", "PE-2936", text)
    if len(line.code) > 30:
        yield _p(f"{field}.code", "PE-4269", "El código tiene más de 30 caracteres. Acórtalo.")
    yield from _line_tax(field, line)
    gross = line.quantity * line.price
    off = sum((one.of(gross) for one in line.discounts), ZERO)
    if off < ZERO or off > gross:
        text = f"El descuento ({off:.2f}) no cabe en la línea ({gross:.2f}). Corrígelo."
        yield _p(f"{field}.discount", "PE-2955", text)


def _line_tax(field: str, line: Line) -> Iterator[Problem]:
    code = content.affectation(line)
    if code not in codes.AFFECTATIONS:
        told = f"«{code}» todavía no se emite" if code else "falta"
        text = f"La afectación del IGV {told}. Usa 10 (gravado), 20 (exonerado) o 30 (inafecto)."
        yield _p(f"{field}.extra.affectation", "PE-2371", text)
        return
    if len(line.taxes) > 1 or any(tax.code not in ("IGV", "") for tax in line.taxes):
        text = "Una línea lleva un solo impuesto, el IGV. Quita los demás."
        yield _p(f"{field}.tax", "PE-3067", text)
        return
    percent = line.taxes[0].percent if line.taxes else None
    if code == "10" and percent not in (None, IGV):
        text = f"El IGV es 18 %, no {percent} %. Corrige la tasa o la afectación de la línea."
        yield _p(f"{field}.tax", "PE-3102", text)
    if code != "10" and percent:
        text = f"Una línea {codes.AFFECTATIONS[code][1].lower()} no lleva IGV; dice {percent} %."
        yield _p(f"{field}.tax", "PE-3110", text + " Pon 0 o cambia la afectación.")


def _sums(document: Document) -> Iterator[Problem]:
    counted = sums(document)
    if document.discounts and not counted.global_base:
        text = (
            "El descuento global (02) rebaja lo gravado y aquí nada lo está. Descuenta por línea."
        )
        yield _p("discount", "PE-OWN-3", text)
    elif not ZERO <= counted.global_discount <= counted.global_base:
        text = f"El descuento global ({counted.global_discount}) no cabe en lo gravado"
        yield _p("discount", "PE-2968", f"{text} ({counted.global_base}). Corrígelo.")
    if counted.payable >= LARGEST:
        text = f"El total ({counted.payable}) tiene más de 12 cifras enteras."
        yield _p("items", "PE-2062", text + " Revisa cantidades y precios.")
    yield from _payment(document, document.payment, counted.payable)


def _payment(document: Document, payment: Payment, payable: Decimal) -> Iterator[Problem]:
    if payment.form is PaymentForm.CASH:
        if payment.instalments:
            text = "Al contado no hay cuotas. Quítalas o elige crédito."
            yield _p("instalments", "PE-3252", text)
        return
    if not payment.instalments:
        text = "Al crédito hace falta al menos una cuota con su fecha y monto. Agrégala."
        yield _p("instalments", "PE-3249", text)
        return
    assert document.date is not None
    for index, instalment in enumerate(payment.instalments):
        field = f"instalments.{index}"
        if instalment.due <= document.date:
            text = f"La cuota vence el {instalment.due:%d/%m/%Y}: debe ser después de la emisión."
            yield _p(f"{field}.dueDate", "PE-3267", text)
        exponent = instalment.amount.as_tuple().exponent
        if instalment.amount <= ZERO or (isinstance(exponent, int) and exponent < -2):
            text = (
                f"El monto de la cuota ({instalment.amount}) debe ser positivo, con dos decimales."
            )
            yield _p(f"{field}.amount", "PE-3253", text)
    total = sum((one.amount for one in payment.instalments), ZERO)
    if total != payable:
        text = f"Las cuotas suman {total} y lo pendiente de pago es {payable}. Ajústalas."
        yield _p("instalments", "PE-3319", text)


def _figure(field: str, code: str, what: str, value: Decimal) -> Iterator[Problem]:
    exponent = value.as_tuple().exponent
    if not value.is_finite() or abs(value) >= LARGEST or not isinstance(exponent, int):
        yield _p(field, code, f"{what} ({value:.6g}) tiene más de 12 cifras enteras. Revísala.")
    elif exponent < -10:
        yield _p(field, code, f"{what} ({value}) tiene más de 10 decimales. Redondéala.")


def _bad_ruc(number: str) -> str:
    if re.fullmatch(r"(10|15|16|17|20)\d{9}", number):
        right = ids.ruc_check_digit(number[:10])
        text = f"El RUC {number} no es válido: su último dígito debería ser {right}."
    else:
        text = (
            f"El RUC «{number[:20]}» no es válido: son 11 dígitos que empiezan en 10, 15, 17 o 20."
        )
    return text + " Corrígelo."


def _p(field: str, code: str, text: str) -> Problem:
    return Problem(field, code, text, rule=MARK_PAPER)
