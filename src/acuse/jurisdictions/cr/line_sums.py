"""One line to five decimals. Source: costa-rica.md 3.4.

Every product is rounded half up at five decimals; sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from acuse.domain.document import Line, Tax
from acuse.domain.money import ZERO, rounded
from acuse.jurisdictions.cr import content, content_line, lists
from acuse.jurisdictions.cr.doubts import (
    CLASSES,
    EXEMPT,
    EXONERATED,
    GIFTS,
    TAXED,
    exonerated_part,
    specific_amount,
)
from acuse.jurisdictions.cr.specific import Specific

PLACES = 5
NOTHING = Decimal("0.00000")


@dataclass(frozen=True, slots=True)
class TaxSum:
    """One tax of a line; tariff, rate, factor and specific data where it has them."""

    code: str
    amount: Decimal  # Monto
    tariff: str = ""
    rate: Decimal | None = None
    factor: Decimal | None = None
    specific: Specific | None = None
    exempted: Decimal = NOTHING  # MontoExoneracion
    assumed: Decimal = NOTHING  # what of it the issuer bears

    @property
    def charged(self) -> Decimal:
        """What of it the customer pays."""
        return self.amount - self.exempted - self.assumed


@dataclass(frozen=True, slots=True)
class LineSum:
    """One line as Hacienda counts it; `classes` is where its gross amount goes in the summary."""

    service: bool
    gross: Decimal  # MontoTotal
    discounts: tuple[Decimal, ...]
    subtotal: Decimal
    base: Decimal  # BaseImponible
    taxes: tuple[TaxSum, ...]
    points: Decimal  # TarifaExonerada
    exempted: Decimal
    assumed: Decimal  # ImpuestoAsumidoEmisorFabrica
    charged: Decimal  # ImpuestoNeto
    classes: tuple[tuple[str, Decimal], ...]
    parts: tuple[LineSum, ...] = ()

    @property
    def total(self) -> Decimal:
        """MontoTotalLinea."""
        return self.subtotal + self.charged


def line_sum(line: Line) -> LineSum:
    """One line's sums; each further discount is figured on what the former left."""
    gross = left = rounded(line.quantity * line.price, PLACES)
    discounts = []
    for one in line.discounts:
        off = rounded(one.of(left), PLACES)
        discounts.append(off)
        left -= off
    parts = tuple(line_sum(one) for one in line.components)
    if parts:
        taxes = _of_parts(line, parts)
        base = left + _in_the_base(taxes)
    else:
        added = content_line.value_added(line)
        others = tuple(_other(line, tax, left) for tax in line.taxes if tax is not added)
        told = content_line.told_base(line)
        base = told if told is not None else left + _in_the_base(others) if others else left
        taxes = (*others, _value_added(line, added, gross, base))
    exempted, assumed, charged = NOTHING, NOTHING, NOTHING
    for tax in taxes:
        exempted += tax.exempted
        assumed += tax.assumed
        charged += tax.amount - tax.exempted - tax.assumed
    return LineSum(
        service=content_line.is_service(line),
        gross=gross,
        discounts=tuple(discounts),
        subtotal=left,
        base=rounded(base, PLACES),
        taxes=taxes,
        points=content_line.exonerated_points(line),
        exempted=exempted,
        assumed=assumed,
        charged=charged,
        classes=_classes(line, gross, taxes[-1], parts),
        parts=parts,
    )


def _in_the_base(taxes: tuple[TaxSum, ...]) -> Decimal:
    """What of the taxes IVA is charged on."""
    return sum((tax.amount for tax in taxes if tax.code in lists.IN_THE_BASE), NOTHING)


def _value_added(line: Line, tax: Tax | None, gross: Decimal, base: Decimal) -> TaxSum:
    """The line's IVA; exempt where it has none."""
    code = lists.IVA if tax is None else content_line.code_of(tax)
    if code == lists.USED_GOODS:
        factor = content_line.factor(line)
        told = content_line.paid_tax(line)
        amount = rounded(base * (factor or ZERO) if told is None else told, PLACES)
        return _borne(line, TaxSum(code, amount, factor=factor))
    tariff = content_line.tariff(line)
    rate = content_line.rate(tariff)
    told = content_line.paid_tax(line)
    taxed = gross if line.discounts and _is_gift(line) else base
    amount = rounded(taxed * rate / 100, PLACES) if told is None else rounded(told, PLACES)
    points = content_line.exonerated_points(line)
    exempted = NOTHING
    if points and rate:
        exempted = min(rounded(base * points / 100, PLACES), amount)
    return _borne(line, TaxSum(code, amount, tariff, rate, exempted=exempted))


def _is_gift(line: Line) -> bool:
    return any(content.discount(one).code in GIFTS for one in line.discounts)


def _borne(line: Line, tax: TaxSum) -> TaxSum:
    """The tax with what of it the issuer bears: all that is not exonerated, or nothing."""
    if not content_line.is_assumed(line):
        return tax
    return replace(tax, assumed=tax.amount - tax.exempted)


def _other(line: Line, tax: Tax, subtotal: Decimal) -> TaxSum:
    """A tax that is not IVA: a percentage of the subtotal, or counted by units."""
    code = content_line.code_of(tax)
    if code in lists.SPECIFIC:
        specific = content_line.specific(line, tax)
        amount = specific.amount if specific.amount is not None else specific_amount(specific)
        return TaxSum(code, rounded(amount, PLACES), specific=specific)
    if tax.per_unit is not None:
        return TaxSum(code, rounded(line.quantity * tax.per_unit, PLACES))
    return TaxSum(code, rounded(subtotal * tax.percent / 100, PLACES), rate=tax.percent)


def _of_parts(line: Line, parts: tuple[LineSum, ...]) -> tuple[TaxSum, ...]:
    """A bundle's taxes: those of its parts together, without tariff; IVA last."""
    amounts: dict[str, Decimal] = {}
    for part in parts:
        for tax in part.taxes:
            amounts[tax.code] = amounts.get(tax.code, NOTHING) + tax.amount
    order = sorted(amounts, key=lambda code: (code in lists.VALUE_ADDED, code))
    return tuple(
        _borne(line, TaxSum(code, amounts[code]))
        if code == lists.IVA
        else TaxSum(code, amounts[code])
        for code in order
    )


def _classes(
    line: Line, gross: Decimal, tax: TaxSum, parts: tuple[LineSum, ...]
) -> tuple[tuple[str, Decimal], ...]:
    """Where the line's gross amount goes; what is exonerated of it apart."""
    if parts:  # as the part of the highest rate: nobody could say (doubts)
        highest = max(parts, key=lambda part: part.taxes[-1].rate or ZERO)
        return ((highest.classes[0][0], gross),)
    usual = TAXED if tax.code == lists.USED_GOODS else CLASSES.get(tax.tariff, EXEMPT)
    points = content_line.exonerated_points(line)
    if not (points and tax.rate):
        return ((usual, gross),)
    share = rounded(exonerated_part(gross, points, tax.rate), PLACES)
    return ((EXONERATED, share), (usual, gross - share))
