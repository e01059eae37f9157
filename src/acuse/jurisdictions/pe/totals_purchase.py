"""The sums of a liquidación de compra, exactly. Source: peru.md 13; SUNAT's sheet (4287-4312).

The buyer keeps the IGV and the income tax back and pays them to SUNAT: the seller gets the value
less its income tax, less what was advanced. An advance is told as what was paid of it then, so its
value is that sum before its own income tax (UNCONFIRMED: the sheet says no more than the formulas).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO, rounded, trimmed
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.pe.content_purchase import (
    AFFECTATIONS,
    IGV_RATE,
    INCOME,
    TAXED,
    affectation,
    percent_of,
)

LABELS = {"1000": "Op. gravada", "9997": "Op. exonerada", "9998": "Op. inafecta"}
# Quantity and price may have 22 digits each: the usual 28 would round before the rounding.
_EXACT = Context(prec=60)
ONE, HUNDRED = Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line: its affectation and tribute, value, IGV and income tax, unit price with IGV."""

    affectation: str
    tribute: str
    rate: Decimal
    value: Decimal
    igv: Decimal
    income_rate: Decimal
    income: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Advance:
    """Money paid before: as paid, its value before income tax, and that tax."""

    paid: Decimal
    base: Decimal
    income: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """The document as SUNAT counts it; `bases` are tribute, base, tax of the IGV family."""

    lines: tuple[LineSum, ...]
    advances: tuple[Advance, ...]
    bases: tuple[tuple[str, Decimal, Decimal], ...]
    value: Decimal
    igv: Decimal  # of the header: of what no advance has taxed already
    line_igv: Decimal
    income_base: Decimal
    income: Decimal  # of the header, likewise
    line_income: Decimal
    prepaid: Decimal
    payable: Decimal


def sums(document: Document) -> Sums:
    """The sums; what is wrongly told counts as not taxed (the checks refuse it before)."""
    lines = tuple(line_sum(line) for line in document.lines)
    rate = lines[0].income_rate if lines else ZERO
    advances = tuple(_advance(one.amount, rate) for one in document.prepayments)
    advanced = sum((one.base for one in advances), ZERO)
    value = sum((line.value for line in lines), ZERO)
    line_income = sum((line.income for line in lines), ZERO)
    prepaid = sum((one.paid for one in advances), ZERO)
    bases = tuple(
        _base(tribute, lines, advanced)
        for tribute in LABELS
        if any(line.tribute == tribute for line in lines)
    )
    return Sums(
        lines,
        advances,
        bases,
        value,
        sum((tax for _, _, tax in bases), ZERO),
        sum((line.igv for line in lines), ZERO),
        sum((line.value for line in lines if line.income_rate), ZERO),
        line_income - sum((one.income for one in advances), ZERO),
        line_income,
        prepaid,
        value - line_income - prepaid,
    )


def line_sum(line: Line) -> LineSum:
    """One line's sums."""
    code = affectation(line)
    tribute = AFFECTATIONS.get(code, ("", ""))[0]
    rate = IGV_RATE if code == TAXED else ZERO
    value = rounded(_EXACT.multiply(line.quantity, line.price))
    igv, income_rate = rounded(value * rate / 100), percent_of(line, INCOME)
    price = (value + igv) / line.quantity if line.quantity else ZERO
    income = rounded(value * income_rate / 100)
    return LineSum(code, tribute, rate, value, igv, income_rate, income, price)


def totals(document: Document) -> Totals:
    """The same in the form that every country gives: the total is what the seller gets."""
    counted = sums(document)
    igv = f"IGV {IGV_RATE} %, a cargo del comprador"
    kept = (
        *((TaxTotal(igv, base, tax) for _, base, tax in counted.bases if tax)),
        *_income(counted),
    )
    return Totals(
        lines=tuple(
            LineTotal(one.value, ZERO, one.igv, one.value + one.igv) for one in counted.lines
        ),
        taxes=kept,
        subtotal=counted.value,
        discount=ZERO,
        tax=counted.igv,
        total=counted.payable,
    )


def _income(counted: Sums) -> tuple[TaxTotal, ...]:
    rates = sorted({one.income_rate for one in counted.lines if one.income_rate})
    told = " y ".join(f"{trimmed(rate, 2)} %" for rate in rates)
    label = f"Retención de renta {told}"
    return (TaxTotal(label, counted.income_base, counted.income),) if rates else ()


def _base(
    tribute: str, lines: tuple[LineSum, ...], advanced: Decimal
) -> tuple[str, Decimal, Decimal]:
    """A tribute's base and tax; a document with advances has one tribute, and they are of it."""
    ours = [line for line in lines if line.tribute == tribute]
    base = sum((line.value for line in ours), ZERO) - advanced
    tax = sum((line.igv for line in ours), ZERO)
    return tribute, base, rounded(base * ours[0].rate / 100) if advanced else tax


def _advance(paid: Decimal, rate: Decimal) -> Advance:
    base = rounded(paid / (ONE - rate / HUNDRED)) if rate < HUNDRED else paid
    return Advance(paid, base, base - paid)
