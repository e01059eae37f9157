"""The liquidación de compra as XML: SelfBilledInvoice-2.1, element by element as in peru.md 13.

The parties are swapped: the customer is the issuer, the supplier a person without RUC.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from acuse.domain.document import Document, Line, Prepayment
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.money import trimmed
from acuse.domain.party import Address, Company
from acuse.jurisdictions.pe import content, identities, parties
from acuse.jurisdictions.pe.codes import CURRENCIES, TRIBUTES
from acuse.jurisdictions.pe.compose_lines import cents
from acuse.jurisdictions.pe.content_purchase import (
    AFFECTATIONS,
    INCOME_TRIBUTE,
    gold,
    operation,
    purchase_place,
    seller_place,
)
from acuse.jurisdictions.pe.frame import frame
from acuse.jurisdictions.pe.ids import number_text
from acuse.jurisdictions.pe.totals_purchase import LineSum, Sums, sums
from acuse.jurisdictions.pe.words import amount_in_words
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, node

CODE = "04"
FRAME = frame("SelfBilledInvoice", ubl.UBL + "SelfBilledInvoice-2")

_versions = joined(leaf("cbc:UBLVersionID")("2.1"), leaf("cbc:CustomizationID")("2.0"))
_issue_date = leaf("cbc:IssueDate")
_issue_time = leaf("cbc:IssueTime")
_type_code = leaf("cbc:InvoiceTypeCode", "listID")
_note = leaf("cbc:Note", "languageLocaleID")
_currency_code = leaf("cbc:DocumentCurrencyCode")
_line_count = leaf("cbc:LineCountNumeric")
_reference = node("cac:AdditionalDocumentReference")
_status = leaf("cbc:DocumentStatusCode")
_issuer = node("cac:IssuerParty")
_ten = leaf("cbc:DocumentTypeCode")("10")
_delivery = node("cac:DeliveryTerms", "cac:DeliveryLocation")
_place_kind = leaf("cbc:LocationTypeCode")
_address = node("cac:Address")
_prepaid = node("cac:PrepaidPayment")
_paid_date = leaf("cbc:PaidDate")
_reason_code = leaf("cbc:AllowanceChargeReasonCode")
_no_charge = leaf("cbc:ChargeIndicator")("false")
_line_node = node("cac:InvoiceLine")
_quantity = leaf("cbc:InvoicedQuantity", "unitCode")
_pricing = node("cac:PricingReference", "cac:AlternativeConditionPrice")
_onerous = leaf("cbc:PriceTypeCode")("01")
_percent = leaf("cbc:Percent")
_exemption = leaf("cbc:TaxExemptionReasonCode")
_item = node("cac:Item")
_description = leaf("cbc:Description")
_sellers_item = node("cac:SellersItemIdentification")
_property = node("cac:AdditionalItemProperty")
_property_code = leaf("cbc:NameCode")
_value = leaf("cbc:Value")
_price = node("cac:Price")
_income_scheme = ubl.tax_scheme(*INCOME_TRIBUTE)


def seal(document: Document, company: Company, credential: Credential, at: datetime) -> Sealed:
    """The signed document."""
    return FRAME.seal(compose(document, company, at), CODE, document, company, credential, at)


def compose(document: Document, company: Company, at: datetime) -> Markup:
    """All that stands behind the signature, in canonical form."""
    assert document.number is not None
    counted, number = sums(document), number_text(document.number)
    return joined(
        _header(document, counted, at),
        *(
            _advanced(ordinal, one, company)
            for ordinal, one in enumerate(document.prepayments, start=1)
        ),
        parties.signature(company, number),
        _buyer(company),
        _seller(document),
        _bought_at(document),
        *_advances(document, counted),
        _tax_total(document, counted),
        _monetary_total(document, counted),
        *(
            _line(ordinal, line, line_sum, document.currency)
            for ordinal, (line, line_sum) in enumerate(
                zip(document.lines, counted.lines, strict=True), start=1
            )
        ),
    )


def _header(document: Document, counted: Sums, at: datetime) -> Markup:
    assert document.date is not None
    assert document.number is not None
    return joined(
        _versions,
        ubl.id_(number_text(document.number)),
        _issue_date(document.date.isoformat()),
        _issue_time(at.astimezone(content.LIMA).strftime("%H:%M:%S")),
        _type_code(CODE, operation(document)),
        _note(amount_in_words(counted.payable, CURRENCIES[document.currency][1]), "1000"),
        _currency_code(document.currency),
        _line_count(str(len(document.lines))),
    )


def _advanced(ordinal: int, one: Prepayment, company: Company) -> Markup:
    return _reference(
        ubl.id_(one.reference),
        _ten,
        _status(str(ordinal)),
        _issuer(ubl.identified("6", company.tax_id.number)),
    )


def _buyer(company: Company) -> Markup:
    trade_name = company.trade_name
    return ubl.customer(
        ubl.party(
            ubl.identified("6", company.tax_id.number),
            ubl.party_name(ubl.name(trade_name)) if trade_name else EMPTY,
            ubl.party_legal_entity(
                ubl.registration_name(company.legal_name), _registered(company.address, "")
            ),
        )
    )


def _seller(document: Document) -> Markup:
    seller = document.counterparty
    return ubl.supplier(
        ubl.party(
            ubl.identified(identities.code(seller.tax_id), seller.tax_id.number),
            ubl.party_legal_entity(
                ubl.registration_name(seller.name),
                _registered(seller.address, seller_place(document)),
            ),
        )
    )


def _registered(at: Address | None, kind: str) -> Markup:
    assert at is not None
    return ubl.registration_address(
        *ubl.address_parts(
            place=at.place,
            kind=kind,
            city=at.city,
            region=at.region,
            district=at.district,
            line=at.line,
            country="PE",
        )
    )


def _bought_at(document: Document) -> Markup:
    kind, place, line = purchase_place(document)
    parts = ubl.address_parts(
        place=place, kind="", city="", region="", district="", line=line, country="PE"
    )
    return _delivery(_place_kind(kind), _address(*parts))


def _advances(document: Document, counted: Sums) -> tuple[Markup, ...]:
    """What was paid before, then its value and its income tax, each as a deduction."""
    if not counted.advances:
        return ()
    paid = ubl.money("PaidAmount", document.currency)
    code = AFFECTATIONS[counted.lines[0].affectation][1]
    both = zip(document.prepayments, counted.advances, strict=True)
    return (
        *(
            _prepaid(
                ubl.id_(str(ordinal)),
                paid(cents(advance.paid)),
                _paid_date(one.received.isoformat()),
            )
            for ordinal, (one, advance) in enumerate(both, start=1)
        ),
        *(_deduction(code, one.base, document.currency) for one in counted.advances),
        *(
            _deduction("61", one.income, document.currency)
            for one in counted.advances
            if one.income
        ),
    )


def _deduction(code: str, amount: Decimal, currency: str) -> Markup:
    return ubl.allowance_charge(
        _no_charge, _reason_code(code), ubl.money("Amount", currency)(cents(amount))
    )


def _tax_total(document: Document, counted: Sums) -> Markup:
    taxable = ubl.money("TaxableAmount", document.currency)
    tax = ubl.money("TaxAmount", document.currency)
    family = (
        ubl.tax_subtotal(
            taxable(cents(base)), tax(cents(amount)), ubl.tax_category(_scheme(tribute))
        )
        for tribute, base, amount in counted.bases
    )
    income = ubl.tax_subtotal(
        taxable(cents(counted.income_base)),
        tax(cents(counted.income)),
        ubl.tax_category(_income_scheme),
    )
    return ubl.tax_total(tax(cents(counted.igv)), *family, income if counted.income_base else EMPTY)


def _monetary_total(document: Document, counted: Sums) -> Markup:
    def money(element: str, amount: Decimal) -> Markup:
        return ubl.money(element, document.currency)(cents(amount))

    return ubl.legal_monetary_total(
        money("LineExtensionAmount", counted.value),
        money("TaxInclusiveAmount", counted.value + counted.line_igv),
        money("PrepaidAmount", counted.prepaid) if counted.prepaid else EMPTY,
        money("PayableAmount", counted.payable),
    )


def _line(ordinal: int, line: Line, counted: LineSum, currency: str) -> Markup:
    price, value = ubl.money("PriceAmount", currency), cents(counted.value)
    return _line_node(
        ubl.id_(str(ordinal)),
        _quantity(trimmed(line.quantity, 10), content.unit(line)),
        ubl.money("LineExtensionAmount", currency)(value),
        _pricing(price(trimmed(counted.price, 10, 2)), _onerous),
        _line_taxes(counted, currency),
        _item(
            _description(line.description),
            _sellers_item(ubl.id_(line.code)) if line.code else EMPTY,
            *(
                _property(ubl.name(name), _property_code(code), _value(told))
                for code, name, told in gold(line)
            ),
        ),
        _price(price(trimmed(line.price, 10, 2))),
    )


def _line_taxes(counted: LineSum, currency: str) -> Markup:
    value, tax = cents(counted.value), ubl.money("TaxAmount", currency)
    base = ubl.money("TaxableAmount", currency)(value)
    igv, income = tax(cents(counted.igv)), tax(cents(counted.income))
    return ubl.tax_total(
        igv,
        ubl.tax_subtotal(
            base,
            igv,
            ubl.tax_category(
                _percent(trimmed(counted.rate, 5)),
                _exemption(counted.affectation),
                _scheme(counted.tribute),
            ),
        ),
        ubl.tax_subtotal(
            base,
            income,
            ubl.tax_category(_percent(trimmed(counted.income_rate, 5)), _income_scheme),
        )
        if counted.income_rate
        else EMPTY,
    )


def _scheme(tribute: str) -> Markup:
    return ubl.tax_scheme(tribute, *TRIBUTES[tribute])
