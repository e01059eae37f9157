"""What is wrong with a line of a liquidación de compra. Source: peru.md 13; SUNAT's sheet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Line
from acuse.domain.money import ZERO, rounded
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.content_purchase import (
    AFFECTATIONS,
    GOLD,
    GOLD_PROPERTIES,
    IGV,
    IGV_RATE,
    INCOME,
    TAXED,
    affectation,
    percent_of,
)
from acuse.jurisdictions.pe.totals_purchase import line_sum
from acuse.jurisdictions.pe.wording import LARGEST, figure_problems, problem, text_problems

HUNDRED, THOUSAND = Decimal(100), Decimal(1000)


def line_problems(field: str, line: Line, operation: str) -> Iterator[Problem]:
    """What is wrong with the line at that path; what is summed is looked at last."""
    yield from text_problems(
        f"{field}.name",
        "PE-2027",
        "La descripción",
        line.description,
        least=1,
        most=500,
        lines=True,
    )
    yield from text_problems(f"{field}.code", "PE-4269", "El código", line.code, least=0, most=30)
    if content.unit(line) not in codes.units():
        text = f"La unidad «{one_line_of(line.unit)}» no existe. Usa un código de SUNAT: NIU, KGM…"
        yield problem(f"{field}.unit", "PE-2936", text)
    yield from _gold(field, line, operation)
    wrong = [*_figures(field, line), *_taxes(field, line)]
    yield from wrong
    if not wrong:
        yield from _value(field, line)


def _figures(field: str, line: Line) -> Iterator[Problem]:
    for name, what, form, zero, value in (
        ("quantity", "La cantidad", "PE-2025", "PE-2024", line.quantity),
        ("price", "El precio", "PE-2369", "PE-2068", line.price),
    ):
        bad = list(figure_problems(f"{field}.{name}", form, what, value))
        yield from bad
        if not bad and value <= ZERO:
            text = f"{what} es {value:f}: debe ser mayor que cero."
            yield problem(f"{field}.{name}", zero, text)


def _taxes(field: str, line: Line) -> Iterator[Problem]:
    told = [tax.code for tax in line.taxes]
    if any(code not in (IGV, INCOME) for code in told):
        text = "Una línea lleva IGV y retención de renta (IR), y nada más. Quita el resto."
        yield problem(f"{field}.tax", "PE-3223", text)
    elif len(set(told)) < len(told):
        text = "El IGV y la retención de renta van una sola vez en cada línea. Quita lo repetido."
        yield problem(f"{field}.tax", "PE-3067", text)
    yield from _igv(field, line)
    income = percent_of(line, INCOME)
    if not ZERO <= income < HUNDRED or rounded(income, 5) != income:
        text = f"La retención de renta ({income:f} %) va de 0 a menos de 100, con 5 decimales."
        yield problem(f"{field}.tax", "PE-3102", f"{text} Corrígela.")


def _igv(field: str, line: Line) -> Iterator[Problem]:
    code, percent = affectation(line), percent_of(line, IGV)
    if code not in AFFECTATIONS:
        told = f"«{one_line_of(code)}» no va en liquidaciones" if code else "falta"
        text = f"La afectación del IGV {told}. Usa 10 (gravado), 20 (exonerado) o 30 (inafecto)."
        yield problem(f"{field}.extra.purchase_affectation", "PE-2371", text)
    elif code == TAXED and percent not in (ZERO, IGV_RATE):
        text = f"El IGV es {IGV_RATE} %, no {percent:f} %. Corrige la tasa o la afectación."
        yield problem(f"{field}.tax", "PE-3103", text)
    elif code != TAXED and percent:
        text = f"Una línea exonerada o inafecta no lleva IGV; dice {percent:f} %. Pon 0."
        yield problem(f"{field}.tax", "PE-3110", text)


def _gold(field: str, line: Line, operation: str) -> Iterator[Problem]:
    for name, _, words, code in GOLD_PROPERTIES:
        if operation == GOLD and not line.extra.get(name):
            text = f"En compras de oro falta: {words.lower()}. Complétalo."
            yield problem(f"{field}.extra.{name}", code, text)
        elif isinstance(told := line.extra.get(name, ""), str):
            yield from text_problems(
                f"{field}.extra.{name}", "PE-3064", words, told, least=0, most=100
            )
    grade = line.extra.get("gold_grade", ZERO)
    if not ZERO <= grade < THOUSAND or rounded(grade, 2) != grade:
        text = f"La ley del mineral ({grade:f}) va con 3 enteros y 2 decimales. Corrígela."
        yield problem(f"{field}.extra.gold_grade", "PE-4280", text)


def _value(field: str, line: Line) -> Iterator[Problem]:
    value = line_sum(line).value
    if value >= LARGEST:
        text = f"Cantidad por precio da {value:.6g}: más de 12 cifras enteras. Revísalas."
        yield problem(f"{field}.price", "PE-2370", text)
    elif value <= ZERO:
        text = "La línea queda en 0.00 y SUNAT pide un valor mayor en cada una."
        yield problem(f"{field}.price", "PE-3105", text + " Sube el precio o quita la línea.")
