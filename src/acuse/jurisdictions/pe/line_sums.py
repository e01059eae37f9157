"""One line as SUNAT counts it: value, taxes, price; exactly, the tolerance of ±1 is never used.

Source: peru.md 3.2 and 3.4; of prices with tax, trap P-3: the line's total is rounded first, then
split, so that the customer pays what the label says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import NamedTuple

from acuse.domain.document import Adjustment, Document, Line, Tax
from acuse.domain.money import ZERO, rounded
from acuse.jurisdictions.pe import codes, content, rates
from acuse.jurisdictions.pe.codes import FREE, ICBPER, IGV, ISC, IVAP, OTROS

NOTHING = Decimal("0.00")
ONE, HUNDRED = Decimal(1), Decimal(100)
CHARGED = frozenset({IGV, IVAP, ISC, ICBPER, OTROS})  # what is theoretical is not (3292)
FIXED, PUBLIC = "02", "03"  # systems of ISC
# Quantity and price may have 22 digits each: the usual 28 would round before the rounding.
_EXACT = Context(prec=60)
_multiply, _divide, _subtract, _add = (
    _EXACT.multiply,
    _EXACT.divide,
    _EXACT.subtract,
    _EXACT.add,
)


class LineTax(NamedTuple):
    """A tribute of a line: `percent` 18 for 18 %; `units` and `per_unit` of bags."""

    tribute: str
    base: Decimal
    amount: Decimal
    percent: Decimal = ZERO
    system: str = ""
    units: Decimal = ZERO
    per_unit: Decimal = ZERO


class LineSum(NamedTuple):
    """One line as SUNAT counts it."""

    affectation: str
    tribute: str  # of the IGV family
    free: bool
    rate: Decimal  # of IGV or IVAP, 18 for 18 %; 0 where there is none
    gross: Decimal  # quantity × unit value, before discounts and charges
    discount: Decimal  # code 00
    charge: Decimal  # code 47
    allowance: Decimal  # code 01, after tax
    surcharge: Decimal  # code 48, after tax
    value: Decimal  # LineExtensionAmount
    taxes: tuple[LineTax, ...]
    tax: Decimal  # what is charged of them
    unit_value: Decimal  # of one, without taxes: what it is worth where it is free
    price: Decimal  # of one, with taxes; of what is free, its value

    def of(self, tribute: str) -> LineTax | None:
        """The line's part of a tribute."""
        return next((one for one in self.taxes if one.tribute == tribute), None)

    @property
    def igv(self) -> LineTax | None:
        """Its tribute of the IGV family; None where its affectation is unknown."""
        return self.of(self.tribute)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a line must know of its document."""

    day: date | None
    with_tax: bool = False
    note: bool = False  # where the price takes discounts and charges into itself (3271)
    untaxed: bool = False  # NRUS: affectation 10 without tax (3240)
    usual: str = ""  # the affectation where none is told

    @classmethod
    def of(cls, document: Document) -> Setting:
        """The document's setting."""
        untaxed = bool(document.extra) and content.operation_type(document) == content.NRUS
        usual = "40" if content.is_export(document) else content.ONEROUS if untaxed else ""
        note = content.is_note(document)
        return cls(document.date, document.prices_with_tax, note, untaxed, usual)


class _Rates(NamedTuple):
    """What is charged on the line's value: percentages as told, amounts for one unit."""

    igv: Decimal
    isc: Decimal
    isc_unit: Decimal  # of the fixed system, and of that of public prices
    otros: Decimal

    @property
    def factor(self) -> Decimal:
        """What a value of one comes to with its taxes."""
        with_isc = _add(ONE, self.isc / HUNDRED)
        igv = _multiply(with_isc, self.igv / HUNDRED)
        return _add(_add(with_isc, igv), self.otros / HUNDRED)

    @property
    def fixed(self) -> Decimal:
        """What one unit costs beyond its value and percentages."""
        return _multiply(self.isc_unit, _add(ONE, self.igv / HUNDRED))


def line_sum(line: Line, setting: Setting) -> LineSum:
    """One line's sums; a line of unknown affectation counts as not taxed (checks refuse it)."""
    code = content.affectation(line, setting.usual)
    tribute = codes.AFFECTATIONS.get(code, ("", ""))[0]
    free = content.is_free(line, code)
    tribute = FREE if free else tribute
    taxes = {one.code or "IGV": one for one in line.taxes}
    rate = _igv_rate(code, taxes, setting)
    told = _rates_of(line, taxes, rate, setting)
    counted = _with_tax(line, told) if setting.with_tax else _forward(line)
    gross, off, on, value, total = counted
    isc = _isc(line, value, taxes, told, setting)
    isc_amount = isc.amount if isc else NOTHING
    otros = rounded(_multiply(value, told.otros) / HUNDRED) if told.otros else NOTHING
    charged = rate if tribute in (IGV, IVAP, FREE) else ZERO
    base = value + isc_amount if isc else value
    igv = rounded(_multiply(base, charged) / HUNDRED) if charged else NOTHING
    if total is not None and not free:
        if charged:
            igv = total - value - isc_amount - otros
        else:
            value = total - isc_amount - otros
    found = [isc] if isc else []
    found.append(LineTax(tribute, value + isc_amount if isc else value, igv, charged))
    if told.otros:
        found.append(LineTax(OTROS, value, otros, told.otros))
    found += _bags(line, taxes, setting)
    tax = sum([one.amount for one in found if one.tribute in CHARGED], NOTHING)
    return _priced(line, setting, told, code, found, (gross, off, on, value, tax), free)


def _priced(
    line: Line,
    setting: Setting,
    told: _Rates,
    code: str,
    found: list[LineTax],
    counted: tuple[Decimal, Decimal, Decimal, Decimal, Decimal],
    free: bool,
) -> LineSum:
    """The line with what is taken off after tax, and its prices for one unit."""
    gross, off, on, value, tax = counted
    full = value + tax
    late = content.own(line.extra, "discount_code", "00") == "01" if line.extra else False
    allowance = _sum(line.discounts, full) if late else NOTHING
    late = content.own(line.extra, "charge_code", "47") == "48" if line.extra else False
    surcharge = _sum(line.charges, full) if late else NOTHING
    unit_value = line.price
    if setting.with_tax:
        unit_value = _divide(_subtract(line.price, told.fixed), told.factor)
    if setting.note and (off or on) and line.quantity:
        unit_value = _divide(value, line.quantity)
    price = unit_value if free else ZERO
    if not free and line.quantity:
        price = _divide(full - allowance + surcharge, line.quantity)
    igv = next(one for one in found if one.tribute not in (ISC, OTROS, ICBPER))
    return LineSum(
        affectation=code,
        tribute=igv.tribute,
        free=free,
        rate=igv.percent,
        gross=gross,
        discount=off,
        charge=on,
        allowance=allowance,
        surcharge=surcharge,
        value=value,
        taxes=tuple(found),
        tax=tax,
        unit_value=unit_value,
        price=price,
    )


def _forward(line: Line) -> tuple[Decimal, Decimal, Decimal, Decimal, None]:
    """Gross, discount, charge and value of a price without tax."""
    exact = _multiply(line.quantity, line.price)
    gross = rounded(exact)
    off, on = _before_tax(line, gross)
    return gross, off, on, rounded(_add(_subtract(exact, off), on)), None


def _with_tax(line: Line, told: _Rates) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """The same of a price with tax, and what the customer pays for the line."""
    exact = _multiply(line.quantity, line.price)
    shown = rounded(exact)
    off, on = _before_tax(line, shown)
    total = rounded(_add(_subtract(exact, off), on))
    factor, fixed = told.factor, _multiply(told.fixed, line.quantity)
    value = rounded(_divide(_subtract(total, fixed), factor))
    gross = rounded(_divide(_subtract(shown, fixed), factor))
    return gross, rounded(_divide(off, factor)), rounded(_divide(on, factor)), value, total


def _before_tax(line: Line, gross: Decimal) -> tuple[Decimal, Decimal]:
    """What is taken off and put on before tax (00 and 47)."""
    if not line.discounts and not line.charges:
        return NOTHING, NOTHING
    early = content.own(line.extra, "discount_code", "00") != "01"
    off = _sum(line.discounts, gross) if early else NOTHING
    early = content.own(line.extra, "charge_code", "47") != "48"
    return off, _sum(line.charges, gross) if early else NOTHING


def _sum(adjustments: tuple[Adjustment, ...], base: Decimal) -> Decimal:
    return sum((rounded(one.of(base)) for one in adjustments), NOTHING)


def _igv_rate(code: str, taxes: Mapping[str, Tax], setting: Setting) -> Decimal:
    """The percentage of IGV or IVAP, told or the day's; 0 where the affectation has none."""
    if code == codes.RICE:
        told = taxes.get("IVAP")
        return told.percent if told else rates.must("ivap", "rice", setting.day)
    if code not in codes.TAXED or setting.untaxed:
        return ZERO
    told = taxes.get("IGV")
    return told.percent if told else rates.must("igv", rates.GENERAL, setting.day)


def _rates_of(line: Line, taxes: Mapping[str, Tax], igv: Decimal, setting: Setting) -> _Rates:
    otros, isc = taxes.get("OTROS"), taxes.get("ISC")
    percent = otros.percent if otros else ZERO
    if isc is None:
        return _Rates(igv, ZERO, ZERO, percent)
    system = isc_system(line, isc)
    if system == FIXED:
        return _Rates(igv, ZERO, isc.per_unit or ZERO, percent)
    if system == PUBLIC:
        unit = _multiply(_public_base(line, ONE, setting), isc.percent) / HUNDRED
        return _Rates(igv, ZERO, unit, percent)
    return _Rates(igv, isc.percent, ZERO, percent)


def isc_system(line: Line, isc: Tax) -> str:
    """The system of catalogue 08: as told, else fixed where it is told per unit."""
    return content.own(line.extra, "isc_system", FIXED if isc.per_unit is not None else "01")


def _public_base(line: Line, quantity: Decimal, setting: Setting) -> Decimal:
    """What ISC of public prices is counted on, unrounded."""
    factor = rates.must("isc", "public_price", setting.day)
    return _multiply(_multiply(quantity, content.amount(line.extra, "isc_price")), factor)


def _isc(
    line: Line, value: Decimal, taxes: Mapping[str, Tax], told: _Rates, setting: Setting
) -> LineTax | None:
    isc = taxes.get("ISC")
    if isc is None:
        return None
    system = isc_system(line, isc)
    if system == FIXED:
        amount = rounded(_multiply(line.quantity, told.isc_unit))
        percent = rounded(_divide(amount, value) * HUNDRED, 5) if value else ZERO
        return LineTax(ISC, value, amount, percent, system)
    base = rounded(_public_base(line, line.quantity, setting)) if system == PUBLIC else value
    return LineTax(ISC, base, rounded(_multiply(base, isc.percent) / HUNDRED), isc.percent, system)


def bag_rate(tax: Tax, day: date | None) -> Decimal:
    """The tax of one bag: as told, else the year's."""
    if tax.per_unit is not None:
        return tax.per_unit
    return rates.must("icbper", "bag", day)


def _bags(line: Line, taxes: Mapping[str, Tax], setting: Setting) -> list[LineTax]:
    tax = taxes.get("ICBPER")
    if tax is None:
        return []
    each = bag_rate(tax, setting.day)
    amount = rounded(_multiply(line.quantity, each))
    return [LineTax(ICBPER, NOTHING, amount, ZERO, "", line.quantity, each)]
