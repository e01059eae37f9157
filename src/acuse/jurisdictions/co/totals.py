"""The sums as the DIAN's rules FAU02 to FAU14 count them, rounded half to even, once.

Source: colombia.md 3, "Taxes", "Totals", "Numbers"; its worked examples are the tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple, TypeVar

from acuse.domain.document import Adjustment, Document, Line, Tax
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.co.codes import IVA, TAXES, Base, TaxCode
from acuse.jurisdictions.co.content import free_value

PESOS = "COP"
NOTHING = Decimal("0.00")
DRIFT = Decimal(1)  # how far Σ of a rate's rounded line taxes may be from the rate of Σ bases

# Quantity and price may have 25 digits each: the usual 28 would round before the rounding.
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_CENT, _MICRO = Decimal("0.01"), Decimal("0.000001")
_multiply, _quantize, _scaleb = _EXACT.multiply, _EXACT.quantize, _EXACT.scaleb

A = TypeVar("A", bound=Adjustment)
TaxKind = tuple[TaxCode, Decimal, Decimal | None]  # which tax, its percentage, its units


class TaxSum(NamedTuple):
    """One tax at one rate: over a line, or over the document. `per_unit` for unit taxes."""

    code: TaxCode
    percent: Decimal
    per_unit: Decimal | None
    base: Decimal
    amount: Decimal


class TaxGroup(NamedTuple):
    """One tax over the document: its amount and its rates."""

    code: TaxCode
    amount: Decimal
    rates: tuple[TaxSum, ...]


class LineSum(NamedTuple):
    """One line as the DIAN counts it; `discounts` and `charges` in the order they were given."""

    price: Decimal  # at most six decimals, as written
    gross: Decimal  # quantity × price
    discounts: tuple[Decimal, ...]
    charges: tuple[Decimal, ...]
    value: Decimal  # LineExtensionAmount
    taxes: tuple[TaxSum, ...]
    withholdings: tuple[TaxSum, ...]

    @property
    def tax(self) -> Decimal:
        """What the taxes of the line come to."""
        return sum((one.amount for one in self.taxes), NOTHING)


class Sums(NamedTuple):
    """The document as the DIAN counts it."""

    lines: tuple[LineSum, ...]
    taxes: tuple[TaxGroup, ...]  # in the order of the DIAN's codes
    withholdings: tuple[TaxGroup, ...]
    allowances: tuple[Decimal, ...]  # header discounts, as given
    charges: tuple[Decimal, ...]
    line_extension: Decimal
    tax_exclusive: Decimal  # every taxable node under a line counts (FAU04)
    tax_inclusive: Decimal
    allowance: Decimal
    charge: Decimal
    prepaid: Decimal  # informed, never subtracted (FAU14)
    payable: Decimal

    def tax(self, code: str) -> Decimal:
        """The amount of one tax by our word for it, zero without it."""
        found = (group.amount for group in self.taxes if group.code is TAXES[code])
        return next(found, NOTHING)

    @property
    def withheld(self) -> Decimal:
        """What the buyer keeps back."""
        return sum((group.amount for group in self.withholdings), NOTHING)


def micro(amount: Decimal) -> str:
    """Quantities, prices and the tax of a unit as written: two decimals at least, six at most."""
    digits = str(_quantize(amount, _MICRO))  # six decimals never make an exponent
    if digits.endswith("0000"):
        return digits[:-4]
    return digits[:-4] + digits[-4:].rstrip("0")


def in_pesos(document: Document) -> Document:
    """The document in COP, as its XML must be; its own currency is told by the exchange rate."""
    rate = document.exchange_rate
    if document.currency == PESOS or rate is None:
        return document

    def pesos(amount: Decimal, step: Decimal = _CENT) -> Decimal:
        return _quantize(_multiply(amount, rate), step)

    def adjusted(given: tuple[A, ...]) -> tuple[A, ...]:
        return tuple(
            one if one.amount is None else replace(one, amount=pesos(one.amount)) for one in given
        )

    def line(one: Line) -> Line:
        free = free_value(one)
        return replace(
            one,
            price=pesos(one.price, _MICRO),
            discounts=adjusted(one.discounts),
            charges=adjusted(one.charges),
            taxes=tuple(
                tax if tax.per_unit is None else replace(tax, per_unit=pesos(tax.per_unit, _MICRO))
                for tax in one.taxes
            ),
            extra=one.extra if free is None else {**one.extra, "free_value": pesos(free, _MICRO)},
        )

    return replace(
        document,
        currency=PESOS,
        lines=tuple(line(one) for one in document.lines),
        discounts=adjusted(document.discounts),
        charges=adjusted(document.charges),
        prepayments=tuple(replace(one, amount=pesos(one.amount)) for one in document.prepayments),
    )


def sums(document: Document) -> Sums:
    """The sums in the document's own currency; a tax that nobody knows is left out."""
    lines = tuple([line_sum(line) for line in document.lines])
    taxes, held = _grouped(lines)
    if any(_drifts(rate) for group in (*taxes, *held) for rate in group.rates):
        lines = _settled(lines)
        taxes, held = (
            _groups([one.taxes for one in lines]),
            _groups([o.withholdings for o in lines]),
        )
    extension = sum([line.value for line in lines], NOTHING)
    inclusive = sum([group.amount for group in taxes], extension)
    allowances = tuple(_money(one.of(extension)) for one in document.discounts)
    charges = tuple(_money(one.of(extension)) for one in document.charges)
    allowance, charge = sum(allowances, NOTHING), sum(charges, NOTHING)
    return Sums(
        lines=lines,
        taxes=taxes,
        withholdings=held,
        allowances=allowances,
        charges=charges,
        line_extension=extension,
        tax_exclusive=sum([rate.base for group in taxes for rate in group.rates], NOTHING),
        tax_inclusive=inclusive,
        allowance=allowance,
        charge=charge,
        prepaid=sum([_money(one.amount) for one in document.prepayments], NOTHING),
        payable=inclusive - allowance + charge,
    )


def line_sum(line: Line) -> LineSum:
    """One line's sums. What is free counts nothing, but its taxes are on its value."""
    quantity = line.quantity
    price = _quantize(line.price, _MICRO)
    gross = value = base = _quantize(_multiply(quantity, price), _CENT)
    discounts: tuple[Decimal, ...] = ()
    charges: tuple[Decimal, ...] = ()
    if line.discounts or line.charges:
        discounts = tuple(_money(one.of(gross)) for one in line.discounts)
        charges = tuple(_money(one.of(gross)) for one in line.charges)
        value = base = gross - sum(discounts, NOTHING) + sum(charges, NOTHING)
    free = free_value(line) if line.extra else None
    if free is not None:
        base = _money(_multiply(quantity, _quantize(free, _MICRO)))
    taxes: list[TaxSum] = []
    held: list[tuple[TaxCode, Tax]] = []
    for tax in line.taxes:
        code = TAXES.get(tax.code)
        if code is None:
            continue
        if code.withholding:
            held.append((code, tax))
        else:
            taxes.append(_tax(code, tax, base, quantity))
    withheld = tuple([_withheld(code, tax, base, taxes, quantity) for code, tax in held])
    return LineSum(price, gross, discounts, charges, value, tuple(taxes), withheld)


def _tax(code: TaxCode, tax: Tax, base: Decimal, quantity: Decimal) -> TaxSum:
    if tax.per_unit is None:
        return TaxSum(code, tax.percent, None, base, _exact(base, tax.percent))
    per_unit = _quantize(tax.per_unit, _MICRO)
    amount = _quantize(_multiply(per_unit, quantity), _CENT)
    return TaxSum(code, tax.percent, per_unit, base, amount)


def _withheld(
    code: TaxCode, tax: Tax, base: Decimal, taxes: list[TaxSum], quantity: Decimal
) -> TaxSum:
    if code.base is Base.IVA:
        base = sum((one.amount for one in taxes if one.code is TAXES[IVA]), NOTHING)
    return _tax(code, tax, base, quantity)


def _grouped(lines: tuple[LineSum, ...]) -> tuple[tuple[TaxGroup, ...], tuple[TaxGroup, ...]]:
    """What is charged and what is withheld."""
    return _groups([one.taxes for one in lines]), _groups([one.withholdings for one in lines])


def _groups(lines: Iterable[tuple[TaxSum, ...]]) -> tuple[TaxGroup, ...]:
    """One group for each tax, one subtotal in it for each rate (FAS01b, FAS04; FAT01, FAT04)."""
    found: dict[TaxKind, tuple[Decimal, Decimal]] = {}
    for taxes in lines:
        for tax in taxes:
            kind = tax[:3]
            base, amount = found.get(kind, (NOTHING, NOTHING))
            found[kind] = base + tax.base, amount + tax.amount
    groups: dict[str, list[TaxSum]] = {}
    for (code, percent, units), (base, amount) in found.items():
        groups.setdefault(code.id, []).append(TaxSum(code, percent, units, base, amount))
    return tuple(
        [
            TaxGroup(rates[0].code, sum([one.amount for one in rates], NOTHING), tuple(rates))
            for _, rates in sorted(groups.items())
        ]
    )


def _exact(base: Decimal, percent: Decimal) -> Decimal:
    return _quantize(_scaleb(_multiply(base, percent), -2), _CENT)


def _drifts(rate: TaxSum) -> bool:
    """Whether many small roundings add up to more than the DIAN would let pass (FAS07, ±2.00)."""
    return rate.per_unit is None and abs(_exact(rate.base, rate.percent) - rate.amount) > DRIFT


def _settled(lines: tuple[LineSum, ...]) -> tuple[LineSum, ...]:
    """The lines with each rate's tax rounded along its running sum: a cent off at most, in each."""
    run: dict[tuple[str, Decimal], Decimal] = {}

    def along(tax: TaxSum) -> TaxSum:
        if tax.per_unit is not None:
            return tax
        key = tax.code.id, tax.percent
        before = run.get(key, NOTHING)
        run[key] = before + tax.base
        return tax._replace(amount=_exact(run[key], tax.percent) - _exact(before, tax.percent))

    return tuple(
        line._replace(
            taxes=tuple(map(along, line.taxes)),
            withholdings=tuple(map(along, line.withholdings)),
        )
        for line in lines
    )


def totals(document: Document) -> Totals:
    """The same in the form that every country gives; what is withheld is not among it."""
    counted = sums(document)
    return Totals(
        lines=tuple(
            LineTotal(line.value, sum(line.discounts, NOTHING), line.tax, line.value + line.tax)
            for line in counted.lines
        ),
        taxes=tuple(
            TaxTotal(label(rate), rate.base, rate.amount)
            for group in counted.taxes
            for rate in group.rates
        ),
        subtotal=counted.line_extension,
        discount=sum((sum(one.discounts, NOTHING) for one in counted.lines), counted.allowance),
        tax=counted.tax_inclusive - counted.line_extension,
        total=counted.payable,
    )


def label(tax: TaxSum) -> str:
    """How the tax is printed: "IVA 19 %", "INC Bolsas"."""
    if tax.per_unit is not None:
        return tax.code.name
    return f"{tax.code.name} {tax.percent.normalize():f} %"


def _money(amount: Decimal) -> Decimal:
    return _quantize(amount, _CENT)
