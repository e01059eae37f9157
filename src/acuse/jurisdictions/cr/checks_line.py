"""What is wrong with a line. Source: costa-rica.md 3.3, 3.4 and 9.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import codes, content, content_line, forms, lists
from acuse.jurisdictions.cr.checks_exoneration import points_problems
from acuse.jurisdictions.cr.checks_tax import tax_problems
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import FORMS, NOTES
from acuse.jurisdictions.cr.line_sums import line_sum

MOST_DISCOUNTS, MOST_COMPONENTS = 5, 20
LEAST_PRODUCTS = 3  # a combo is of more than two
LARGEST_QUANTITY = Decimal("9999999999999.999")
CABYS = re.compile("[0-9]{13}")
HEADING = re.compile("[0-9]{12}")


def line_problems(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """What is wrong with the line at that path."""
    yield from _product(field, line, kind)
    figures = (
        *forms.figure(
            f"{field}.quantity", "La cantidad", line.quantity, 3, largest=LARGEST_QUANTITY
        ),
        *forms.figure(f"{field}.price", "El precio", line.price, 5),
    )
    yield from figures
    if line.discounts and not figures:
        yield from _discounts(field, line)
    if line.components:
        yield from _bundle(field, line, kind)
    else:
        yield from tax_problems(field, line, kind)
        yield from points_problems(field, line)


def _product(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    cabys = content_line.cabys(line)
    if not CABYS.fullmatch(cabys) and not (kind in NOTES and not cabys):
        text = f"El CABYS «{one_line_of(cabys, 20)}» no es de 13 dígitos. Búscalo en el catálogo."
        yield problem(f"{field}.extra.cabys", "CR-LIN-2", text)
    yield from forms.sized(f"{field}.name", "El detalle", line.description, 3, 200)
    if line.code:
        yield from forms.sized(f"{field}.code", "El código del producto", line.code, 1, 20)
    yield from _unit(field, line)
    heading = content.told(line.extra, "tariff_heading")
    if heading and not HEADING.fullmatch(heading):
        text = f"La partida arancelaria «{one_line_of(heading, 20)}» no es de 12 dígitos."
        yield problem(f"{field}.extra.tariff_heading", "CR-XSD", f"{text} Corrígela.")
    for name, what, most in TEXTS:
        told = content.told(line.extra, name)
        if told:
            yield from forms.sized(f"{field}.extra.{name}", what, told, 1, most)
    for serial in content_line.serials(line):
        yield from forms.sized(f"{field}.extra.serial_numbers", "La serie", serial, 1, 17)


TEXTS = (
    ("commercial_unit", "La unidad comercial", 20),
    ("medicine_register", "El registro del medicamento", 100),
    ("pharma_form", "La forma farmacéutica", 3),
)


def _unit(field: str, line: Line) -> Iterator[Problem]:
    unit = content_line.unit(line)
    if unit not in codes.units():
        close = next((u for u in sorted(codes.units()) if u.lower() == unit[:20].lower()), "")
        hint = f"¿Quisiste decir «{close}»?" if close else "Usa Unid, Sp, Kg, L, M, h…"
        text = f"La unidad «{one_line_of(unit, 20)}» no existe; mayúsculas y tildes cuentan. {hint}"
        yield problem(f"{field}.unit", "CR-XSD", text)
        return
    service = content_line.is_service(line)
    if service and unit == "Unid" or not service and unit in lists.SERVICE_UNITS:
        what = "un servicio" if service else "un bien"
        text = f"La línea es {what} y su unidad, «{unit}», no: los totales no coincidirían."
        remedy = "Usa Sp u Os para servicios, Unid para bienes."
        yield problem(f"{field}.unit", "CR-LIN-4", f"{text} {remedy}")


def _discounts(field: str, line: Line) -> Iterator[Problem]:
    field = f"{field}.discount"
    if len(line.discounts) > MOST_DISCOUNTS:
        yield problem(field, "CR-XSD", "Una línea lleva hasta cinco descuentos. Júntalos.")
    for one in line.discounts:
        kind = content.discount(one)
        yield from forms.listed(
            field, "CR-CV-2", "El código de descuento", kind.code, lists.DISCOUNTS
        )
        yield from forms.texted(field, "El texto del descuento", kind.code, kind.text, 5, 80)
        if any(not part.is_finite() for part in (one.amount, one.percent) if part is not None):
            yield problem(field, "CR-XSD", "El descuento no es una cifra. Corrígelo.")
            return
    counted = line_sum(line)
    if any(off < ZERO for off in counted.discounts) or counted.subtotal < ZERO:
        off = sum(counted.discounts, ZERO)
        text = f"Los descuentos ({off}) no caben en la línea ({counted.gross}). Corrígelos."
        yield problem(field, "CR-LIN-6", text)


def _bundle(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """Nothing for a bundle whose parts are products of their own and make up its price."""
    of = f"{field}.components"
    if not FORMS[kind].bundles or kind is DocumentKind.PAYMENT:
        yield problem(of, "CR-XSD", "Este documento no lleva surtidos. Escribe cada producto.")
        return
    if line.taxes or line.discounts or content_line.exonerated_points(line):
        text = "En un surtido los impuestos y descuentos van en cada producto, no en la línea."
        yield problem(of, "CR-LIN-15", f"{text} Pásalos allá.")
    products = {content_line.cabys(one) for one in line.components}
    if len(products) < LEAST_PRODUCTS or len(line.components) > MOST_COMPONENTS:
        text = f"Un surtido es de 3 a {MOST_COMPONENTS} productos de CABYS distintos."
        yield problem(of, "CR-LIN-15", f"{text} Corrígelo o escribe cada producto aparte.")
    broken = False
    for index, one in enumerate(line.components):
        for found in _component(f"{of}.{index}", one, kind):
            broken = True
            yield found
    if broken:
        return
    counted = line_sum(line)
    parts = sum((part.subtotal for part in counted.parts), ZERO)
    if parts != counted.gross:
        text = f"Los productos del surtido suman {parts} y la línea {counted.gross}."
        yield problem(of, "CR-LIN-15", f"{text} Deben ser iguales.")


def _component(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """Nothing for a product of a bundle: a line like any other, with less that it may be."""
    tax = content_line.value_added(line)
    if content_line.exonerated_points(line) or line.extra.get("tax_assumed"):
        text = "Un producto de un surtido no se exonera ni se asume por separado. Quítalo."
        yield problem(f"{field}.extra", "CR-LIN-15", text)
    if tax is not None and content_line.code_of(tax) == lists.USED_GOODS:
        text = "Los bienes usados no van en un surtido. Escríbelos en una línea aparte."
        yield problem(f"{field}.tax", "CR-LIN-15", text)
    if not content_line.cabys(line):
        text = "Cada producto de un surtido lleva su CABYS. Búscalo en el catálogo."
        yield problem(f"{field}.extra.cabys", "CR-LIN-2", text)
    yield from line_problems(field, line, kind)
