"""The DIAN's arithmetic over the finished text, before it is signed: what is read is what is sent.

Source: colombia.md 3 ("Totals"), 10 (FAD16, FAQ, FAS, FAT, FAU, FAV, FAX, FBE, VLR01). The DIAN
compares whole pesos and lets taxes be ±2.00 off; ours agree to the cent, but for a header tax,
which is the sum of rounded line taxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from acuse.jurisdictions.co.audit_reading import (
    CHARGED,
    LINE,
    MILLION,
    WITHHELD,
    Rate,
    Table,
    Unreadable,
    header,
    tables,
)

WHOLE = 100 * MILLION  # 100 % in millionths of a per cent
CENT, TOLERATED = 1, 200  # in cents
COUNT = "<cbc:LineCountNumeric>"
OF_HEADER = {CHARGED: "FAS", WITHHELD: "FAT"}
OF_LINES = {CHARGED: "FAX", WITHHELD: "FAY"}

# group, tax, percentage (and units as written, of a tax that counts them) -> base, amount in cents
Taxes = dict[tuple[str | int | None, ...], tuple[int, int]]
Cents = list[int]


class Disagreement(AssertionError):
    """What was composed breaks a rule of the DIAN's arithmetic: nothing of it may be signed."""


def audit(text: str) -> None:
    """Raises Disagreement with the rule's code where the text does not add up."""
    try:
        _audit(text)
    except (ValueError, LookupError, ArithmeticError) as error:
        raise Disagreement(str(error)[:300]) from error


def _audit(text: str) -> None:
    head, *lines = text.split(LINE)
    if not lines:
        raise Unreadable("FAV01: no line")
    told = head.partition(COUNT)[2].partition("<")[0]
    _same("FAD16", int(told), len(lines))
    value, of_lines = 0, Taxes()
    for table in tables(lines):
        value += _lines(table, of_lines)
    taxable = sum([base for key, (base, _) in of_lines.items() if key[0] == CHARGED])
    above, of_header = header(head), Taxes()
    cents = _cents(above)
    tax = _groups(above, cents, OF_HEADER, TOLERATED, of_header)
    if of_header != of_lines:
        raise Unreadable(f"FAS01b: {of_header} in the header, {of_lines} in the lines")
    _totals(above, cents, value, taxable, tax)


def _cents(table: Table) -> list[Cents]:
    """The columns in cents. What has more decimals (units) is too large by them, and never used."""
    figures = [figure for column in table.columns for figure in column]
    cents = list(map(int, ";".join(figures).replace(".", "").split(";")))
    if min(cents) < 0:
        raise Unreadable(f"VLR01: a negative amount among {figures[:3]}")
    high = len(table.prices)
    return [cents[start : start + high] for start in range(0, len(cents), high)]


def _lines(table: Table, taxes: Taxes) -> int:
    """What the lines come to together, in cents; their taxes are added to those of others."""
    cents = _cents(table)
    values = cents[0]  # LineExtensionAmount comes first
    net = values
    for adjusted, sign in _adjustments(table, cents, "FBE"):
        net = [one - sign * change for one, change in zip(net, adjusted, strict=True)]
    for price, quantity, gross in zip(table.prices, table.quantities, net, strict=True):
        if abs(Decimal(price) * Decimal(quantity) * 100 - gross) > CENT:
            raise Unreadable(f"FAV06: {price} × {quantity} is not {gross} cents")
    _groups(table, cents, OF_LINES, CENT, taxes)
    return sum(values)


def _groups(
    table: Table, cents: list[Cents], family: Mapping[str, str], room: int, found: Taxes
) -> int:
    """The sum of what is charged; each group is the sum of its rates (FAS02, FAX02)."""
    owed = 0
    for kind, total, rates in table.skeleton.groups:
        for rate in rates:
            if rate.units is None:
                _percent_tax(rate, cents, family[kind], room)
                _found(found, rate.key, sum(cents[rate.base]), sum(cents[rate.amount]))
            else:
                _unit_tax(table, rate, cents, family[kind], found)
        amounts = cents[rates[0].amount]
        for rate in rates[1:]:
            amounts = [one + more for one, more in zip(amounts, cents[rate.amount], strict=True)]
        if cents[total] != amounts:
            raise Unreadable(f"{family[kind]}02: {cents[total]} told, {amounts} counted, in cents")
        owed += sum(amounts) if kind == CHARGED else 0
    return owed


def _percent_tax(rate: Rate, cents: list[Cents], family: str, room: int) -> None:
    percent = rate.key[2] or 0
    for base, amount in zip(cents[rate.base], cents[rate.amount], strict=True):
        if abs(base * percent - amount * WHOLE) > room * WHOLE:
            raise Unreadable(f"{family}07: {amount} of {base} cents, {rate.key}")


def _unit_tax(table: Table, rate: Rate, cents: list[Cents], family: str, found: Taxes) -> None:
    """A line's tax on units is so much for each; the header has no quantity of its own."""
    assert rate.units is not None
    units = table.columns[rate.units]
    rows = zip(units, table.quantities, cents[rate.base], cents[rate.amount], strict=True)
    for unit, quantity, base, amount in rows:
        if quantity and abs(Decimal(unit) * Decimal(quantity) * 100 - amount) > CENT:
            raise Unreadable(f"{family}07: {amount} cents for {quantity} units at {unit}")
        _found(found, (*rate.key, unit), base, amount)


def _found(found: Taxes, key: tuple[str | int | None, ...], base: int, amount: int) -> None:
    known = found.get(key, (0, 0))
    found[key] = known[0] + base, known[1] + amount


def _adjustments(table: Table, cents: list[Cents], family: str) -> list[tuple[Cents, int]]:
    """The amounts of each allowance (-1) and charge (+1): each its percentage of its base."""
    found = []
    for charge, percent, at_amount, at_base in table.skeleton.adjustments:
        for base, amount in zip(cents[at_base], cents[at_amount], strict=True):
            if abs(base * percent - amount * WHOLE) > CENT * WHOLE:
                raise Unreadable(f"{family}07: {amount} of {base} cents")
        found.append((cents[at_amount], 1 if charge else -1))
    return found


def _totals(table: Table, cents: list[Cents], value: int, taxable: int, tax: int) -> None:
    told: dict[str, int] = {}
    for name, place in table.skeleton.named:
        told[name] = told.get(name, 0) + cents[place][0]
    adjusted = _adjustments(table, cents, "FAQ")
    discounts = sum([amounts[0] for amounts, sign in adjusted if sign < 0])
    charges = sum([amounts[0] for amounts, sign in adjusted if sign > 0])
    for rule, name, counted in (
        ("FAU02", "LineExtensionAmount", value),
        ("FAU04", "TaxExclusiveAmount", taxable),
        ("FAU06", "TaxInclusiveAmount", value + tax),
        ("FAU08", "AllowanceTotalAmount", discounts),
        ("FAU10", "ChargeTotalAmount", charges),
        ("FAU12", "PrepaidAmount", told.get("PaidAmount", 0)),
        ("FAU14", "PayableAmount", value + tax - discounts + charges),
    ):
        _same(rule, told.get(name, 0), counted)


def _same(rule: str, told: int, counted: int) -> None:
    if told != counted:
        raise Unreadable(f"{rule}: {told} is written, {counted} counted")
