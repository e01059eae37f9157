"""What lines of payments and of goods leave out, and the fields that only some kinds have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Document
from acuse.domain.intake import read_document, write_document
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, KindTraits, Lines, Scope
from tests.domain.formats import TRAITS, small

GOODS = KindTraits(DocumentKind.DESPATCH, "9", "Guía", "Guías", lines=Lines.GOODS)
PAYMENTS = KindTraits(DocumentKind.RETENTION, "8", "Retención", "R", lines=Lines.PAYMENTS)
ROUTE = FieldSpec(
    "route",
    Scope.DOCUMENT,
    FieldType.TEXT,
    "Ruta",
    required=True,
    kinds=frozenset({DocumentKind.DESPATCH}),
)
SEAL = FieldSpec(
    "seal", Scope.LINE, FieldType.TEXT, "Precinto", kinds=frozenset({DocumentKind.DESPATCH})
)
COUNTRY = replace(TRAITS, kinds=(*TRAITS.kinds, GOODS, PAYMENTS), fields=(ROUTE, SEAL))


def read(kind: str, item: dict[str, Any], **changes: Any) -> Document | list[tuple[str, str]]:
    raw = small(kind=kind, items=[{"name": "Silla"} | item], **changes)
    found = read_document(raw, COUNTRY, rehearsal=True)
    if isinstance(found, Document):
        return found
    return [(one.field, one.code) for one in found]


def test_goods_need_no_price_and_payments_no_quantity() -> None:
    goods = read("DESPATCH", {"quantity": "3"}, extra={"route": "Sur"})
    paid = read("RETENTION", {"price": "118.00"})
    assert isinstance(goods, Document)
    assert isinstance(paid, Document)
    assert (goods.lines[0].quantity, goods.lines[0].price) == (3, 0)
    assert (paid.lines[0].quantity, paid.lines[0].price) == (1, Decimal("118.00"))
    for document in (goods, paid):
        assert read_document(write_document(document, COUNTRY), COUNTRY, rehearsal=True) == document


@pytest.mark.parametrize(
    ("kind", "item", "field"),
    [
        ("DESPATCH", {}, "items.0.quantity"),
        ("RETENTION", {}, "items.0.price"),
        ("INVOICE", {"quantity": "1"}, "items.0.price"),
        ("INVOICE", {"price": "1"}, "items.0.quantity"),
    ],
)
def test_what_a_kind_has_is_required_of_it(kind: str, item: dict[str, Any], field: str) -> None:
    extra = {"route": "Sur"} if kind == "DESPATCH" else {}
    assert read(kind, item, extra=extra) == [(field, "XX-DOC-1")]


def test_a_wrong_quantity_of_a_payment_is_told_and_not_taken_for_one() -> None:
    assert read("RETENTION", {"price": "1", "quantity": "x"}) == [("items.0.quantity", "XX-DOC-3")]


def test_a_field_of_another_kind_is_told_as_such() -> None:
    line = {"price": "1", "quantity": "1", "extra": {"seal": "A1"}}
    assert read("INVOICE", line, extra={"route": "Sur"}) == [
        ("extra.route", "XX-DOC-24"),
        ("items.0.extra.seal", "XX-DOC-24"),
    ]


def test_a_field_of_some_kinds_is_required_of_these_alone() -> None:
    assert read("DESPATCH", {"quantity": "1"}) == [("extra.route", "XX-DOC-1")]
    assert isinstance(read("INVOICE", {"price": "1", "quantity": "1"}), Document)
