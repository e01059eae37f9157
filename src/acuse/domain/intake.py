"""The documented document format (docs/document-format.md) as a `Document`, and back.

Source: design.md 3.11, product.md 1.9. All problems are told at once, each with its path.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain import intake_parts as parts
from acuse.domain.document import Discount, Document, Line, Payment
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.json_text import parse_json
from acuse.domain.jurisdiction import Scope, Traits
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, Customer, TaxId, Wish
from acuse.domain.problem import Problem

__all__ = ["OBSERVATIONS", "parse_json", "read_document", "write_document"]

# The user's own remark: kept with the document, never printed, sent or mailed.
OBSERVATIONS = "observations"

_NOBODY = Customer(TaxId("", ""), "")


def read_document(
    raw: Mapping[str, object], traits: Traits, *, rehearsal: bool = False
) -> Document | tuple[Problem, ...]:
    """The document that the mapping describes, or everything that is wrong with it.

    Ids are resolved before: here each is the object itself. `rehearsal` lets addresses of the
    reserved example domains pass. A wished series is `number.series` with the value 0.
    """
    problems = Problems()
    fields = Fields(raw, "", problems)
    client = fields.child("client", required=True)
    items = fields.children("items", parts.MOST_ITEMS)
    if raw.get("items") in (None, [], ()):
        fields.wrong("items", "20", "El documento no tiene ítems. Agrega al menos uno.")
    currency, rate = _currency(fields, traits)
    notes = fields.text("anotation", 5000, lines=True)
    extra = dict(parts.own_fields(fields, Scope.DOCUMENT, traits))
    observations = fields.text("observations", 5000, lines=True)
    if observations:
        extra[OBSERVATIONS] = observations
    kinds = {kind.kind.value: kind.kind for kind in traits.kinds}
    document = Document(
        kind=fields.choice("kind", kinds, DocumentKind.INVOICE),
        counterparty=parts.client(client, traits, rehearsal=rehearsal) if client else _NOBODY,
        lines=tuple(parts.item(item, traits) for item in items),
        currency=currency,
        date=fields.day("date"),
        number=_series(fields),
        exchange_rate=rate,
        discounts=parts.discounts(fields, "discount"),
        payment=parts.payment(fields),
        notes=tuple(notes.split("\n")) if notes else (),
        purchase_order=fields.text("purchaseOrder", 50),
        extra=extra,
    )
    fields.finish()
    return problems.found() or document


def _currency(fields: Fields, traits: Traits) -> tuple[str, Decimal | None]:
    inner = fields.child("currency")
    if inner is None:
        return traits.currency, None
    code = inner.choice("code", {code: code for code in traits.currencies}, traits.currency)
    rate = inner.figure("exchangeRate")
    if rate is not None and rate <= 0:
        inner.wrong("exchangeRate", "4", f"El tipo de cambio es {rate}: debe ser mayor que 0.")
    inner.finish()
    return code, rate


def _series(fields: Fields) -> Number | None:
    inner = fields.child("numberTemplate")
    if inner is None:
        return None
    prefix = inner.text("prefix", 20, required=True)
    inner.finish()
    return Number(prefix, 0)


def write_document(document: Document, traits: Traits) -> dict[str, Any]:
    """The document in its format, JSON types only; what is empty is left out.

    Of a number only the series is written: whoever reads it back gets a draft.
    """
    extra = {key: part for key, part in document.extra.items() if key != OBSERVATIONS}
    foreign = document.currency != traits.currency or document.exchange_rate is not None
    return _without_empty(
        {
            "kind": document.kind.value,
            "client": _client(document.counterparty),
            "date": _plain(document.date),
            "numberTemplate": {"prefix": document.number.series} if document.number else None,
            "currency": _without_empty(
                {"code": document.currency, "exchangeRate": _plain(document.exchange_rate)}
            )
            if foreign
            else None,
            **_payment(document.payment),
            "items": [_item(line) for line in document.lines],
            "discount": _discount(document.discounts),
            "anotation": "\n".join(document.notes),
            "observations": document.extra.get(OBSERVATIONS),
            "purchaseOrder": document.purchase_order,
            "extra": {key: _plain(part) for key, part in extra.items()},
        }
    )


def _client(customer: Customer) -> dict[str, Any]:
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
            "emailConfirmed": True if customer.emails else None,
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
            "discount": _discount(line.discounts),
            "tax": [{"code": tax.code, "percentage": _plain(tax.percent)} for tax in line.taxes],
            "extra": {key: _plain(part) for key, part in line.extra.items()},
        }
    )


def _discount(discounts: tuple[Discount, ...]) -> dict[str, Any] | None:
    """The format holds one discount for each line and one for the document."""
    if not discounts:
        return None
    if len(discounts) > 1:
        raise ValueError("the document format holds one discount")
    (one,) = discounts
    return _without_empty(
        {"amount": _plain(one.amount), "percent": _plain(one.percent), "reason": one.reason}
    )


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
