"""What is written is what is read, for every value that a row may hold."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from acuse.domain.contact import ContactAddress, Role
from acuse.domain.document import Discount, Document, Instalment, Payment, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Customer
from acuse.store import codec
from tests.support import makers

RICH = makers.document(
    lines=(
        makers.line(
            discounts=(Discount(percent=Decimal("10.5"), reason="x"),),
            extra={"affectation": "20", "on": date(2026, 1, 2), "rate": Decimal("1.50"), "n": 3},
        ),
    ),
    payment=Payment(
        PaymentForm.CREDIT, "CARD", date(2027, 1, 1), (Instalment(date(2027, 1, 1), Decimal(5)),)
    ),
    exchange_rate=Decimal("3.750"),
    notes=("uno", "dos"),
    extra={"list": ("a", Decimal("1.0"))},
)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Document, makers.document()),
        (Document, RICH),
        (Document, makers.costa_rican_document()),
        (Company, makers.company()),
        (Company, makers.costa_rican_company(address=None, certificate=None)),
    ],
)
def test_a_value_survives_its_row(kind: type, value: object) -> None:
    assert codec.load(kind, json.loads(json.dumps(codec.dump(value)))) == value


def test_a_party_kept_before_its_addresses_had_roles_reads_as_before() -> None:
    document = makers.document(counterparty=makers.customer(emails=("a@x.example", "b@x.example")))
    dumped = codec.dump(document)
    assert dumped["counterparty"]["emails"] == ["a@x.example", "b@x.example"]
    assert "rules" not in dumped["counterparty"]  # what is kept of a plain list is as it ever was
    read = codec.load(Document, dumped).counterparty
    assert read.addresses == (ContactAddress("a@x.example"), ContactAddress("b@x.example"))


def test_the_roles_of_addresses_survive_their_row() -> None:
    kinds = frozenset({DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE})
    addresses = (ContactAddress("a@x.example"), ContactAddress("b@x.example", Role.BLIND, kinds))
    party = makers.customer().reached_at(addresses)
    read = codec.load(Customer, json.loads(json.dumps(codec.dump(party))))
    assert read == party
    assert read.addresses == addresses


def test_an_unknown_field_of_an_older_row_is_left_aside() -> None:
    dumped = codec.dump(makers.document()) | {"forgotten": 1}
    assert codec.load(Document, dumped) == makers.document()
