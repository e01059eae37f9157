"""The documented document format (docs/document-format.md) as a `Document`.

Source: design.md 3.11, product.md 1.9. All problems are told at once, each with its path.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from acuse.domain import intake_parts as parts
from acuse.domain.document import Document
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_own import own_fields
from acuse.domain.intake_written import OBSERVATIONS, write_client, write_document
from acuse.domain.json_text import parse_json
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Customer, TaxId
from acuse.domain.problem import Problem
from acuse.domain.traits import Scope, Traits

__all__ = [
    "OBSERVATIONS",
    "parse_json",
    "read_client",
    "read_document",
    "write_client",
    "write_document",
]

_NOBODY = Customer(TaxId("", ""), "")


def read_document(
    raw: Mapping[str, object],
    traits: Traits,
    *,
    rehearsal: bool = False,
    own: Collection[str] = (),
) -> Document | tuple[Problem, ...]:
    """The document that the mapping describes, or everything that is wrong with it.

    Ids are resolved before: here each is the object itself. `rehearsal` lets addresses of the
    reserved example domains pass; `own` are the company's addresses, which are asked about. A
    wished series is `number.series` with the value 0.
    """
    problems = Problems()
    fields = Fields(raw, "", problems)
    kinds = {kind.kind.value: kind.kind for kind in traits.kinds}
    kind = fields.choice("kind", kinds, DocumentKind.INVOICE)
    client = fields.child("client", required=True)
    items = fields.children("items", parts.MOST_ITEMS)
    if raw.get("items") in (None, [], ()):
        fields.wrong("items", "20", "El documento no tiene ítems. Agrega al menos uno.")
    currency, rate = _currency(fields, traits)
    notes = fields.text("anotation", 5000, lines=True)
    extra = dict(own_fields(fields, Scope.DOCUMENT, traits, kind))
    observations = fields.text("observations", 5000, lines=True)
    if observations:
        extra[OBSERVATIONS] = observations
    party = parts.client(client, traits, rehearsal=rehearsal, own=own) if client else _NOBODY
    document = Document(
        kind=kind,
        counterparty=party,
        lines=tuple(parts.item(item, traits, kind) for item in items),
        currency=currency,
        date=fields.day("date"),
        number=_series(fields),
        exchange_rate=rate,
        discounts=parts.discounts(fields, "discount"),
        charges=parts.charges(fields),
        payment=parts.payment(fields),
        prepayments=parts.prepayments(fields),
        references=parts.references(fields, kinds),
        period=parts.period(fields),
        notes=tuple(notes.split("\n")) if notes else (),
        purchase_order=fields.text("purchaseOrder", 50),
        prices_with_tax=fields.flag("pricesIncludeTax", False),
        extra=extra,
    )
    fields.finish()
    return problems.found() or document


def read_client(
    raw: Mapping[str, object],
    traits: Traits,
    *,
    rehearsal: bool = False,
    own: Collection[str] = (),
) -> Customer | tuple[Problem, ...]:
    """The contact that the mapping describes, as a document's `client`, or all that is wrong."""
    problems = Problems()
    read = parts.client(Fields(raw, "", problems), traits, rehearsal=rehearsal, own=own)
    return problems.found() or read


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
