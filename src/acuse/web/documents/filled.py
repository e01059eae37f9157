"""A document as the values of its form: a draft to edit, an invoice that a note corrects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Payment, Reference
from acuse.domain.intake import write_document as written
from acuse.domain.traits import FieldSpec, FieldType, KindTraits, Scope, Traits
from acuse.web.documents import kept
from acuse.web.documents.line_fields import tax_name, unit_name
from acuse.web.typed import shown


def values(document: Document, traits: Traits, customer_id: int | None) -> dict[str, str]:
    """What each field of the form says for this document."""
    raw = written(document, traits)
    currency, mark = raw.get("currency", {}), traits.words.decimal_mark
    told: dict[str, Any] = {
        "kind": raw["kind"],
        "client": "new" if customer_id is None else str(customer_id),
        "payment_form": raw.get("paymentForm"),
        "payment_method": raw.get("paymentMethod"),
        "due_date": raw.get("dueDate"),
        "prices_with_tax": "true" if raw.get("pricesIncludeTax") else "",
        "currency": currency.get("code", traits.currency),
        "exchange_rate": shown(currency.get("exchangeRate"), mark),
        "anotation": raw.get("anotation"),
        "date": raw.get("date"),
        "series": raw.get("numberTemplate", {}).get("prefix"),
        "purchase_order": raw.get("purchaseOrder"),
        "observations": raw.get("observations"),
        **_adjustment(raw, "discount", "", mark),
        **_adjustment(raw, "charge", "", mark),
        **{f"period-{end}": day for end, day in raw.get("period", {}).items()},
        **_own(raw, "extra-", traits.own(Scope.DOCUMENT, document.kind), mark),
    }
    if customer_id is None:
        told |= _client(raw["client"], traits)
    for part in ("references", "prepayments"):
        for index, row in enumerate(raw.get(part, [])):
            told |= {f"{part}-{index}-{name}": value for name, value in row.items()}
            if "amount" in row:
                told[f"{part}-{index}-amount"] = shown(row["amount"], mark)
    for index, one in enumerate(raw["items"]):
        told |= _line(one, f"items-{index}-", traits)
    return {name: "" if value is None else str(value) for name, value in told.items()}


def note(kind: KindTraits, original: Document, *, number: str, fiscal_id: str) -> Document:
    """The note of that kind, as it is proposed: the original's lines and sums, and what it is."""
    assert original.date is not None
    corrected = Reference(number, original.date, fiscal_id, original.kind)
    return replace(
        original,
        kind=kind.kind,
        date=None,
        number=None,
        payment=Payment(),
        notes=(),
        purchase_order="",
        prepayments=(),
        references=(corrected,),
        period=None,
        contingency=False,
        extra={},
    )


def _client(raw: Mapping[str, Any], traits: Traits) -> dict[str, Any]:
    identity, address = raw["identificationObject"], raw.get("address", {})
    return {
        "client-type": identity["type"],
        "client-number": identity["number"],
        "client-name": raw.get("name"),
        "client-email": raw.get("email"),
        "client-phone": raw.get("phonePrimary"),
        "client-address": address.get("address"),
        "client-place": address.get("place"),
        **_own(raw, "client-extra-", traits.own(Scope.CUSTOMER), traits.words.decimal_mark),
    }


def _line(raw: Mapping[str, Any], of: str, traits: Traits) -> dict[str, Any]:
    discount, mark = raw.get("discount", {}), traits.words.decimal_mark
    if isinstance(discount, list):
        discount = {}
    told = {
        f"{of}name": raw.get("name"),
        f"{of}code": raw.get("code"),
        f"{of}quantity": shown(raw.get("quantity"), mark),
        f"{of}unit": raw.get("unit"),
        f"{of}price": shown(raw.get("price"), mark),
        f"{of}discount": shown(discount.get("percent"), mark),
        f"{of}discount_amount": shown(discount.get("amount"), mark),
        f"{of}discount_reason": discount.get("reason"),
        **_adjustment(raw, "charge", of, mark),
        f"{of}kept": kept.write(raw),
        f"{of}tax": "",
        **_own(raw, f"{of}extra-", traits.own(Scope.LINE), mark),
    }
    for place, tax in enumerate(raw.get("tax", [])):
        told[tax_name(of, place)] = f"{tax['code']}|{Decimal(tax['percentage']).normalize():f}"
        told[unit_name(of, place)] = shown(tax.get("perUnit"), mark)
    return told


def _adjustment(raw: Mapping[str, Any], name: str, of: str, mark: str) -> dict[str, Any]:
    """The fields of one discount or charge; several have none."""
    told = raw.get(name, {})
    if isinstance(told, list):
        return {}
    amount = f"{told['percent']}%" if "percent" in told else told.get("amount", "")
    return {f"{of}{name}": shown(amount, mark), f"{of}{name}_reason": told.get("reason")}


def _own(
    raw: Mapping[str, Any], prefix: str, specs: Iterable[FieldSpec], mark: str
) -> dict[str, Any]:
    """The country's own fields."""
    figures = {spec.name for spec in specs if spec.type is FieldType.DECIMAL}
    told = {}
    for name, value in raw.get("extra", {}).items():
        told[f"{prefix}{name}"] = str(value).lower() if isinstance(value, bool) else value
        if name in figures:
            told[f"{prefix}{name}"] = shown(value, mark)
    return told
