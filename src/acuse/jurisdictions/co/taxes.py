"""Taxes, allowances and totals as XML: the same groups on a line and in the header.

Source: colombia.md 3, "Taxes", "Lines", "Totals"; 3b for lengths and decimals. All is in COP.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from acuse.domain.document import Adjustment, Charge, Discount
from acuse.domain.money import trimmed
from acuse.jurisdictions.co.codes import ADJUSTMENTS, UNIT, TaxCode
from acuse.jurisdictions.co.doubts import HEADER_CHARGE, HEADER_DISCOUNT, HEADER_TIP, TIP
from acuse.jurisdictions.co.forms import CREDIT, DEBIT, INVOICE
from acuse.jurisdictions.co.totals import PESOS, Sums, TaxGroup, TaxKind, TaxSum, micro
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Figure, Markup, joined, leaf, node, text
from acuse.xml.templates import SLOT, Template

HUNDRED = Decimal(100)
WHOLE = "100.00"  # per cent: of a base that is the amount itself
LINE_DISCOUNT, LINE_CHARGE = "Descuento", "Cargo"

_tax_amount = ubl.money("TaxAmount", PESOS)
_subtotal = (
    ubl.money("TaxableAmount", PESOS)(SLOT),
    _tax_amount(SLOT),
    SLOT,  # rate and tax
)
_tax_total = Template(ubl.tax_total(_tax_amount(SLOT), SLOT))
_withheld_total = Template(node("cac:WithholdingTaxTotal")(_tax_amount(SLOT), SLOT))
_tax_subtotal = Template(ubl.tax_subtotal(*_subtotal))
_unit_measure = Template(
    joined(
        leaf("cbc:BaseUnitMeasure", "unitCode")("1", SLOT), ubl.money("PerUnitAmount", PESOS)(SLOT)
    )
)
_percent = leaf("cbc:Percent")
_scheme = node("cac:TaxScheme")
_adjustment = Template(
    ubl.allowance_charge(
        ubl.id_(SLOT),
        leaf("cbc:ChargeIndicator")(SLOT),
        SLOT,  # reason's code, of the header only
        leaf("cbc:AllowanceChargeReason")(SLOT),
        leaf("cbc:MultiplierFactorNumeric")(SLOT),
        ubl.money("Amount", PESOS)(SLOT),
        ubl.money("BaseAmount", PESOS)(SLOT),
    )
)
_reason_code = leaf("cbc:AllowanceChargeReasonCode")
_monetary = (
    ubl.money("LineExtensionAmount", PESOS),
    ubl.money("TaxExclusiveAmount", PESOS),
    ubl.money("TaxInclusiveAmount", PESOS),
)
_allowances = ubl.money("AllowanceTotalAmount", PESOS)
_charges = ubl.money("ChargeTotalAmount", PESOS)
_prepaid = ubl.money("PrepaidAmount", PESOS)
_payable = ubl.money("PayableAmount", PESOS)
_TOTALS = {
    INVOICE: ubl.legal_monetary_total,
    CREDIT: ubl.legal_monetary_total,
    DEBIT: node("cac:RequestedMonetaryTotal"),
}


def line_tax(kind: TaxKind, unit: str) -> Markup:
    """A line's TaxTotal with slots for its amount, its base and its amount again.

    `unit` is the line's, as an attribute holds it.
    """
    subtotal = ubl.tax_subtotal(*_subtotal[:2], _rate(*kind, unit))
    return ubl.tax_total(_tax_amount(SLOT), subtotal)


def line_withholdings(taxes: Iterable[TaxSum]) -> Markup:
    """A line's WithholdingTaxTotal groups."""
    return joined(*(_withheld_total(tax.amount, _one_rate(tax)) for tax in taxes))


def header_taxes(groups: Iterable[TaxGroup]) -> Markup:
    """The document's TaxTotal groups, one subtotal for each rate."""
    return joined(*(_tax_total(one.amount, _rates(one)) for one in groups))


def header_withholdings(groups: Iterable[TaxGroup]) -> Markup:
    """The document's WithholdingTaxTotal groups."""
    return joined(*(_withheld_total(one.amount, _rates(one)) for one in groups))


def _rates(group: TaxGroup) -> Markup:
    return joined(*map(_one_rate, group.rates))


def _one_rate(tax: TaxSum) -> Markup:
    return _tax_subtotal(tax.base, tax.amount, _rate(tax.code, tax.percent, tax.per_unit, UNIT))


def _rate(code: TaxCode, percent: Decimal, per_unit: Decimal | None, unit: str) -> Markup:
    """What follows the amounts; a unit tax has the line's money as base and counts units beside."""
    if per_unit is None:
        return _category(code, percent)
    return joined(_unit_measure(unit, micro(per_unit)), _category(code, None))


@lru_cache(maxsize=256)
def _category(code: TaxCode, percent: Decimal | None) -> Markup:
    rate = EMPTY if percent is None else _percent(trimmed(percent, 6, 2))
    return ubl.tax_category(rate, _scheme(ubl.id_(code.id), ubl.name(code.name)))


def line_adjustments(
    discounts: Sequence[Discount],
    charges: Sequence[Charge],
    taken: Sequence[Decimal],
    added: Sequence[Decimal],
    gross: Decimal,
) -> Markup:
    """A line's AllowanceCharge groups, discounts first."""
    told = (*zip(discounts, taken, strict=True), *zip(charges, added, strict=True))
    return joined(
        *(
            _adjusted(
                ordinal,
                isinstance(one, Charge),
                EMPTY,
                one.reason or (LINE_CHARGE if isinstance(one, Charge) else LINE_DISCOUNT),
                amount,
                gross,
            )
            for ordinal, (one, amount) in enumerate(told, start=1)
        )
    )


def header_adjustments(
    discounts: Sequence[Discount], charges: Sequence[Charge], counted: Sums
) -> Markup:
    """The document's AllowanceCharge groups, discounts first; each has a reason of the list."""
    told = (
        *zip(discounts, counted.allowances, strict=True),
        *zip(charges, counted.charges, strict=True),
    )
    written = []
    for ordinal, (one, amount) in enumerate(told, start=1):
        code = _header_code(one)
        charge, words = isinstance(one, Charge), one.reason or ADJUSTMENTS[code]
        written.append(
            _adjusted(ordinal, charge, _reason_code(code), words, amount, counted.line_extension)
        )
    return joined(*written)


def _header_code(one: Adjustment) -> str:
    if isinstance(one, Discount):
        return HEADER_DISCOUNT
    return HEADER_TIP if one.reason.casefold().startswith(TIP) else HEADER_CHARGE


def _adjusted(
    ordinal: int, charge: bool, code: Markup, reason: str, amount: Decimal, base: Decimal
) -> Markup:
    percent, base = share(amount, base)
    indicator = "true" if charge else "false"
    return _adjustment(ordinal, indicator, code, text(reason), percent, amount, base)


def share(amount: Decimal, base: Decimal) -> tuple[str, Decimal]:
    """The percentage of two decimals that the amount is of a base, and that base.

    Amount and base × percentage must agree (FAQ, FBE), but two decimals seldom give an amount back
    to the cent; where they do not, the amount is the whole of itself.
    """
    if base:
        percent = round(amount * HUNDRED / base, 2)
        if round(base * percent / HUNDRED, 2) == amount and percent <= HUNDRED:
            return trimmed(percent, 2, 2), base
    return WHOLE, amount


def monetary_total(root: str, counted: Sums) -> Markup:
    """LegalMonetaryTotal, or RequestedMonetaryTotal of a debit note."""
    extension, exclusive, inclusive = _monetary
    # A credit note has no PrepaidPayment that the sum could be of (FAU12).
    prepaid = _given(_prepaid, counted.prepaid) if root != CREDIT else EMPTY
    return _TOTALS[root](
        extension(str(counted.line_extension)),
        exclusive(str(counted.tax_exclusive)),
        inclusive(str(counted.tax_inclusive)),
        _given(_allowances, counted.allowance),
        _given(_charges, counted.charge),
        prepaid,
        _payable(str(counted.payable)),
    )


def _given(write: Figure, amount: Decimal) -> Markup:
    """The sum of groups, nothing where there are none (FAU08, FAU10)."""
    return write(str(amount)) if amount else EMPTY
