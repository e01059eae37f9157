"""What is wrong with a line. Source: peru.md 3.2, 3.4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Adjustment, Document, Line
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.checks_properties import property_problems
from acuse.jurisdictions.pe.checks_tax import tax_problems
from acuse.jurisdictions.pe.codes import FREE, IGV, IVAP
from acuse.jurisdictions.pe.line_sums import LineSum, Setting, line_sum
from acuse.jurisdictions.pe.wording import (
    LARGEST,
    figure_problems,
    own_text_problems,
    problem,
    text_problems,
)

NEXT_TO_NOTHING = Decimal("0.06")  # up to that base the tax may be 0 (3111)
GTIN_LENGTHS = (8, 12, 13, 14)


def line_problems(
    field: str, line: Line, document: Document, setting: Setting
) -> Iterator[Problem]:
    """What is wrong with the line at that path; what is summed is looked at last."""
    yield from text_problems(
        f"{field}.name",
        "PE-2027",
        "La descripción",
        line.description,
        least=3 if content.is_note(document) else 1,
        most=500,
        lines=True,
    )
    yield from text_problems(f"{field}.code", "PE-4269", "El código", line.code, least=0, most=30)
    if content.unit(line) not in codes.units():
        text = f"La unidad «{one_line_of(line.unit)}» no existe. Usa un código de SUNAT: NIU, ZZ…"
        yield problem(f"{field}.unit", "PE-2936", text)
    if line.extra:
        yield from own_text_problems(f"{field}.extra", line.extra)
        yield from _products(field, line)
        yield from property_problems(f"{field}.extra.properties", line)
    wrong = [*_figures(field, line, document), *tax_problems(field, line, document, setting)]
    yield from wrong
    if not wrong:
        yield from _value(field, line, document, setting)


def _products(field: str, line: Line) -> Iterator[Problem]:
    product, gtin = content.own(line.extra, "product_code"), content.own(line.extra, "gtin")
    if product and not re.fullmatch("[0-9]{8}", product):
        text = f"El código SUNAT «{one_line_of(product)}» no es de 8 dígitos. Corrígelo."
        yield problem(f"{field}.extra.product_code", "PE-4332", text)
    elif product.endswith("0000"):
        text = f"El código SUNAT {product} es de un grupo entero. Usa uno más preciso."
        yield problem(f"{field}.extra.product_code", "PE-4337", text)
    if gtin and not (re.fullmatch("[0-9]+", gtin) and len(gtin) in GTIN_LENGTHS):
        text = f"El código de barras «{one_line_of(gtin)}» no es de 8, 12, 13 o 14 dígitos."
        yield problem(f"{field}.extra.gtin", "PE-4335", text + " Corrígelo.")


def _figures(field: str, line: Line, document: Document) -> Iterator[Problem]:
    nothing = content.changes_terms(document)
    for name, what, form, zero, value in (
        ("quantity", "La cantidad", "PE-2025", "PE-2024", line.quantity),
        ("price", "El precio", "PE-2369", "PE-2068", line.price),
    ):
        bad = list(figure_problems(f"{field}.{name}", form, what, value))
        yield from bad
        if not bad and value <= ZERO and not (nothing and name == "price" and not value):
            text = f"{what} es {value:f}: debe ser mayor que cero."
            yield problem(f"{field}.{name}", zero, text)
    for discount in line.discounts:
        yield from amount_told(f"{field}.discount", "PE-2955", "El descuento", discount)
    for charge in line.charges:
        yield from amount_told(f"{field}.charge", "PE-2955", "El cargo", charge)


def amount_told(field: str, code: str, what: str, one: Adjustment) -> Iterator[Problem]:
    """Whether a discount or charge is no figure, or one that turns into its opposite."""
    for value in (one.amount, one.percent):
        if value is None:
            continue
        bad = list(figure_problems(field, code, what, value))
        yield from bad
        if not bad and value < ZERO:
            text = f"{what} es {value:f}: no puede ser negativo. Corrígelo."
            yield problem(field, code, text)


def _value(field: str, line: Line, document: Document, setting: Setting) -> Iterator[Problem]:
    counted = line_sum(line, setting)
    yield from _adjusted(field, line, document, counted)
    if counted.gross >= LARGEST:
        text = f"Cantidad por precio da {counted.gross:.6g}: más de 12 cifras enteras. Revísalas."
        yield problem(f"{field}.price", "PE-2370", text)
    elif counted.discount > counted.gross + counted.charge or counted.value < ZERO:
        text = f"El descuento ({counted.discount}) no cabe en la línea ({counted.gross})."
        yield problem(f"{field}.discount", "PE-2955", text + " Corrígelo.")
    elif counted.allowance > counted.value + counted.tax + counted.surcharge:
        text = f"El descuento ({counted.allowance}) es mayor que la línea con su IGV."
        yield problem(f"{field}.discount", "PE-2955", text + " Corrígelo.")
    elif counted.value == ZERO and line.price:
        text = "La línea queda en 0.00 y SUNAT pide un valor mayor en cada una."
        yield problem(f"{field}.price", "PE-3105", text + " Sube el precio o quita la línea.")
    else:
        yield from _taxed_to_nothing(field, counted)


def _adjusted(field: str, line: Line, document: Document, counted: LineSum) -> Iterator[Problem]:
    if counted.free and (line.discounts or line.charges):
        text = "Lo que se entrega gratis no lleva descuento ni cargo. Quítalo."
        yield problem(f"{field}.discount", "PE-3271", text)
    if content.is_note(document) and (counted.allowance or counted.surcharge):
        text = "En una nota el descuento o cargo entra en el precio de la línea, antes del IGV."
        yield problem(f"{field}.extra.discount_code", "PE-3270", text + " Cámbialo.")


def _taxed_to_nothing(field: str, counted: LineSum) -> Iterator[Problem]:
    """3111: of a base above six cents some tax must come."""
    one = counted.igv
    taxed = counted.tribute in (IGV, IVAP) or (counted.tribute == FREE and counted.rate)
    if one and taxed and not one.amount and counted.rate and one.base > NEXT_TO_NOTHING:
        text = f"De {one.base} al {counted.rate.normalize():f} % no sale ningún impuesto."
        yield problem(f"{field}.price", "PE-3111", text + " Junta la línea con otra.")
