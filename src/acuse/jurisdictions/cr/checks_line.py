"""What is wrong with a line. Source: costa-rica.md 3.3, 3.4 and 9.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Line
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import codes, content, forms
from acuse.jurisdictions.cr.doubts import UNSETTLED_DISCOUNTS
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.totals import line_sum

MOST_DISCOUNTS = 5
LARGEST_QUANTITY = Decimal("9999999999999.999")
CABYS = re.compile("[0-9]{13}")


def line_problems(field: str, line: Line) -> Iterator[Problem]:
    """What is wrong with the line at that path."""
    if not CABYS.fullmatch(content.cabys(line)):
        shown = one_line_of(content.cabys(line), 20)
        text = f"El CABYS «{shown}» no es de 13 dígitos. Búscalo en el catálogo de Hacienda."
        yield problem(f"{field}.extra.cabys", "CR-LIN-2", text)
    yield from forms.sized(f"{field}.name", "El detalle", line.description, 3, 200)
    if line.code:
        yield from forms.sized(f"{field}.code", "El código del producto", line.code, 1, 20)
    yield from _unit(field, line)
    yield from _tax(field, line)
    yield from _exoneration(field, line)
    figures = (
        *forms.figure(
            f"{field}.quantity", "La cantidad", line.quantity, 3, largest=LARGEST_QUANTITY
        ),
        *forms.figure(f"{field}.price", "El precio", line.price, 5),
    )
    yield from figures or _discounts(field, line)


def _unit(field: str, line: Line) -> Iterator[Problem]:
    unit = content.unit(line)
    if unit not in codes.units():
        close = next((u for u in sorted(codes.units()) if u.lower() == unit[:20].lower()), "")
        hint = f"¿Quisiste decir «{close}»?" if close else "Usa Unid, Sp, Kg, L, M, h…"
        text = f"La unidad «{one_line_of(unit, 20)}» no existe; mayúsculas y tildes cuentan. {hint}"
        yield problem(f"{field}.unit", "CR-XSD", text)
        return
    service = content.is_service(line)
    if service and unit == "Unid" or not service and unit in codes.SERVICE_UNITS:
        what = "un servicio" if service else "un bien"
        text = f"La línea es {what} y su unidad, «{unit}», no: los totales no coincidirían."
        remedy = "Usa Sp u Os para servicios, Unid para bienes."
        yield problem(f"{field}.unit", "CR-LIN-4", f"{text} {remedy}")


def _tax(field: str, line: Line) -> Iterator[Problem]:
    tariff = content.tariff(line)
    if tariff not in codes.TARIFFS:
        told = f"{line.taxes[0].percent} %" if line.taxes else "nada"
        text = f"La línea dice {told} y no hay tarifa de IVA así."
        yield problem(f"{field}.tax", "CR-LIN-8", f"{text} Usa 13, 4, 2, 1, 0.5 o 0 %.")
    elif len(line.taxes) > 1 or (line.taxes and line.taxes[0].percent != codes.TARIFFS[tariff]):
        text = f"La tarifa {tariff} es {codes.TARIFFS[tariff]} % y la línea dice otra cosa."
        yield problem(f"{field}.tax", "CR-LIN-9", f"{text} Corrige una de las dos.")


def _exoneration(field: str, line: Line) -> Iterator[Problem]:
    points = content.exonerated_points(line)
    if not points:
        return
    rate = content.rate(content.tariff(line))
    if not points.is_finite() or not ZERO < points <= rate:
        text = f"Se exoneran {points} puntos y la tarifa de la línea es {rate}."
        yield problem(
            f"{field}.extra.exonerated_points", "CR-EXO-1", f"{text} Escribe puntos de la tarifa."
        )
    else:
        yield from forms.figure(
            f"{field}.extra.exonerated_points", "Los puntos exonerados", points, 2
        )


def _discounts(field: str, line: Line) -> Iterator[Problem]:
    field = f"{field}.discount"
    if len(line.discounts) > MOST_DISCOUNTS:
        yield problem(field, "CR-XSD", "Una línea lleva hasta cinco descuentos. Júntalos.")
    for one in line.discounts:
        told = content.discount_code(one)
        if told in UNSETTLED_DISCOUNTS:
            text = f"El descuento {told} ({codes.DISCOUNTS[told]}) todavía no se emite aquí."
            yield problem(field, "CR-OWN-3", f"{text} Usa del 04 al 09.")
        elif told not in codes.DISCOUNTS:
            text = f"El código de descuento «{one_line_of(told, 20)}» no existe. Usa del 04 al 09."
            yield problem(field, "CR-CV-2", text)
        if any(not part.is_finite() for part in (one.amount, one.percent) if part is not None):
            yield problem(field, "CR-XSD", "El descuento no es una cifra. Corrígelo.")
            return
    counted = line_sum(line)
    if any(off < ZERO for off in counted.discounts) or counted.subtotal < ZERO:
        off = sum(counted.discounts, ZERO)
        text = f"Los descuentos ({off}) no caben en la línea ({counted.gross}). Corrígelos."
        yield problem(field, "CR-LIN-6", text)
