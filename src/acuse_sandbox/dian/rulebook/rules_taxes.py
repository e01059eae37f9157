"""Taxes and withholdings, of the document and of its lines. Source: colombia.md 3 and 10."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from acuse_sandbox.dian.rulebook.nodes import ZERO, Node
from acuse_sandbox.dian.rulebook.rule import (
    RANGED,
    Case,
    Check,
    Rule,
    by_line,
    far,
    notifies,
    rejects,
    when,
)

TAX, WITHHOLDING = "cac:TaxTotal", "cac:WithholdingTaxTotal"
SUBTOTAL = "cac:TaxSubtotal"
CATEGORY = "cac:TaxCategory"
SCHEME = f"{CATEGORY}/cac:TaxScheme"
HUNDRED = Decimal(100)
MUST_BE_IN_A_LINE = frozenset({"01", "04"})
RATES = {
    "01": frozenset(map(Decimal, (0, 5, 16, 19))),
    "04": frozenset(map(Decimal, (2, 4, 8, 16))),
}
NAMES = {
    "01": "IVA",
    "02": "IC",
    "03": "ICA",
    "04": "INC",
    "08": "IC Porcentual",
    "20": "FtoHorticultura",
    "21": "Timbre",
    "22": "INC Bolsas",
    "23": "INCarbono",
    "24": "INCombustibles",
    "25": "Sobretasa Combustibles",
    "26": "Sordicom",
    "30": "IC Datos",
    "32": "ICL",
    "33": "INPP",
    "34": "IBUA",
    "35": "ICUI",
    "36": "ADV",
}
OTHERS = "ZZ"  # its name is free


def code(group: Node) -> str:
    """The tax a group is of."""
    return group.value(f"{SUBTOTAL}/{SCHEME}/cbc:ID")


def _repeats(parent: Node, name: str) -> bool:
    told = [found for one in parent.all(name) if (found := code(one))]
    return len(set(told)) < len(told)


def _sum_differs(group: Node) -> bool:
    counted = sum((one.amount("cbc:TaxAmount") for one in group.all(SUBTOTAL)), ZERO)
    return far(group.amount("cbc:TaxAmount"), counted)


def _rate(subtotal: Node) -> tuple[str, Decimal | None, Decimal | None]:
    return (
        subtotal.value(f"{SCHEME}/cbc:ID"),
        subtotal.number(f"{CATEGORY}/cbc:Percent"),
        subtotal.number("cbc:PerUnitAmount"),
    )


def _rates_repeat(group: Node) -> bool:
    told = [_rate(one) for one in group.all(SUBTOTAL)]
    return len(set(told)) < len(told)


def _is_per_unit(subtotal: Node) -> bool:
    return subtotal.amount("cbc:PerUnitAmount") > ZERO


def _product_differs(subtotal: Node) -> bool:
    """Base by rate; what a unit pays can be counted only where the units are told, on a line."""
    if _is_per_unit(subtotal):
        return False
    percent = subtotal.amount(f"{CATEGORY}/cbc:Percent")
    counted = subtotal.amount("cbc:TaxableAmount") * percent / HUNDRED
    return far(subtotal.amount("cbc:TaxAmount"), counted)


def _units_differ(subtotal: Node, quantity: Decimal) -> bool:
    """The units are the line's or the BaseUnitMeasure, whichever fits."""
    if not _is_per_unit(subtotal):
        return False
    told, each = subtotal.amount("cbc:TaxAmount"), subtotal.amount("cbc:PerUnitAmount")
    units = (quantity, subtotal.amount("cbc:BaseUnitMeasure"))
    return all(far(told, each * one) for one in units)


def _rate_is_unknown(subtotal: Node) -> bool:
    known = RATES.get(subtotal.value(f"{SCHEME}/cbc:ID"))
    percent = subtotal.number(f"{CATEGORY}/cbc:Percent")
    return known is not None and percent not in known


def _code_is_unknown(subtotal: Node) -> bool:
    told = subtotal.value(f"{SCHEME}/cbc:ID")
    return told not in NAMES and told != OTHERS


def _name_differs(subtotal: Node) -> bool:
    name = NAMES.get(subtotal.value(f"{SCHEME}/cbc:ID"))
    told = subtotal.value(f"{SCHEME}/cbc:Name")
    return name is not None and told.casefold() != name.casefold()


def _header_is_not_of_the_lines(case: Case) -> bool:
    """Two groups of one tax, a group of nothing, or IVA or INC that no line has."""
    header = case.root.all(TAX)
    in_lines = {code(one) for line in case.lines for one in line.all(TAX)}
    return (
        _repeats(case.root, TAX)
        or any(not one.has(SUBTOTAL) for one in header)
        or any(code(one) in MUST_BE_IN_A_LINE - in_lines for one in header)
    )


def subtotals(parent: Node, name: str) -> Iterator[Node]:
    """Every subtotal of the groups of a name."""
    for group in parent.all(name):
        yield from group.all(SUBTOTAL)


def _header(name: str, fails: Callable[[Node], bool]) -> Check:
    return when(lambda case: any(map(fails, case.root.all(name))))


def _header_part(name: str, fails: Callable[[Node], bool]) -> Check:
    return when(lambda case: any(map(fails, subtotals(case.root, name))))


def _line(name: str, fails: Callable[[Node], bool]) -> Check:
    return by_line(lambda _, line: any(map(fails, line.all(name))))


def _line_part(name: str, fails: Callable[[Node], bool]) -> Check:
    return by_line(lambda _, line: any(map(fails, subtotals(line, name))))


def _line_product_differs(case: Case, line: Node) -> bool:
    quantity = line.amount(case.kind.quantity)
    return any(
        _product_differs(one) or _units_differ(one, quantity) for one in subtotals(line, TAX)
    )


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("AS01b", rejects(),
         "Un tributo está en dos grupos, en un grupo vacío, o no está en ninguna línea",
         when(_header_is_not_of_the_lines)),
    Rule("AS02", rejects(), "El valor de un tributo no es la suma de sus tarifas",
         _header(TAX, _sum_differs)),
    Rule("AS04", rejects(), "Una tarifa aparece dos veces en un tributo",
         _header(TAX, _rates_repeat)),
    Rule("AS07", rejects(), "El valor de una tarifa no es la base por el porcentaje",
         _header_part(TAX, _product_differs)),
    Rule("AS14", rejects(), "La tarifa no está en la lista de su tributo",
         _header_part(TAX, _rate_is_unknown)),
    Rule("AS16", rejects(), "El tributo no está en la lista", _header_part(TAX, _code_is_unknown)),
    Rule("AS17", rejects(), "El nombre del tributo no es el de su código",
         _header_part(TAX, _name_differs)),
    Rule("AT01", rejects(*RANGED), "Una retención está en dos grupos",
         when(lambda c: _repeats(c.root, WITHHOLDING))),
    Rule("AT02", rejects(*RANGED), "El valor de una retención no es la suma de sus tarifas",
         _header(WITHHOLDING, _sum_differs)),
    Rule("AT04", rejects(*RANGED), "Una tarifa aparece dos veces en una retención",
         _header(WITHHOLDING, _rates_repeat)),
    Rule("AT07", rejects(*RANGED), "El valor de una retención no es la base por el porcentaje",
         _header_part(WITHHOLDING, _product_differs)),
    Rule("AX01", rejects(), "Un tributo está dos veces en una línea",
         by_line(lambda _, line: _repeats(line, TAX))),
    Rule("AX02", rejects(), "El valor de un tributo de la línea no es la suma de sus tarifas",
         _line(TAX, _sum_differs)),
    Rule("AX04", rejects(), "Una tarifa aparece dos veces en un tributo de la línea",
         _line(TAX, _rates_repeat)),
    Rule("AX07", rejects(), "El valor de una tarifa de la línea no es la base por el porcentaje",
         by_line(_line_product_differs)),
    Rule("AX14", rejects(), "La tarifa de la línea no está en la lista de su tributo",
         _line_part(TAX, _rate_is_unknown)),
    Rule("AX16", rejects(), "El tributo de la línea no está en la lista",
         _line_part(TAX, _code_is_unknown)),
    Rule("AX17", rejects(), "El nombre del tributo de la línea no es el de su código",
         _line_part(TAX, _name_differs), "3b"),
    Rule("AY01", notifies(*RANGED), "Una retención está dos veces en una línea",
         by_line(lambda _, line: _repeats(line, WITHHOLDING))),
    Rule("AY02", notifies(*RANGED), "El valor de una retención de la línea no es su suma",
         _line(WITHHOLDING, _sum_differs)),
    Rule("AY04", notifies(*RANGED), "Una tarifa aparece dos veces en una retención de la línea",
         _line(WITHHOLDING, _rates_repeat)),
    Rule("AY07", notifies(*RANGED), "El valor de una retención de la línea no es el de su tarifa",
         _line_part(WITHHOLDING, _product_differs)),
)
# fmt: on
