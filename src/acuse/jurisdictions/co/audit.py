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
    MILLION,
    WITHHELD,
    Part,
    Unreadable,
    lines,
    part,
    priced,
)

WHOLE = 100 * MILLION  # 100 % in millionths of a per cent
CENT, TOLERATED = 1, 200  # in cents
COUNT = "<cbc:LineCountNumeric>"
HEADER = {CHARGED: "FAS", WITHHELD: "FAT"}
LINE = {CHARGED: "FAX", WITHHELD: "FAY"}

# group, tax, percentage (and units as written, of a tax that counts them) -> base, amount in cents
Taxes = dict[tuple[str | int | None, ...], list[int]]


class Disagreement(AssertionError):
    """What was composed breaks a rule of the DIAN's arithmetic: nothing of it may be signed."""


def audit(text: str) -> None:
    """Raises Disagreement with the rule's code where the text does not add up."""
    try:
        _audit(text)
    except (ValueError, LookupError) as error:
        raise Disagreement(str(error)[:300]) from error


def _audit(text: str) -> None:
    head, line, rest = text.partition("Line><cbc:ID>")
    if not line:
        raise Unreadable("FAV01: no line")
    value = ordinal = 0
    of_lines: Taxes = {}
    for ordinal, (front, item) in enumerate(lines(line + rest), start=1):
        value += _line(ordinal, front, item, of_lines)
    taxable = sum(base for key, (base, _) in of_lines.items() if key[0] == CHARGED)
    header = part(head)
    of_header: Taxes = {}
    tax = _groups(header, HEADER, TOLERATED, of_header, "")
    _same("FAD16", int(_counted(head)), ordinal)
    if of_header != of_lines:
        raise Disagreement(f"FAS01b: {of_header} in the header, {of_lines} in the lines")
    _totals(header, value, taxable, tax)


def _counted(head: str) -> str:
    return head.partition(COUNT)[2].partition("<")[0]


def _line(ordinal: int, front: str, item: str, taxes: Taxes) -> int:
    """What the line comes to, in cents; its taxes are added to those of the others."""
    if not front.startswith(f"{ordinal}<"):
        raise Disagreement(f"FAV02: line {ordinal} is «{front[:8]}»")
    read = part(front)
    value = read.cents[0]  # LineExtensionAmount comes first
    price, quantity = priced(item)
    discounts, charges = _adjustments(read, "FBE") if read.skeleton.adjustments else (0, 0)
    # Both have a point: what follows it in each is the scale of their product.
    scale = 10 ** (len(price) - price.index(".") + len(quantity) - quantity.index(".") - 4)
    gross = int(price.replace(".", "")) * int(quantity.replace(".", ""))
    if abs(gross - (value + discounts - charges) * scale) > scale * CENT:
        raise Disagreement(f"FAV06: line {ordinal}: {price} × {quantity} is not {read.figures[0]}")
    _groups(read, LINE, CENT, taxes, quantity)
    return value


def _groups(read: Part, family: Mapping[str, str], room: int, found: Taxes, quantity: str) -> int:
    """The sum of what is charged; each group is the sum of its rates (FAS02, FAX02)."""
    owed, cents = 0, read.cents
    for kind, total, rates in read.skeleton.groups:
        sum_of_rates = 0
        for key, at_base, at_amount, at_units in rates:
            base, amount = cents[at_base], cents[at_amount]
            sum_of_rates += amount
            if at_units is not None:
                units = read.figures[at_units]
                _counted_units(family[kind], units, quantity, amount)
                known = found.setdefault((*key, units), [0, 0])
            else:
                if abs(base * (key[2] or 0) - amount * WHOLE) > room * WHOLE:
                    raise Disagreement(f"{family[kind]}07: {amount} of {base} cents, {key}")
                known = found.setdefault(key, [0, 0])
            known[0] += base
            known[1] += amount
        if cents[total] != sum_of_rates:
            raise Disagreement(f"{family[kind]}02: {read.figures[total]} for {sum_of_rates} cents")
        if kind == CHARGED:
            owed += sum_of_rates
    return owed


def _counted_units(family: str, units: str, quantity: str, amount: int) -> None:
    """A line's tax on units is so much for each; the header has no quantity of its own."""
    if quantity and abs(Decimal(units) * Decimal(quantity) * 100 - amount) > CENT:
        raise Disagreement(f"{family}07: {amount} cents for {quantity} units at {units}")


def _totals(header: Part, value: int, taxable: int, tax: int) -> None:
    discounts, charges = _adjustments(header, "FAQ")
    told: dict[str, int] = {}
    for name, place in header.skeleton.named:
        told[name] = told.get(name, 0) + header.cents[place]
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


def _adjustments(read: Part, family: str) -> tuple[int, int]:
    """The sums of discounts and of charges, each of which is its percentage of its base."""
    sums = [0, 0]
    for charge, percent, amount, base in read.skeleton.adjustments:
        if abs(read.cents[base] * percent - read.cents[amount] * WHOLE) > CENT * WHOLE:
            raise Disagreement(f"{family}07: {read.figures[amount]} of {read.figures[base]}")
        sums[charge] += read.cents[amount]
    return sums[0], sums[1]


def _same(rule: str, told: int, counted: int) -> None:
    if told != counted:
        raise Disagreement(f"{rule}: {told} is written, {counted} counted")
