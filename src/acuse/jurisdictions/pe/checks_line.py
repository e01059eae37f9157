"""What is wrong with a line of a factura. Source: peru.md 3.2, 3.4."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Discount, Line
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.totals import IGV, line_sum
from acuse.jurisdictions.pe.wording import LARGEST, figure_problems, problem, text_problems


def line_problems(field: str, line: Line) -> Iterator[Problem]:
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
        text = f"La unidad «{one_line_of(line.unit)}» no existe. Usa un código de SUNAT: NIU, ZZ…"
        yield problem(f"{field}.unit", "PE-2936", text)
    wrong = [*_figures(field, line), *_tax(field, line)]
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
    for discount in line.discounts:
        yield from discount_problems(f"{field}.discount", "PE-2955", discount)


def discount_problems(field: str, code: str, discount: Discount) -> Iterator[Problem]:
    """Whether a discount is no figure, or one that raises the price."""
    for value in (discount.amount, discount.percent):
        if value is None:
            continue
        bad = list(figure_problems(field, code, "El descuento", value))
        yield from bad
        if not bad and value < ZERO:
            text = f"El descuento es {value:f}: no puede ser negativo. Corrígelo."
            yield problem(field, code, text)


def _tax(field: str, line: Line) -> Iterator[Problem]:
    code = content.affectation(line)
    if code not in codes.AFFECTATIONS:
        told = f"«{one_line_of(code)}» todavía no se emite" if code else "falta"
        text = f"La afectación del IGV {told}. Usa 10 (gravado), 20 (exonerado) o 30 (inafecto)."
        yield problem(f"{field}.extra.affectation", "PE-2371", text)
        return
    if len(line.taxes) > 1 or any(tax.code not in ("IGV", "") for tax in line.taxes):
        text = "Una línea lleva un solo impuesto, el IGV. Quita los demás."
        yield problem(f"{field}.tax", "PE-3067", text)
        return
    percent = line.taxes[0].percent if line.taxes else None
    if code == content.ONEROUS and percent not in (None, IGV):
        text = f"El IGV es 18 %, no {_figure(percent)} %. Corrige la tasa o la afectación."
        yield problem(f"{field}.tax", "PE-3102", text)
    if code != content.ONEROUS and percent not in (None, ZERO):
        words = codes.AFFECTATIONS[code][1].lower()
        text = f"Una línea de lo {words} no lleva IGV; dice {_figure(percent)} %."
        yield problem(f"{field}.tax", "PE-3110", text + " Pon 0 o cambia la afectación.")


def _figure(percent: Decimal | None) -> str:
    return f"{percent:.6g}"


def _value(field: str, line: Line) -> Iterator[Problem]:
    counted = line_sum(line)
    if counted.gross >= LARGEST:
        text = f"Cantidad por precio da {counted.gross:.6g}: más de 12 cifras enteras. Revísalas."
        yield problem(f"{field}.price", "PE-2370", text)
    if counted.discount > counted.gross:
        text = f"El descuento ({counted.discount}) no cabe en la línea ({counted.gross})."
        yield problem(f"{field}.discount", "PE-2955", text + " Corrígelo.")
    elif counted.value <= ZERO:
        text = "La línea queda en 0.00 y SUNAT pide un valor mayor en cada una."
        yield problem(f"{field}.price", "PE-3105", text + " Sube el precio o quita la línea.")
