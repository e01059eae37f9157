"""The line and the summary to five decimals. Source: costa-rica.md 3.4 and 3.5.

Every product is rounded half up at five decimals; sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO, rounded
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.cr import content
from acuse.jurisdictions.cr.doubts import CLASSES, EXEMPT

PLACES = 5


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line as Hacienda counts it."""

    service: bool
    tariff: str
    rate: Decimal
    gross: Decimal  # MontoTotal
    discounts: tuple[Decimal, ...]
    subtotal: Decimal
    tax: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """The summary as Hacienda counts it; `classes` maps (service?, class) to its gross amount."""

    lines: tuple[LineSum, ...]
    classes: dict[tuple[bool, str], Decimal]
    sale: Decimal  # TotalVenta
    discount: Decimal
    net: Decimal  # TotalVentaNeta
    taxes: tuple[tuple[str, Decimal], ...]  # tariff code, amount
    tax: Decimal
    total: Decimal  # TotalComprobante


def sums(document: Document) -> Sums:
    """The sums; a line of unknown tariff counts as exempt (checks refuse it before)."""
    lines = tuple(line_sum(line) for line in document.lines)
    classes: dict[tuple[bool, str], Decimal] = {}
    taxes: dict[str, Decimal] = {}
    for line in lines:
        place = (line.service, CLASSES.get(line.tariff, EXEMPT))
        classes[place] = classes.get(place, ZERO) + line.gross
        taxes[line.tariff] = taxes.get(line.tariff, ZERO) + line.tax
    sale = sum((line.gross for line in lines), ZERO)
    discount = sum((sum(line.discounts, ZERO) for line in lines), ZERO)
    tax = sum(taxes.values(), ZERO)
    net = sale - discount
    return Sums(lines, classes, sale, discount, net, tuple(sorted(taxes.items())), tax, net + tax)


def line_sum(line: Line) -> LineSum:
    """One line's sums; each further discount is figured on what the former left."""
    gross = rounded(line.quantity * line.price, PLACES)
    left = gross
    discounts = []
    for one in line.discounts:
        off = rounded(one.of(left), PLACES)
        discounts.append(off)
        left -= off
    rate = content.rate(line)
    tax = rounded(left * rate / 100, PLACES)
    return LineSum(
        service=content.is_service(line),
        tariff=content.tariff(line),
        rate=rate,
        gross=gross,
        discounts=tuple(discounts),
        subtotal=left,
        tax=tax,
        total=left + tax,
    )


def totals(document: Document) -> Totals:
    """The same in the form that every country gives."""
    counted = sums(document)
    bases: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for line in counted.lines:
        base, tax = bases.get(line.rate, (ZERO, ZERO))
        bases[line.rate] = (base + line.subtotal, tax + line.tax)
    return Totals(
        lines=tuple(
            LineTotal(line.subtotal, sum(line.discounts, ZERO), line.tax, line.total)
            for line in counted.lines
        ),
        taxes=tuple(
            TaxTotal(f"IVA {rate.normalize():f} %", base, tax)
            for rate, (base, tax) in sorted(bases.items(), reverse=True)
        ),
        subtotal=counted.net,
        discount=counted.discount,
        tax=counted.tax,
        total=counted.total,
    )
