"""A line of a factura, a boleta or a note, element by element. Source: peru.md 3.2, 3.8."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from acuse.domain.document import Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import plain, rounded, trimmed
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import ICBPER, ISC, OTROS, TRIBUTES, properties
from acuse.jurisdictions.pe.compose_around import trip
from acuse.jurisdictions.pe.line_sums import LineSum, LineTax
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Figure, Leaf, Markup, Node, joined, leaf, node

NOTES = content.NOTES
PRICE_TYPES = {False: leaf("cbc:PriceTypeCode")("01"), True: leaf("cbc:PriceTypeCode")("02")}
INDICATORS = {
    False: leaf("cbc:ChargeIndicator")("false"),
    True: leaf("cbc:ChargeIndicator")("true"),
}
CHARGES = frozenset({"45", "46", "47", "48", "49", "50", "51", "52", "53"})

_reason_code = leaf("cbc:AllowanceChargeReasonCode")
_factor = leaf("cbc:MultiplierFactorNumeric")
_percent = leaf("cbc:Percent")
_exemption = leaf("cbc:TaxExemptionReasonCode")
_system = leaf("cbc:TierRange")
_bags = leaf("cbc:BaseUnitMeasure", unitCode="NIU")
_pricing = node("cac:PricingReference", "cac:AlternativeConditionPrice")
_item = node("cac:Item")
_description = leaf("cbc:Description")
_sellers_item = node("cac:SellersItemIdentification")
_standard_item = node("cac:StandardItemIdentification")
_gtin = leaf("cbc:ID", "schemeID")
_commodity = node("cac:CommodityClassification")
_classification = leaf("cbc:ItemClassificationCode")
_property = node("cac:AdditionalItemProperty")
_name_code = leaf("cbc:NameCode")
_value = leaf("cbc:Value")
_tonnes = leaf("cbc:ValueQuantity", unitCode="TNE")
_usability = node("cac:UsabilityPeriod")
_start_date, _end_date = leaf("cbc:StartDate"), leaf("cbc:EndDate")
_start_time = leaf("cbc:StartTime")
_days = leaf("cbc:DurationMeasure", unitCode="DAY")
_price = node("cac:Price")


class Form(NamedTuple):
    """What a line is called in a root."""

    line: Node
    quantity: Leaf


_INVOICE = Form(node("cac:InvoiceLine"), leaf("cbc:InvoicedQuantity", "unitCode"))
FORMS = {
    DocumentKind.INVOICE: _INVOICE,
    DocumentKind.RECEIPT: _INVOICE,
    DocumentKind.CREDIT_NOTE: Form(
        node("cac:CreditNoteLine"), leaf("cbc:CreditedQuantity", "unitCode")
    ),
    DocumentKind.DEBIT_NOTE: Form(
        node("cac:DebitNoteLine"), leaf("cbc:DebitedQuantity", "unitCode")
    ),
}


class Writers(NamedTuple):
    """The writers of amounts in one currency, rendered once."""

    extension: Figure
    tax: Figure
    taxable: Figure
    inclusive: Figure
    allowance: Figure
    charge: Figure
    prepaid: Figure
    paid: Figure
    rounding: Figure
    payable: Figure
    amount: Figure
    base: Figure
    price: Figure
    per_unit: Figure


@lru_cache(maxsize=16)
def writers(currency: str) -> Writers:
    """The writers of that currency."""
    names = (
        "LineExtensionAmount TaxAmount TaxableAmount TaxInclusiveAmount AllowanceTotalAmount "
        "ChargeTotalAmount PrepaidAmount PaidAmount PayableRoundingAmount PayableAmount Amount "
        "BaseAmount PriceAmount PerUnitAmount"
    )
    return Writers(*(ubl.money(name, currency) for name in names.split()))


@lru_cache(maxsize=16)
def scheme(tribute: str) -> Markup:
    """The tribute in SUNAT's list."""
    title, kind = TRIBUTES[tribute]
    return ubl.tax_scheme(tribute, title, kind)


def line(kind: DocumentKind, ordinal: int, one: Line, counted: LineSum, money: Writers) -> Markup:
    """The line at that place. A note's price has its discounts inside, so it writes none (3271)."""
    form, note = FORMS[kind], kind in NOTES
    price = trimmed(Decimal(0) if counted.free else counted.unit_value, 10, 2)
    return form.line(
        ubl.id_(str(ordinal)),
        form.quantity(trimmed(one.quantity, 10), content.unit(one)),
        money.extension(cents(counted.value)),
        _pricing(money.price(trimmed(counted.price, 10, 2)), PRICE_TYPES[counted.free]),
        EMPTY if note else trip(one),
        EMPTY if note else _adjustments(counted, money),
        _tax_total(counted, money),
        _item_of(one),
        _price(money.price(price)),
    )


def _adjustments(counted: LineSum, money: Writers) -> Markup:
    full = counted.value + counted.tax
    told = (
        ("00", counted.discount, counted.gross),
        ("47", counted.charge, counted.gross),
        ("01", counted.allowance, full),
        ("48", counted.surcharge, full),
    )
    return joined(*(adjustment(code, amount, base, money) for code, amount, base in told if amount))


def adjustment(code: str, amount: Decimal, base: Decimal, money: Writers) -> Markup:
    """A discount or a charge with its base, and its factor where one gives it back to the cent."""
    factor = _exact_factor(amount, base)
    return ubl.allowance_charge(
        INDICATORS[code in CHARGES],
        _reason_code(code),
        _factor(factor) if factor else EMPTY,
        money.amount(cents(amount)),
        money.base(cents(base)) if base else EMPTY,
    )


def _exact_factor(amount: Decimal, base: Decimal) -> str:
    """The factor of five decimals that gives the amount back to the cent, "" where none does.

    It may be left out (peru.md 3.4); a rounded one over a great base would miss the amount by more
    than the authority lets pass (3290, 3307).
    """
    if not base:
        return ""
    factor = rounded(amount / base, 5)
    return plain(factor, 5) if rounded(factor * base) == amount else ""


def _tax_total(counted: LineSum, money: Writers) -> Markup:
    return ubl.tax_total(
        money.tax(cents(counted.tax)),
        *(_subtotal(one, counted.affectation, money) for one in counted.taxes),
    )


def _subtotal(one: LineTax, affectation: str, money: Writers) -> Markup:
    amount = money.tax(cents(one.amount))
    if one.tribute == ICBPER:
        return ubl.tax_subtotal(
            amount,
            _bags(trimmed(one.units, 0)),
            ubl.tax_category(money.per_unit(trimmed(one.per_unit, 5, 2)), scheme(ICBPER)),
        )
    if one.tribute in (ISC, OTROS):
        affectation = ""
    return ubl.tax_subtotal(
        money.taxable(cents(one.base)),
        amount,
        _category(one.tribute, affectation, one.percent, one.system),
    )


@lru_cache(maxsize=128)
def _category(tribute: str, affectation: str, percent: Decimal, system: str) -> Markup:
    return ubl.tax_category(
        _percent(trimmed(percent, 5)),
        _exemption(affectation) if affectation else EMPTY,
        _system(system) if system else EMPTY,
        scheme(tribute),
    )


def _item_of(one: Line) -> Markup:
    own = one.extra
    gtin, product = content.own(own, "gtin"), content.own(own, "product_code")
    return _item(
        _description(one.description),
        _sellers_item(ubl.id_(one.code)) if one.code else EMPTY,
        _standard_item(_gtin(gtin, f"GTIN-{len(gtin)}")) if gtin else EMPTY,
        _commodity(_classification(product)) if product else EMPTY,
        *(_property_of(code, value) for code, value in content.coded(own, "properties")),
    )


def _property_of(code: str, value: str) -> Markup:
    """A property of catalogue 55, its value where its form has it."""
    known = properties()[code]
    return _property(ubl.name(known.name), _name_code(code), _FORMS.get(known.form, _value)(value))


def _period(value: str) -> Markup:
    start, _, end = value.partition("/")
    return _usability(_start_date(start), _end_date(end) if end else EMPTY)


_FORMS: dict[str, Callable[[str], Markup]] = {
    "tonnes": _tonnes,
    "date": lambda value: _usability(_start_date(value)),
    "time": lambda value: _usability(_start_time(value)),
    "days": lambda value: _usability(_days(value)),
    "period": _period,
}


def cents(amount: Decimal) -> str:
    """An amount as it is written."""
    return plain(amount, 2)
