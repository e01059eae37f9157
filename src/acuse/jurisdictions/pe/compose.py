"""The factura as XML: Invoice-2.1, element by element in the order of peru.md 3.1 and 3.2.

Attributes that SUNAT makes optional are left out: present, they must have exactly its value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from acuse.domain.document import Document, Line, Payment, PaymentForm
from acuse.domain.money import plain, rounded, trimmed
from acuse.domain.party import Company, Customer
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import CURRENCIES, IDENTITIES, TRIBUTES
from acuse.jurisdictions.pe.ids import FACTURA, number_text
from acuse.jurisdictions.pe.totals import LineSum, Sums, sums
from acuse.jurisdictions.pe.words import amount_in_words
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Leaf, Markup, joined, leaf, namespace_declarations, node

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
_signature = node("cac:Signature")
_signatory = node("cac:SignatoryParty")
_attachment = node("cac:DigitalSignatureAttachment")
_external = node("cac:ExternalReference")
_uri = leaf("cbc:URI")
_means = leaf("cbc:PaymentMeansID")
_payment_due = leaf("cbc:PaymentDueDate")
_charge_indicator = leaf("cbc:ChargeIndicator")
_reason_code = leaf("cbc:AllowanceChargeReasonCode")
_factor = leaf("cbc:MultiplierFactorNumeric")
_invoice_line = node("cac:InvoiceLine")
_quantity = leaf("cbc:InvoicedQuantity", "unitCode")
_pricing = node("cac:PricingReference")
_alternative = node("cac:AlternativeConditionPrice")
_price_type = leaf("cbc:PriceTypeCode")
_percent = leaf("cbc:Percent")
_exemption = leaf("cbc:TaxExemptionReasonCode")
_item = node("cac:Item")
_description = leaf("cbc:Description")
_sellers_item = node("cac:SellersItemIdentification")
_price = node("cac:Price")


class Money(NamedTuple):
    """The writers of amounts in one currency, rendered once."""

    extension: Callable[[Decimal], Markup]
    tax: Callable[[Decimal], Markup]
    taxable: Callable[[Decimal], Markup]
    inclusive: Callable[[Decimal], Markup]
    payable: Callable[[Decimal], Markup]
    amount: Callable[[Decimal], Markup]
    base: Callable[[Decimal], Markup]
    price: Leaf


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
        price=ubl.money_text("PriceAmount", currency),
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
        _cac_signature(company, number),
        _supplier(company),
        _customer(document.counterparty),
        _payment(document.payment, counted, money),
        _global_discount(counted, money),
        _tax_total(counted, money),
        ubl.legal_monetary_total(
            money.extension(counted.line_extension),
            money.inclusive(counted.payable),
            money.payable(counted.payable),
        ),
        *(
            _line(ordinal, line, line_sum, money)
            for ordinal, (line, line_sum) in enumerate(
                zip(document.lines, counted.lines, strict=True), start=1
            )
        ),
    )
    return BEFORE, f"{AFTER}{body}{END}"


def signature_id(number: str) -> str:
    """The name by which the document points to its signature."""
    return f"S-{number}"


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


def _cac_signature(company: Company, number: str) -> Markup:
    return _signature(
        ubl.id_(company.tax_id.number),
        _signatory(
            ubl.party_identification(ubl.id_(company.tax_id.number)),
            ubl.party_name(ubl.name(company.legal_name)),
        ),
        _attachment(_external(_uri(f"#{signature_id(number)}"))),
    )


def _supplier(company: Company) -> Markup:
    address = company.address
    assert address is not None
    return ubl.supplier(
        ubl.party(
            ubl.identified(IDENTITIES["RUC"], company.tax_id.number),
            ubl.party_name(ubl.name(company.trade_name)) if company.trade_name else EMPTY,
            ubl.party_legal_entity(
                ubl.registration_name(company.legal_name),
                ubl.registration_address(
                    *ubl.address_parts(
                        place=address.place,
                        kind=content.annex(company),
                        city=address.city,
                        region=address.region,
                        district=address.district,
                        line=address.line,
                        country="PE",
                    )
                ),
            ),
        )
    )


def _customer(customer: Customer) -> Markup:
    address = customer.address
    written = EMPTY
    if address is not None and address.line:
        written = ubl.registration_address(
            *ubl.address_parts(
                place=address.place,
                kind="",
                city=address.city,
                region=address.region,
                district=address.district,
                line=address.line,
                country=address.country or "PE",
            )
        )
    return ubl.customer(
        ubl.party(
            ubl.identified(IDENTITIES[customer.tax_id.kind], customer.tax_id.number),
            ubl.party_legal_entity(ubl.registration_name(customer.name), written),
        )
    )


def _payment(payment: Payment, counted: Sums, money: Money) -> Markup:
    """Forma de pago: Contado, or Credito with its instalments (peru.md 3.6)."""
    form = ubl.id_("FormaPago")
    if payment.form is PaymentForm.CASH:
        return ubl.payment_terms(form, _means("Contado"))
    return joined(
        ubl.payment_terms(form, _means("Credito"), money.amount(counted.payable)),
        *(
            ubl.payment_terms(
                form,
                _means(f"Cuota{ordinal:03d}"),
                money.amount(instalment.amount),
                _payment_due(instalment.due.isoformat()),
            )
            for ordinal, instalment in enumerate(payment.instalments, start=1)
        ),
    )


def _allowance(code: str, amount: Decimal, base: Decimal, money: Money) -> Markup:
    factor = _exact_factor(amount, base)
    return ubl.allowance_charge(
        _charge_indicator("false"),
        _reason_code(code),
        _factor(factor) if factor else EMPTY,
        money.amount(amount),
        money.base(base),
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
        money.tax(counted.tax),
        *(
            ubl.tax_subtotal(
                money.taxable(base), money.tax(tax), ubl.tax_category(_scheme(tribute))
            )
            for tribute, base, tax in counted.bases
        ),
    )


def _line(ordinal: int, line: Line, counted: LineSum, money: Money) -> Markup:
    return _invoice_line(
        ubl.id_(str(ordinal)),
        _quantity(trimmed(line.quantity, 10), content.unit(line)),
        money.extension(counted.value),
        _pricing(_alternative(money.price(trimmed(counted.price, 10, 2)), _price_type("01"))),
        _allowance("00", counted.discount, counted.gross, money) if counted.discount else EMPTY,
        ubl.tax_total(
            money.tax(counted.tax),
            ubl.tax_subtotal(
                money.taxable(counted.value),
                money.tax(counted.tax),
                _line_tax(counted.tribute, counted.affectation, counted.rate),
            ),
        ),
        _item(
            _description(line.description),
            _sellers_item(ubl.id_(line.code)) if line.code else EMPTY,
        ),
        _price(money.price(trimmed(line.price, 10, 2))),
    )


@lru_cache(maxsize=64)
def _line_tax(tribute: str, affectation: str, rate: Decimal) -> Markup:
    return ubl.tax_category(_percent(trimmed(rate, 5)), _exemption(affectation), _scheme(tribute))
