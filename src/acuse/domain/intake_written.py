"""A `Document` as the document format writes it (docs/document-format.md)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain import intake_contact
from acuse.domain.document import (
    Adjustment,
    Document,
    Line,
    Payment,
    Period,
    Prepayment,
    Reference,
    Tax,
)
from acuse.domain.party import Address, Customer, Wish
from acuse.domain.traits import Traits

# The user's own remark: kept with the document, never printed, sent or mailed.
OBSERVATIONS = "observations"


def write_document(document: Document, traits: Traits) -> dict[str, Any]:
    """The document in its format, JSON types only; what is empty is left out.

    Of a number only the series is written: whoever reads it back gets a draft.
    """
    extra = {key: part for key, part in document.extra.items() if key != OBSERVATIONS}
    foreign = document.currency != traits.currency or document.exchange_rate is not None
    return _without_empty(
        {
            "kind": document.kind.value,
            "client": write_client(document.counterparty),
            "date": _plain(document.date),
            "numberTemplate": {"prefix": document.number.series} if document.number else None,
            "currency": _without_empty(
                {"code": document.currency, "exchangeRate": _plain(document.exchange_rate)}
            )
            if foreign
            else None,
            **_payment(document.payment),
            "items": [_item(line) for line in document.lines],
            "discount": _adjustments(document.discounts),
            "charge": _adjustments(document.charges),
            "prepayments": [_prepayment(one) for one in document.prepayments],
            "references": [_reference(one) for one in document.references],
            "period": _period(document.period),
            "anotation": "\n".join(document.notes),
            "observations": document.extra.get(OBSERVATIONS),
            "purchaseOrder": document.purchase_order,
            "pricesIncludeTax": True if document.prices_with_tax else None,
            "extra": {key: _plain(part) for key, part in extra.items()},
        }
    )


def write_client(customer: Customer) -> dict[str, Any]:
    """The other party in the document format; a contact alone is written the same."""
    never = customer.wish is Wish.NEVER
    return _without_empty(
        {
            "name": customer.name,
            "identificationObject": {
                "type": customer.tax_id.kind,
                "number": customer.tax_id.number,
            },
            "email": "; ".join(customer.emails),
            # What is written here was accepted before: nobody is asked twice.
            "emailConfirmed": True if customer.addresses else None,
            "emails": intake_contact.write(customer.addresses) if customer.rules else None,
            "address": _address(customer.address),
            "phonePrimary": customer.phone,
            "settings": {"sendElectronicDocuments": False} if never else None,
            "extra": {key: _plain(part) for key, part in customer.extra.items()},
        }
    )


def _address(address: Address | None) -> dict[str, Any] | None:
    if address is None:
        return None
    return _without_empty(
        {
            "address": address.line,
            "place": address.place,
            "district": address.district,
            "city": address.city,
            "department": address.region,
            "country": address.country,
        }
    )


def _item(line: Line) -> dict[str, Any]:
    return _without_empty(
        {
            "name": line.description,
            "code": line.code,
            "price": _plain(line.price),
            "quantity": _plain(line.quantity),
            "unit": line.unit,
            "discount": _adjustments(line.discounts),
            "charge": _adjustments(line.charges),
            "tax": [_tax(tax) for tax in line.taxes],
            "components": [_item(one) for one in line.components],
            "extra": {key: _plain(part) for key, part in line.extra.items()},
        }
    )


def _tax(tax: Tax) -> dict[str, Any]:
    amount = {"code": tax.code, "percentage": _plain(tax.percent)}
    return amount if tax.per_unit is None else {**amount, "perUnit": _plain(tax.per_unit)}


def _adjustments(told: tuple[Adjustment, ...]) -> dict[str, Any] | list[dict[str, Any]] | None:
    """One as an object, several as a list of them."""
    written = [
        _without_empty(
            {"amount": _plain(one.amount), "percent": _plain(one.percent), "reason": one.reason}
        )
        for one in told
    ]
    return written if len(written) > 1 else written[0] if written else None


def _prepayment(one: Prepayment) -> dict[str, Any]:
    return _without_empty(
        {"amount": _plain(one.amount), "date": _plain(one.received), "reference": one.reference}
    )


def _reference(one: Reference) -> dict[str, Any]:
    return _without_empty(
        {
            "number": one.number,
            "date": _plain(one.date),
            "fiscalId": one.fiscal_id,
            "kind": one.kind.value if one.kind else None,
            "reasonCode": one.reason_code,
            "reason": one.reason,
        }
    )


def _period(period: Period | None) -> dict[str, Any] | None:
    return {"start": _plain(period.start), "end": _plain(period.end)} if period else None


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "dueDate": _plain(payment.due),
        "paymentForm": payment.form.value,
        "paymentMethod": payment.method,
        "instalments": [
            {"dueDate": _plain(one.due), "amount": _plain(one.amount)}
            for one in payment.instalments
        ],
    }


def _plain(value: object) -> Any:
    """The value as JSON holds it without loss."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _without_empty(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in raw.items() if part not in (None, "", [], {})}
