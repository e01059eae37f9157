"""The sums of a factura, exactly: the authority's tolerance of ±1 is never used.

Source: peru.md 3.2–3.4; its worked examples are the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO, rounded
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.pe.codes import AFFECTATIONS
from acuse.jurisdictions.pe.content import affectation

IGV = Decimal(18)
TAXED = "1000"
# Quantity and price may have 22 digits each: the usual 28 would round before the rounding.
_EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line as SUNAT counts it."""

    affectation: str
    tribute: str
    rate: Decimal  # 18 for 18 %; 0 where there is no IGV
    gross: Decimal  # quantity × unit value, two decimals
    discount: Decimal  # code 00
    value: Decimal  # LineExtensionAmount
    tax: Decimal
    price: Decimal  # unit price with tax (type 01)


@dataclass(frozen=True, slots=True)
class Sums:
    """The document as SUNAT counts it."""

    lines: tuple[LineSum, ...]
    bases: tuple[tuple[str, Decimal, Decimal], ...]  # tribute, base, tax; in catalogue order
    global_discount: Decimal  # code 02
    global_base: Decimal
    line_extension: Decimal
    tax: Decimal
    payable: Decimal


def sums(document: Document) -> Sums:
    """The sums; a line of unknown affectation counts as not taxed (checks refuse it before)."""
    counted = tuple(line_sum(line) for line in document.lines)
    taxed = sum((line.value for line in counted if line.tribute == TAXED), ZERO)
    off = sum((rounded(one.of(taxed)) for one in document.discounts), ZERO)
    bases = []
    for tribute in ("1000", "9997", "9998"):
        of_tribute = [line for line in counted if line.tribute == tribute]
        if of_tribute:
            base = sum((line.value for line in of_tribute), ZERO)
            tax = sum((line.tax for line in of_tribute), ZERO)
            if tribute == TAXED and off:
                base -= off
                tax = rounded(base * of_tribute[0].rate / 100)
            bases.append((tribute, base, tax))
    extension = sum((line.value for line in counted), ZERO) - off
    tax = sum((tax for _, _, tax in bases), ZERO)
    return Sums(counted, tuple(bases), off, taxed, extension, tax, extension + tax)


def line_sum(line: Line) -> LineSum:
    """One line's sums."""
    code = affectation(line)
    tribute = AFFECTATIONS.get(code, ("", ""))[0]
    rate = (line.taxes[0].percent if line.taxes else IGV) if tribute == TAXED else ZERO
    exact = _EXACT.multiply(line.quantity, line.price)
    gross = rounded(exact)
    discount = sum((rounded(one.of(gross)) for one in line.discounts), ZERO)
    value = rounded(_EXACT.subtract(exact, discount))
    tax = rounded(value * rate / 100)
    price = (value + tax) / line.quantity if line.quantity else ZERO
    return LineSum(code, tribute, rate, gross, discount, value, tax, price)


def totals(document: Document) -> Totals:
    """The same in the form that every country gives."""
    counted = sums(document)
    return Totals(
        lines=tuple(
            LineTotal(line.value, line.discount, line.tax, line.value + line.tax)
            for line in counted.lines
        ),
        taxes=tuple(
            TaxTotal(_label(tribute, counted.lines), base, tax)
            for tribute, base, tax in counted.bases
        ),
        subtotal=counted.line_extension,
        discount=counted.global_discount + sum((line.discount for line in counted.lines), ZERO),
        tax=counted.tax,
        total=counted.payable,
    )


def _label(tribute: str, lines: tuple[LineSum, ...]) -> str:
    if tribute != TAXED:
        return {"9997": "Op. exonerada", "9998": "Op. inafecta"}[tribute]
    rate = next(line.rate for line in lines if line.tribute == TAXED)
    return f"IGV {rate.normalize():f} %"
