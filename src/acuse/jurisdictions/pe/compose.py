"""The factura as XML: Invoice-2.1, element by element in the order of peru.md 3.1 and 3.2.

Attributes that SUNAT makes optional are left out: present, they must have exactly its value.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from acuse.domain.document import Document, Line, Payment, PaymentForm
from acuse.domain.money import plain, rounded, trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content, parties
from acuse.jurisdictions.pe.codes import CURRENCIES, TRIBUTES
from acuse.jurisdictions.pe.ids import FACTURA, number_text
from acuse.jurisdictions.pe.totals import LineSum, Sums, sums
from acuse.jurisdictions.pe.words import amount_in_words
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Figure, Markup, joined, leaf, namespace_declarations, node

NAMESPACES = {"": ubl.UBL + "Invoice-2", **ubl.NAMESPACES}
START = f"<Invoice{namespace_declarations(NAMESPACES)}>"
EXTENSION = ("ext:UBLExtensions", "ext:UBLExtension", "ext:ExtensionContent")
BEFORE = START + "".join(f"<{name}>" for name in EXTENSION)
AFTER = "".join(f"</{name}>" for name in reversed(EXTENSION))
END = "</Invoice>"

_versions = joined(leaf("cbc:UBLVersionID")("2.1"), leaf("cbc:CustomizationID")("2.0"))
_issue_date = leaf("cbc:IssueDate")
_issue_time = leaf("cbc:IssueTime")
_due_date = leaf("cbc:DueDate")
_type_code = leaf("cbc:InvoiceTypeCode", "listID")
_note = leaf("cbc:Note", "languageLocaleID")
_currency_code = leaf("cbc:DocumentCurrencyCode")
_line_count = leaf("cbc:LineCountNumeric")
_order_reference = node("cac:OrderReference")
_means = leaf("cbc:PaymentMeansID")
_payment_due = leaf("cbc:PaymentDueDate")
_reason_code = leaf("cbc:AllowanceChargeReasonCode")
_factor = leaf("cbc:MultiplierFactorNumeric")
_invoice_line = node("cac:InvoiceLine")
_quantity = leaf("cbc:InvoicedQuantity", "unitCode")
_pricing = node("cac:PricingReference", "cac:AlternativeConditionPrice")
_percent = leaf("cbc:Percent")
_exemption = leaf("cbc:TaxExemptionReasonCode")
_item = node("cac:Item")
_description = leaf("cbc:Description")
_sellers_item = node("cac:SellersItemIdentification")
_price = node("cac:Price")

ONEROUS_PRICE = leaf("cbc:PriceTypeCode")("01")  # with taxes
NO_CHARGE = leaf("cbc:ChargeIndicator")("false")
FORM = ubl.id_("FormaPago")
CASH = ubl.payment_terms(FORM, _means("Contado"))


class Money(NamedTuple):
    """The writers of amounts in one currency, rendered once."""

    extension: Figure
    tax: Figure
    taxable: Figure
    inclusive: Figure
    payable: Figure
    amount: Figure
    base: Figure
    price: Figure


@lru_cache(maxsize=16)
def _money(currency: str) -> Money:
    return Money(
        extension=ubl.money("LineExtensionAmount", currency),
        tax=ubl.money("TaxAmount", currency),
        taxable=ubl.money("TaxableAmount", currency),
        inclusive=ubl.money("TaxInclusiveAmount", currency),
        payable=ubl.money("PayableAmount", currency),
        amount=ubl.money("Amount", currency),
        base=ubl.money("BaseAmount", currency),
        price=ubl.money("PriceAmount", currency),
    )


@lru_cache(maxsize=16)
def _scheme(tribute: str) -> Markup:
    title, kind = TRIBUTES[tribute]
    return ubl.tax_scheme(tribute, title, kind)


def compose(document: Document, company: Company, at: datetime) -> tuple[str, str]:
    """The canonical text before and after the place of the signature."""
    counted = sums(document)
    money = _money(document.currency)
    assert document.number is not None
    assert document.date is not None
    number = number_text(document.number)
    body = joined(
        _header(document, number, counted, at),
        parties.signature(company, number),
        parties.supplier(
            company.tax_id.number,
            company.legal_name,
            company.trade_name,
            content.annex(company),
            company.address,
        ),
        parties.customer(document.counterparty),
        _payment(document.payment, counted, money),
        _global_discount(counted, money),
        _tax_total(counted, money),
        ubl.legal_monetary_total(
            money.extension(_cents(counted.line_extension)),
            money.inclusive(_cents(counted.payable)),
            money.payable(_cents(counted.payable)),
        ),
        *(
            _line(ordinal, line, line_sum, money)
            for ordinal, (line, line_sum) in enumerate(
                zip(document.lines, counted.lines, strict=True), start=1
            )
        ),
    )
    return BEFORE, f"{AFTER}{body}{END}"


def _header(document: Document, number: str, counted: Sums, at: datetime) -> Markup:
    assert document.date is not None
    due = document.payment.due
    return joined(
        _versions,
        ubl.id_(number),
        _issue_date(document.date.isoformat()),
        _issue_time(at.astimezone(content.LIMA).strftime("%H:%M:%S")),
        _due_date(due.isoformat()) if due else EMPTY,
        _type_code(FACTURA, content.operation_type(document)),
        _note(amount_in_words(counted.payable, CURRENCIES[document.currency][1]), "1000"),
        _currency_code(document.currency),
        _line_count(str(len(document.lines))),
        _order_reference(ubl.id_(document.purchase_order)) if document.purchase_order else EMPTY,
    )


def _payment(payment: Payment, counted: Sums, money: Money) -> Markup:
    """Forma de pago: Contado, or Credito with its instalments (peru.md 3.6)."""
    if payment.form is PaymentForm.CASH:
        return CASH
    return joined(
        ubl.payment_terms(FORM, _means("Credito"), money.amount(_cents(counted.payable))),
        *(
            ubl.payment_terms(
                FORM,
                _means(f"Cuota{ordinal:03d}"),
                money.amount(_cents(instalment.amount)),
                _payment_due(instalment.due.isoformat()),
            )
            for ordinal, instalment in enumerate(payment.instalments, start=1)
        ),
    )


def _allowance(code: str, amount: Decimal, base: Decimal, money: Money) -> Markup:
    factor = _exact_factor(amount, base)
    return ubl.allowance_charge(
        NO_CHARGE,
        _reason_code(code),
        _factor(factor) if factor else EMPTY,
        money.amount(_cents(amount)),
        money.base(_cents(base)),
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


def _global_discount(counted: Sums, money: Money) -> Markup:
    if not counted.global_discount:
        return EMPTY
    return _allowance("02", counted.global_discount, counted.global_base, money)


def _tax_total(counted: Sums, money: Money) -> Markup:
    return ubl.tax_total(
        money.tax(_cents(counted.tax)),
        *(
            ubl.tax_subtotal(
                money.taxable(_cents(base)),
                money.tax(_cents(tax)),
                ubl.tax_category(_scheme(tribute)),
            )
            for tribute, base, tax in counted.bases
        ),
    )


def _line(ordinal: int, line: Line, counted: LineSum, money: Money) -> Markup:
    value, tax = _cents(counted.value), money.tax(_cents(counted.tax))
    return _invoice_line(
        ubl.id_(str(ordinal)),
        _quantity(trimmed(line.quantity, 10), content.unit(line)),
        money.extension(value),
        _pricing(money.price(trimmed(counted.price, 10, 2)), ONEROUS_PRICE),
        _allowance("00", counted.discount, counted.gross, money) if counted.discount else EMPTY,
        ubl.tax_total(
            tax,
            ubl.tax_subtotal(
                money.taxable(value),
                tax,
                _line_tax(counted.tribute, counted.affectation, counted.rate),
            ),
        ),
        _item(
            _description(line.description),
            _sellers_item(ubl.id_(line.code)) if line.code else EMPTY,
        ),
        _price(money.price(trimmed(line.price, 10, 2))),
    )


def _cents(amount: Decimal) -> str:
    return plain(amount, 2)


@lru_cache(maxsize=64)
def _line_tax(tribute: str, affectation: str, rate: Decimal) -> Markup:
    return ubl.tax_category(_percent(trimmed(rate, 5)), _exemption(affectation), _scheme(tribute))
