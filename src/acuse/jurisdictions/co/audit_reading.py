"""Where the figures of a finished text stand and what each is: read back, without parsing it.

Between two amounts stands markup of ours: a text of anybody's has its quotes and angle brackets
escaped there. So a part of the document is its figures and a skeleton; lines that share a skeleton
are read as columns, and the skeleton is understood once.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from acuse.jurisdictions.co.totals import PESOS

MARK = f' currencyID="{PESOS}">'
LINE = "Line><cbc:ID>"
PRICE = f"<cbc:PriceAmount{MARK}"
CHARGED, WITHHELD = "TaxTotal", "WithholdingTaxTotal"
MILLION = 10**6
GROUPS = {f"<cac:{kind}><cbc:TaxAmount": kind for kind in (CHARGED, WITHHELD)}

Key = tuple[str, str, int | None]


class Unreadable(ValueError):
    """The text has not the form that `compose` gives it; says why with the rule's code."""


class Rate(NamedTuple):
    """A TaxSubtotal: group, tax and percentage (in millionths), and where its figures stand.

    A tax that counts units has no percentage.
    """

    key: Key
    base: int
    amount: int
    units: int | None


class Group(NamedTuple):
    """A TaxTotal or WithholdingTaxTotal: where its amount stands, and its subtotals."""

    kind: str
    total: int
    rates: tuple[Rate, ...]


class Adjustment(NamedTuple):
    """An AllowanceCharge: its percentage in millionths, and where its figures stand."""

    charge: bool
    percent: int
    amount: int
    base: int


class Skeleton(NamedTuple):
    """What each figure of a part is; `named` are the elements that stand alone, with places."""

    groups: tuple[Group, ...]
    adjustments: tuple[Adjustment, ...]
    named: tuple[tuple[str, int], ...]


class Table(NamedTuple):
    """Parts of one skeleton: a column for each figure, as written; of lines also these two."""

    skeleton: Skeleton
    columns: tuple[tuple[str, ...], ...]
    prices: tuple[str, ...]
    quantities: tuple[str, ...]


def header(text: str) -> Table:
    """The header's figures: columns of one. Raises Unreadable."""
    between, figures = _divided(text)
    return Table(_understood(between), tuple([(figure,) for figure in figures]), ("",), ("",))


def tables(lines: list[str]) -> Iterator[Table]:
    """The lines' figures, by skeleton; each text begins with its number. Raises Unreadable."""
    alike: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    last: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    for ordinal, line in enumerate(lines, start=1):
        front, _, item = line.partition("<cac:Item>")
        if not front.startswith(f"{ordinal}<"):
            raise Unreadable(f"FAV02: line {ordinal} is «{front[:8]}»")
        between, figures = _divided(front)
        price, _, after = item.rpartition(PRICE)[2].partition("<")
        quantity = after[after.index('">') + 2 : after.index("</cbc:BaseQuantity>")]
        if between != last:  # as a rule it is the one before: not hashed again for each line
            last, rows = between, alike.setdefault(between, [])
        rows.append((price, quantity, *figures))
    for between, told in alike.items():
        prices, quantities, *columns = zip(*told, strict=True)
        yield Table(_understood(between), tuple(columns), prices, quantities)


def _divided(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The markup before, between and after the figures, and the figures."""
    opening, *pieces = text.split(MARK)
    if not pieces:
        raise Unreadable("FAU02: a part without amounts")
    figures, between = zip(*[piece.split("<", 1) for piece in pieces], strict=True)
    # Of a line, its own number and quantity stand before: with them no two lines were alike.
    group = opening.rfind("<cac:")
    start = group if group >= 0 else max(opening.rfind("<cbc:"), 0)
    return (opening[start:], *between), figures


@lru_cache(maxsize=512)
def _understood(between: tuple[str, ...]) -> Skeleton:
    """What the figures are by the markup around them."""
    groups: list[tuple[str, int, list[Rate]]] = []
    adjustments: list[Adjustment] = []
    named: list[tuple[str, int]] = []
    base = amount = -1
    for place, (before, after) in enumerate(zip(between, between[1:], strict=False)):
        name = before[before.rindex("<cbc:") + 5 :]
        kind = next((GROUPS[one] for one in GROUPS if before.endswith(one)), None)
        if kind:
            groups.append((kind, place, []))
        elif name == "TaxableAmount":
            base = place
        elif name == "TaxAmount":
            amount = place
            if after.startswith("/cbc:TaxAmount><cac:TaxCategory>"):  # else its units follow
                groups[-1][2].append(_rate(groups[-1][0], after, base, amount, None))
        elif name == "PerUnitAmount":
            groups[-1][2].append(_rate(groups[-1][0], after, base, amount, place))
        elif name == "Amount":
            adjustments.append(_adjustment(before, place))
        elif name != "BaseAmount":  # it follows its Amount at once
            named.append((name, place))
    found = tuple([Group(kind, total, tuple(rates)) for kind, total, rates in groups])
    _each_once(found)
    return Skeleton(found, tuple(adjustments), tuple(named))


def _each_once(groups: tuple[Group, ...]) -> None:
    """Each tax has one group (FAS01b, FAX01), each rate one subtotal (FAS04)."""
    if any(not rates for _, _, rates in groups):
        raise Unreadable("FAS01b: a tax group without its rates")
    taxes = [(kind, rates[0].key[1]) for kind, _, rates in groups]
    if len(set(taxes)) != len(taxes):
        raise Unreadable(f"FAS01b: two groups of one tax: {taxes}")
    for kind, _, rates in groups:
        if {rate.key[:2] for rate in rates} != {(kind, rates[0].key[1])}:
            raise Unreadable(f"FAS01b: two taxes in one group: {rates}")
        fixed = [rate.key for rate in rates if rate.units is None]
        if len(set(fixed)) != len(fixed):
            raise Unreadable(f"FAS04: a rate told twice: {fixed}")


def _rate(kind: str, after: str, base: int, amount: int, units: int | None) -> Rate:
    percent = _told(after, "<cbc:Percent>") if units is None else ""
    tax = _told(after, "<cac:TaxScheme><cbc:ID>")
    return Rate((kind, tax, _millionths(percent) if percent else None), base, amount, units)


def _adjustment(before: str, place: int) -> Adjustment:
    group = before[before.rindex("<cac:AllowanceCharge>") :]
    charge = _told(group, "<cbc:ChargeIndicator>") == "true"
    percent = _millionths(_told(group, "<cbc:MultiplierFactorNumeric>"))
    return Adjustment(charge, percent, place, place + 1)


def _told(text: str, opening: str) -> str:
    """The text of the first such element, "" where there is none."""
    _, found, rest = text.partition(opening)
    return rest[: rest.index("<")] if found else ""


def _millionths(figure: str) -> int:
    return int(Decimal(figure) * MILLION)
