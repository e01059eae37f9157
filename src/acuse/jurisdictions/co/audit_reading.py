"""Where the figures of a finished text stand and what each is: read back, without parsing it.

Between two amounts stands markup of ours: a text of anybody's has its quotes and angle brackets
escaped there. So a part of the document is its figures and a skeleton; lines alike share the
skeleton, which is understood once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from acuse.jurisdictions.co.totals import PESOS

MARK = f' currencyID="{PESOS}">'
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


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What each figure of a part is; `named` maps the elements that stand alone to their places."""

    groups: tuple[Group, ...]
    adjustments: tuple[Adjustment, ...]
    named: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The header or a line: figures as written, the same in cents, and what they are."""

    figures: tuple[str, ...]
    cents: tuple[int, ...]
    skeleton: Skeleton


def part(text: str) -> Part:
    """The figures of the text; raises Unreadable."""
    opening, *pieces = text.split(MARK)
    figures: list[str] = []
    between = [opening[max(opening.rfind("<cac:"), 0) :]]  # as much as tells what comes
    for piece in pieces:
        figure, _, rest = piece.partition("<")
        figures.append(figure)
        between.append(rest)
    cents = tuple([int(figure.replace(".", "")) for figure in figures])
    if cents and min(cents) < 0:
        raise Unreadable("VLR01: a negative amount")
    return Part(tuple(figures), cents, _understood(tuple(between)))


@lru_cache(maxsize=512)
def _understood(between: tuple[str, ...]) -> Skeleton:
    """What the figures are by the markup around them; `between` has one piece more than figures."""
    groups: list[tuple[str, int, list[Rate]]] = []
    adjustments: list[Adjustment] = []
    named: list[tuple[str, int]] = []
    base = amount = -1
    for place, (before, after) in enumerate(zip(between, between[1:], strict=False)):
        name = before[before.rindex("<cbc:") + 5 :] if "<cbc:" in before else ""
        kind = next((GROUPS[one] for one in GROUPS if before.endswith(one)), None)
        if kind:
            groups.append((kind, place, []))
        elif name == "TaxableAmount":
            base = place
        elif name == "TaxAmount":
            amount = place
            if _is_rated(after):
                groups[-1][2].append(_rate(groups[-1][0], after, base, amount, None))
        elif name == "PerUnitAmount":
            groups[-1][2].append(_rate(groups[-1][0], after, base, amount, place))
        elif name == "Amount":
            adjustments.append(_adjustment(before, place))
        elif name != "BaseAmount":  # it follows its Amount at once
            named.append((name, place))
    if any(not rates for _, _, rates in groups):
        raise Unreadable("FAS01b: a tax group without its rates")
    found = tuple(Group(kind, total, tuple(rates)) for kind, total, rates in groups)
    _each_once(found)
    return Skeleton(found, tuple(adjustments), tuple(named))


def _each_once(groups: tuple[Group, ...]) -> None:
    """Each tax has one group (FAS01b, FAX01), each rate one subtotal (FAS04)."""
    taxes = [(kind, rates[0].key[1]) for kind, _, rates in groups]
    if len(set(taxes)) != len(taxes):
        raise Unreadable(f"FAS01b: two groups of one tax: {taxes}")
    for kind, _, rates in groups:
        if {rate.key[:2] for rate in rates} != {(kind, rates[0].key[1])}:
            raise Unreadable(f"FAS01b: two taxes in one group: {rates}")
        fixed = [rate.key for rate in rates if rate.units is None]
        if len(set(fixed)) != len(fixed):
            raise Unreadable(f"FAS04: a rate told twice: {fixed}")


def _is_rated(after: str) -> bool:
    """Whether the subtotal ends here; a tax on units tells these first."""
    return after.startswith("/cbc:TaxAmount><cac:TaxCategory>")


def _rate(kind: str, after: str, base: int, amount: int, units: int | None) -> Rate:
    percent = _told(after, "<cbc:Percent>") if units is None else ""
    tax = _told(after, "<cac:TaxScheme><cbc:ID>")
    return Rate((kind, tax, _millionths(percent) if percent else None), base, amount, units)


def _adjustment(before: str, place: int) -> Adjustment:
    group = before[before.rindex("<cac:AllowanceCharge>") :]
    charge = _told(group, "<cbc:ChargeIndicator>") == "true"
    return Adjustment(
        charge, _millionths(_told(group, "<cbc:MultiplierFactorNumeric>")), place, place + 1
    )


def _told(text: str, opening: str) -> str:
    """The text of the first such element, "" where there is none."""
    _, found, rest = text.partition(opening)
    return rest[: rest.index("<")] if found else ""


def _millionths(figure: str) -> int:
    return int(Decimal(figure) * MILLION)


def lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line's text: up to its item, and the item with its price."""
    for line in text.split("Line><cbc:ID>")[1:]:
        front, _, item = line.partition("<cac:Item>")
        yield front, item


def priced(item: str) -> tuple[str, str]:
    """Price and quantity of a line."""
    _, found, told = item.rpartition(f"<cbc:PriceAmount{MARK}")
    price, _, rest = told.partition("</cbc:PriceAmount><cbc:BaseQuantity ")
    quantity = rest.partition("</cbc:BaseQuantity>")[0].rpartition(">")[2]
    if not (found and price and quantity):
        raise Unreadable("FBB01: a line without its price")
    return price, quantity
