"""Detracción, percepción, retenciones, exports, transport. Source: peru.md 3.4, 3.6, 3.7."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, rates
from acuse.jurisdictions.pe.checks_customer import RUC
from acuse.jurisdictions.pe.checks_properties import required_problems
from acuse.jurisdictions.pe.checks_ticket import ticket_problems
from acuse.jurisdictions.pe.totals import SOLES, in_soles
from acuse.jurisdictions.pe.wording import amount_problems, problem, text_problems

DETRACTED = frozenset({"1001", "1002", "1003", "1004"})
ONLY = {"1002": "004", "1003": "028", "1004": "027"}  # operation -> the one code it goes with
FREIGHT = "1004"
USED_ABROAD = frozenset({"0201", "0208"})
HUNDRED = Decimal(100)
TRIP = (  # part of the trip, its rule, words, own field
    ("from_place", "PE-3116", "el ubigeo de origen", "freight_from_place"),
    ("from_line", "PE-3117", "el origen", "freight_from"),
    ("to_place", "PE-3118", "el ubigeo de destino", "freight_to_place"),
    ("to_line", "PE-3119", "el destino", "freight_to"),
    ("details", "PE-3120", "el detalle del viaje", "freight_details"),
)
VALUES = (  # in the order of Freight.values
    ("PE-3124", "el valor referencial del servicio", "freight_value"),
    ("PE-3125", "el valor por carga efectiva", "freight_load_value"),
    ("PE-3126", "el valor por carga útil", "freight_capacity_value"),
)


def special_problems(document: Document, company: Company) -> Iterator[Problem]:
    """What is wrong with what only some operations have."""
    yield from _detraction(document, company)
    if content.is_note(document):
        return
    yield from _perception(document)
    yield from _retentions(document)
    yield from _country(document)
    yield from required_problems(document)
    yield from _trips(document)
    yield from ticket_problems(document)


def _detraction(document: Document, company: Company) -> Iterator[Problem]:
    told, operation = content.detraction(document), content.operation_type(document)
    note = content.is_note(document)
    if told is None:
        if operation in DETRACTED and not note:
            text = "Esta operación está sujeta a detracción y falta su bien o servicio. Elígelo."
            yield problem("extra.detraction_code", "PE-3127", text)
        return
    if not note and operation not in DETRACTED:
        text = f"Hay una detracción y la operación es {one_line_of(operation)}. Déjala vacía."
        yield problem("extra.operation_type", "PE-3128", text)
    if told.code not in codes.detractions():
        text = f"El código de detracción «{one_line_of(told.code)}» no existe. Elige otro."
        yield problem("extra.detraction_code", "PE-3033", text)
    elif not note and ONLY.get(operation, told.code) != told.code:
        text = f"La operación {operation} lleva la detracción {ONLY[operation]}, no {told.code}."
        yield problem("extra.detraction_code", "PE-3129", text)
    if told.percent is None or not ZERO < told.percent <= HUNDRED:
        text = "Falta el porcentaje de la detracción, entre 0 y 100. Escríbelo."
        yield problem("extra.detraction_percent", "PE-3035", text)
    if told.told is not None and told.told <= ZERO:
        yield problem("extra.detraction_amount", "PE-3037", "El monto de la detracción es 0.")
    if told.means not in dict(codes.MEANS):
        text = f"El medio de pago «{one_line_of(told.means)}» no está en la lista. Elige otro."
        yield problem("extra.detraction_means", "PE-3174", text)
    if not content.own(company.extra, "detraction_account"):
        text = "Falta la cuenta de detracciones de la empresa. Agrégala en Empresa."
        yield problem("extra.detraction_code", "PE-3034", text)
    yield from _rate(document, "PE-3208", "La detracción va en soles")


def _rate(document: Document, code: str, why: str) -> Iterator[Problem]:
    if document.currency != SOLES and in_soles(document) <= ZERO:
        yield problem("currency.exchangeRate", code, f"{why}: falta el tipo de cambio del día.")


def _perception(document: Document) -> Iterator[Problem]:
    code, operation = (
        content.own(document.extra, "perception_code"),
        content.operation_type(document),
    )
    credit = document.payment.form is PaymentForm.CREDIT
    if not code:
        if operation == content.PERCEIVED and not credit:
            text = "Una operación con percepción al contado pide su régimen. Elígelo."
            yield problem("extra.perception_code", "PE-3093", text)
        return
    if code not in dict(codes.PERCEPTIONS):
        text = f"El régimen de percepción «{one_line_of(code)}» no existe. Elige otro."
        yield problem("extra.perception_code", "PE-3071", text)
    if operation != content.PERCEIVED:
        text = f"Hay percepción y la operación es {one_line_of(operation)}. Déjala vacía."
        yield problem("extra.operation_type", "PE-3308", text)
    if credit:
        text = "Al crédito la percepción va en su propio comprobante. Quítala de aquí."
        yield problem("extra.perception_code", "PE-3330", text)
    yield from _rate(document, "PE-2788", "La percepción va en soles")


def _retentions(document: Document) -> Iterator[Problem]:
    extra = document.extra
    if extra.get("igv_retention") is True:
        kind = content.IDENTITIES.get(document.counterparty.tax_id.kind)
        if kind != RUC or document.kind is not DocumentKind.INVOICE:
            text = "Solo retiene el IGV un cliente con RUC, en una factura. Quita la retención."
            yield problem("extra.igv_retention", "PE-3262", text)
        yield from _below_threshold(document)
    told, operation = content.amount(extra, "income_retention"), content.operation_type(document)
    if operation == content.INCOME_RETAINED and not told:
        text = "La operación 2002 pide la retención de renta. Escribe su monto."
        yield problem("extra.income_retention", "PE-3316", text)
    if told and operation != content.INCOME_RETAINED:
        text = f"La retención de renta es de la operación 2002, no {one_line_of(operation)}."
        yield problem("extra.operation_type", "PE-3317", text)


def _below_threshold(document: Document) -> Iterator[Problem]:
    least = rates.must("threshold", "retention", document.date)
    gross = sum((one.quantity * one.price for one in document.lines if one.price.is_finite()), ZERO)
    if gross.is_finite() and gross * 2 * max(in_soles(document), ZERO) < least:
        text = f"La retención del IGV es de operaciones desde {least} soles. Revisa si corresponde."
        yield problem("extra.igv_retention", "PE-OBS-2", text)


def _country(document: Document) -> Iterator[Problem]:
    told = content.own(document.extra, "country_of_use")
    abroad = content.operation_type(document) in USED_ABROAD
    if not told:
        if abroad:
            text = "Falta el país donde se usa el servicio exportado. Escribe sus dos letras."
            yield problem("extra.country_of_use", "PE-3098", text)
    elif told not in codes.countries() or (abroad and told == "PE"):
        text = f"El país «{one_line_of(told)}» no sirve: dos letras, y no PE. Corrígelo."
        yield problem("extra.country_of_use", "PE-3099", text)
    elif not abroad and told != "PE":
        text = "El país de uso es de exportaciones 0201 y 0208: en otras SUNAT espera PE. Quítalo."
        yield problem("extra.country_of_use", "PE-4041", text)


def _trips(document: Document) -> Iterator[Problem]:
    """Each line of transport of goods tells its whole trip; a trip begun elsewhere too."""
    needed = content.operation_type(document) == FREIGHT
    for index, line in enumerate(document.lines):
        trip = content.freight(line)
        if trip is None and not needed:
            continue
        field = f"items.{index}.extra"
        for name, code, what, own in TRIP:
            value = getattr(trip, name) if trip else ""
            if not value:
                text = f"A la línea {index + 1} le falta {what}. Escríbelo."
                yield problem(f"{field}.{own}", code, text)
            elif name.endswith("_place"):
                if value not in codes.ubigeos():
                    text = f"El ubigeo «{one_line_of(value)}» no existe. Usa seis dígitos."
                    yield problem(f"{field}.{own}", "PE-4200", text)
            else:
                most, rule = (500, "PE-4270") if name == "details" else (200, "PE-4236")
                yield from text_problems(
                    f"{field}.{own}", rule, what.capitalize(), value, least=3, most=most
                )
        yield from _values(field, index, trip)


def _values(field: str, index: int, trip: content.Freight | None) -> Iterator[Problem]:
    for place, (code, what, own) in enumerate(VALUES):
        value = trip.values[place] if trip else ZERO
        if not value:
            text = f"A la línea {index + 1} le falta {what}, en soles. Escríbelo."
            yield problem(f"{field}.{own}", code, text)
        else:
            yield from amount_problems(f"{field}.{own}", "PE-3123", what.capitalize(), value)
