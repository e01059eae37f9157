"""The line and the summary to five decimals. Source: costa-rica.md 3.4 and 3.5.

Every product is rounded half up at five decimals; sums are exact. Every amount here has exactly
five decimals, so that `str` is how it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO, rounded
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.cr import content
from acuse.jurisdictions.cr.doubts import CLASSES, EXEMPT, EXONERATED, exonerated_part

PLACES = 5
NOTHING = Decimal("0.00000")


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line as Hacienda counts it."""

    service: bool
    tariff: str
    rate: Decimal
    points: Decimal  # TarifaExonerada
    gross: Decimal  # MontoTotal
    discounts: tuple[Decimal, ...]
    subtotal: Decimal
    tax: Decimal  # Monto
    exempted: Decimal  # MontoExoneracion
    charged: Decimal  # ImpuestoNeto
    total: Decimal
    exonerated: Decimal  # the part of `gross` that the summary counts as exonerated


@dataclass(frozen=True, slots=True)
class Sums:
    """The summary as Hacienda counts it; `classes` maps (service?, class) to its gross amount."""

    lines: tuple[LineSum, ...]
    classes: dict[tuple[bool, str], Decimal]
    sale: Decimal  # TotalVenta
    discount: Decimal
    net: Decimal  # TotalVentaNeta
    taxes: tuple[tuple[str, Decimal], ...]  # tariff code, amount charged
    tax: Decimal
    total: Decimal  # TotalComprobante


def sums(document: Document) -> Sums:
    """The sums; a line of unknown tariff counts as exempt (checks refuse it before)."""
    lines = tuple(line_sum(line) for line in document.lines)
    classes: dict[tuple[bool, str], Decimal] = {}
    taxes: dict[str, Decimal] = {}
    sale = net = NOTHING
    for line in lines:
        place = (line.service, CLASSES.get(line.tariff, EXEMPT))
        classes[place] = classes.get(place, NOTHING) + line.gross - line.exonerated
        if line.exonerated:
            place = (line.service, EXONERATED)
            classes[place] = classes.get(place, NOTHING) + line.exonerated
        taxes[line.tariff] = taxes.get(line.tariff, NOTHING) + line.charged
        sale += line.gross
        net += line.subtotal
    tax = sum(taxes.values(), NOTHING)
    return Sums(
        lines=lines,
        classes=classes,
        sale=sale,
        discount=sale - net,
        net=net,
        taxes=tuple(sorted(taxes.items())),
        tax=tax,
        total=net + tax,
    )


def line_sum(line: Line) -> LineSum:
    """One line's sums; each further discount is figured on what the former left."""
    gross = left = rounded(line.quantity * line.price, PLACES)
    discounts = []
    for one in line.discounts:
        off = rounded(one.of(left), PLACES)
        discounts.append(off)
        left -= off
    tariff = content.tariff(line)
    rate = content.rate(tariff)
    tax = rounded(left * rate / 100, PLACES)
    points = content.exonerated_points(line)
    exempted = exonerated = NOTHING
    if points and rate:
        exempted = min(rounded(left * points / 100, PLACES), tax)
        exonerated = rounded(exonerated_part(gross, points, rate), PLACES)
    charged = tax - exempted
    return LineSum(
        content.is_service(line),
        tariff,
        rate,
        points,
        gross,
        tuple(discounts),
        left,
        tax,
        exempted,
        charged,
        left + charged,
        exonerated,
    )


def totals(document: Document) -> Totals:
    """The same in the form that every country gives."""
    counted = sums(document)
    bases: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for line in counted.lines:
        base, tax = bases.get(line.rate, (ZERO, ZERO))
        bases[line.rate] = (base + line.subtotal, tax + line.charged)
    return Totals(
        lines=tuple(
            LineTotal(line.subtotal, line.gross - line.subtotal, line.charged, line.total)
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
