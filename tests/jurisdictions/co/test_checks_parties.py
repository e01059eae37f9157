"""What is told of the other party of a Colombian document: one value differs each time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from acuse.domain.party import Address, TaxId
from tests.jurisdictions.co.checked import ADDRESS, CONSUMER, SELLER, K, buyer, document, of
from tests.jurisdictions.co.dian import BUYER

ABROAD = Address("12 Invented Street, Springfield", country="US")
GOOD: list[dict[str, Any]] = [
    {},
    {"emails": (), "phone": ""},
    {"phone": "57 604 5550134"},
    {"tax_id": TaxId("NIT", "1020304050")},  # a person's NIT
    {"tax_id": TaxId("CC", "52123456")},
    {"tax_id": TaxId("CE", "E4123456")},
    {"tax_id": TaxId("PP", "AB123456")},
    {"tax_id": TaxId("NITX", "12-3456789"), "address": ABROAD},
    {"tax_id": TaxId("TI", "1020304050")},
    {"address": ADDRESS},
    {"address": replace(ADDRESS, city="bogota", region="BOGOTÁ D.C.")},
    {"address": Address("Calle 1 2 3")},  # without its municipality it is left out
    {"address": ABROAD},
    {"extra": {"organization": "2", "regime": "49", "responsibilities": "O-47"}},
    {"extra": {"tax_scheme": "ZZ", "postal_code": "110111"}},
]
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("extra.first_name", "FAK56", {"extra": {"first_name": "Ana"}}),
    ("extra.family_name", "FAK56", {"extra": {"organization": "1", "family_name": "Paz"}}),
    ("extra.first_name", "FAK56", {"extra": {"organization": "2", "first_name": "Ana\x01"}}),
    ("name", "FAK20", {"name": "Ana"}),
    ("name", "FAK20", {"name": "A" * 451}),
    ("phonePrimary", "FAK53", {"phone": "57 1\x01"}),
    ("email", "FAK55", {"emails": ("a@b.example", "c\x01@d.example")}),
    ("identificationObject.type", "FAK25", {"tax_id": TaxId("RUC", BUYER)}),
    ("identificationObject.type", "FAK25", {"tax_id": TaxId("CE", "222222222222")}),
    ("identificationObject.number", "FAK21", {"tax_id": TaxId("NIT", "")}),
    ("identificationObject.number", "FAK21", {"tax_id": TaxId("NIT", "12345678901")}),
    ("identificationObject.number", "FAK24", {"tax_id": TaxId("NIT", f"{BUYER}-5")}),
    ("identificationObject.number", "FAK24", {"tax_id": TaxId("NIT", f"{BUYER}4")}),
    ("identificationObject.number", "FAK21", {"tax_id": TaxId("CC", "52.123.456")}),
    ("identificationObject.number", "FAK21", {"tax_id": TaxId("PP", "AB 123456")}),
    ("identificationObject.number", "FAK21", {"tax_id": TaxId("DE", "X" * 21)}),
    ("extra.organization", "FAK02", {"extra": {"organization": "3"}}),
    ("extra.regime", "FAK26", {"extra": {"regime": "04"}}),
    ("extra.responsibilities", "FAK26", {"extra": {"responsibilities": "O-48"}}),
    ("extra.responsibilities", "FAK26", {"extra": {"responsibilities": "R-99-PN;O-13"}}),
    ("extra.tax_scheme", "FAK40", {"extra": {"tax_scheme": "02"}}),
    ("extra.postal_code", "FAK57", {"extra": {"postal_code": "1101"}}),
    ("address.place", "FAK09", {"address": replace(ADDRESS, place="5001")}),
    ("address.city", "FAK10", {"address": replace(ADDRESS, city="Cali")}),
    ("address.department", "FAK30", {"address": replace(ADDRESS, region="Valle del Cauca")}),
    ("address.address", "FAK14", {"address": replace(ADDRESS, line="C" * 301)}),
    ("address.country", "FAK16", {"address": replace(ABROAD, country="ZX")}),
    ("address.place", "FAK09", {"address": replace(ABROAD, place="11001")}),
    ("address.address", "FAK14", {"address": replace(ABROAD, line="C" * 301)}),
    ("address.city", "FAK10", {"address": replace(ABROAD, city="C" * 61)}),
    ("address.department", "FAK11", {"address": replace(ABROAD, region="C" * 61)}),
]


@pytest.mark.parametrize("changes", GOOD, ids=range(len(GOOD)))
def test_nothing_is_told_of_a_good_buyer(changes: dict[str, Any]) -> None:
    assert of(document(counterparty=buyer(**changes))) == []


@pytest.mark.parametrize(
    ("field", "code", "changes"), WRONG, ids=[f"{n}-{one[1]}" for n, one in enumerate(WRONG)]
)
def test_what_is_wrong_with_a_buyer_is_told(field: str, code: str, changes: dict[str, Any]) -> None:
    assert of(document(counterparty=buyer(**changes))) == [(f"client.{field}", f"CO-{code}")]


def test_of_the_consumidor_final_only_the_number_counts() -> None:
    assert of(document(counterparty=replace(CONSUMER, name="x", extra={"regime": "?"}))) == []


def test_a_seller_is_told_in_the_codes_of_an_issuer() -> None:
    seller = buyer(address=replace(SELLER, place="99999"), name="Ana")
    assert of(document(K.PURCHASE, counterparty=seller)) == [
        ("client.name", "CO-DSAJ20"),
        ("client.address.place", "CO-DSAJ09"),
    ]


def test_a_seller_abroad_needs_no_municipality() -> None:
    assert of(document(K.PURCHASE, counterparty=buyer(address=ABROAD))) == []
