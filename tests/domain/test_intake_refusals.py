"""Bad documents: each problem with its place and its code, all at once, and quickly."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.domain.document import (
    Document,
)
from acuse.domain.intake import read_document
from tests.domain.formats import TRAITS, item, problems_of, read, small

BAD_DOCUMENTS = [
    ({"client": None}, "client", "XX-DOC-1"),
    ({"client": 12}, "client", "XX-DOC-22"),
    ({"items": None}, "items", "XX-DOC-20"),
    ({"items": []}, "items", "XX-DOC-20"),
    ({"items": "silla"}, "items", "XX-DOC-23"),
    ({"items": [7]}, "items.0", "XX-DOC-22"),
    ({"items": [{}] * 1001}, "items", "XX-DOC-8"),
    ({"kind": "FACTURA"}, "kind", "XX-DOC-7"),
    ({"kind": "CREDIT_NOTE"}, "kind", "XX-DOC-7"),
    ({"date": "25/11/2026"}, "date", "XX-DOC-5"),
    ({"date": "2026-02-30"}, "date", "XX-DOC-5"),
    ({"date": 20261125}, "date", "XX-DOC-5"),
    ({"currency": {"code": "EUR"}}, "currency.code", "XX-DOC-7"),
    ({"currency": {"code": "USD", "exchangeRate": 0}}, "currency.exchangeRate", "XX-DOC-4"),
    ({"paymentForm": "cash"}, "paymentForm", "XX-DOC-7"),
    ({"paymentMethod": ["CASH"]}, "paymentMethod", "XX-DOC-7"),
    ({"numberTemplate": {}}, "numberTemplate.prefix", "XX-DOC-1"),
    ({"numberTemplate": "F001"}, "numberTemplate", "XX-DOC-22"),
    ({"instalments": [{"amount": 1}]}, "instalments.0.dueDate", "XX-DOC-1"),
    (
        {"instalments": [{"dueDate": "2026-12-01", "amount": -1}]},
        "instalments.0.amount",
        "XX-DOC-4",
    ),
    ({"discount": 101}, "discount", "XX-DOC-4"),
    ({"discount": {}}, "discount.amount", "XX-DOC-13"),
    ({"discount": {"amount": 1, "percent": 1}}, "discount.amount", "XX-DOC-13"),
    ({"anotation": 5}, "anotation", "XX-DOC-2"),
    ({"anotation": "a" * 5001}, "anotation", "XX-TXT-1"),
    ({"purchaseOrder": "a\ud800"}, "purchaseOrder", "XX-TXT-2"),
    ({"extra": {"plan": "2.5"}}, "extra.plan", "XX-DOC-3"),
    ({"extra": {"trip": "mañana"}}, "extra.trip", "XX-DOC-5"),
    ({"extra": {"good": "77"}}, "extra.good", "XX-DOC-6"),
    ({"extra": {"till": "A"}}, "extra.till", "XX-DOC-24"),
    ({"cliente": {}}, "cliente", "XX-DOC-6"),
]
BAD_ITEMS = [
    ({"name": ""}, "name", "XX-DOC-1"),
    ({"name": " \u200b "}, "name", "XX-DOC-1"),
    ({"price": None}, "price", "XX-DOC-1"),
    ({"price": True}, "price", "XX-DOC-3"),
    ({"price": 10.5}, "price", "XX-DOC-3"),
    ({"price": "10,50"}, "price", "XX-DOC-3"),
    ({"price": "1e3"}, "price", "XX-DOC-3"),
    ({"price": "NaN"}, "price", "XX-DOC-3"),
    ({"price": Decimal("NaN")}, "price", "XX-DOC-3"),
    ({"price": Decimal("Infinity")}, "price", "XX-DOC-3"),
    ({"price": "٣"}, "price", "XX-DOC-3"),
    ({"price": Decimal("1e999")}, "price", "XX-DOC-4"),
    ({"price": Decimal("1e999999999")}, "price", "XX-DOC-4"),
    ({"price": Decimal("1e-999999999")}, "price", "XX-DOC-4"),
    ({"price": "0.12345678901"}, "price", "XX-DOC-4"),
    ({"price": 10**5000}, "price", "XX-DOC-4"),
    ({"price": 10**15}, "price", "XX-DOC-4"),
    ({"quantity": {}}, "quantity", "XX-DOC-3"),
    ({"code": 5}, "code", "XX-DOC-2"),
    ({"code": "a", "reference": "b"}, "reference", "XX-DOC-14"),
    ({"tax": [{"percentage": -1}]}, "tax.0.percentage", "XX-DOC-4"),
    ({"tax": [{"code": "IGV", "percentage": 1}]}, "tax.0.code", "XX-DOC-7"),
    ({"tax": [{}]}, "tax.0.percentage", "XX-DOC-1"),
    ({"discount": "diez"}, "discount", "XX-DOC-3"),
    ({"discount": {"percent": 101}}, "discount.percent", "XX-DOC-4"),
    ({"extra": {}}, "extra.good", "XX-DOC-1"),
    ({"extra": None}, "extra.good", "XX-DOC-1"),
    ({"extra": {"good": "7", "fragile": "sí"}}, "extra.fragile", "XX-DOC-21"),
    ({"extra": {"good": "7", "grade": "C"}}, "extra.grade", "XX-DOC-7"),
    ({"extra": {"good": "7", "god": "7"}}, "extra.god", "XX-DOC-6"),
    ({"cantidad": 2}, "cantidad", "XX-DOC-6"),
]
BAD_CLIENTS = [
    ({"name": None}, "name", "XX-DOC-1"),
    ({"identificationObject": None}, "identificationObject", "XX-DOC-1"),
    ({"identificationObject": {"number": "1"}}, "identificationObject.type", "XX-DOC-1"),
    (
        {"identificationObject": {"type": "RUC", "number": "1"}},
        "identificationObject.type",
        "XX-DOC-7",
    ),
    (
        {"identificationObject": {"type": "TIN", "number": 123}},
        "identificationObject.number",
        "XX-DOC-2",
    ),
    ({"email": [5]}, "email", "XX-DOC-2"),
    ({"email": None, "emails": [{}]}, "emails.0.address", "XX-DOC-1"),
    ({"email": None, "emails": [{"address": "ana"}]}, "emails.0.address", "XX-DOC-10"),
    ({"email": None, "emails": [{"address": "ana@gmial.com"}]}, "emails.0.address", "XX-DOC-11"),
    (
        {"email": None, "emails": [{"address": "a@t.example", "role": "CC"}]},
        "emails.0.role",
        "XX-DOC-7",
    ),
    (
        {"email": None, "emails": [{"address": "a@t.example", "kinds": ["BILL"]}]},
        "emails.0.kinds.0",
        "XX-DOC-7",
    ),
    (
        {"email": None, "emails": [{"address": "a@t.example", "kinds": "INVOICE"}]},
        "emails.0.kinds",
        "XX-DOC-23",
    ),
    (
        {"email": None, "emails": [{"address": "a@t.example", "rol": "TO"}]},
        "emails.0.rol",
        "XX-DOC-6",
    ),
    (
        {"email": None, "emails": [{"address": "a@t.example", "role": "COPY"}]},
        "emails",
        "XX-DOC-26",
    ),
    (
        {
            "email": None,
            "emails": [{"address": "a@t.example"}, {"address": "A@t.example", "role": "BLIND"}],
        },
        "emails",
        "XX-DOC-25",
    ),
    ({"email": "b@t.example", "emails": [{"address": "a@t.example"}]}, "emails", "XX-DOC-14"),
    (
        {
            "email": None,
            "emails": [{"address": "; ".join(f"a{n}@t.example" for n in range(7))}] * 3,
        },
        "emails",
        "XX-DOC-8",
    ),
    ({"email": "ana"}, "email", "XX-DOC-10"),
    ({"email": "ana@gmial.com"}, "email", "XX-DOC-11"),
    ({"settings": {"sendElectronicDocuments": 0}}, "settings.sendElectronicDocuments", "XX-DOC-21"),
    ({"address": {"address": "Calle 1", "country": "Perú"}}, "address.country", "XX-TXT-1"),
    ({"address": "Calle 1"}, "address", "XX-DOC-22"),
    ({"telefono": "1"}, "telefono", "XX-DOC-6"),
]


@pytest.mark.parametrize(("changes", "field", "code"), BAD_DOCUMENTS)
def test_a_bad_document_is_told_where_and_why(
    changes: dict[str, Any], field: str, code: str
) -> None:
    assert (field, code) in problems_of(small(**changes))


@pytest.mark.parametrize(("changes", "field", "code"), BAD_ITEMS)
def test_a_bad_item_is_told_where_and_why(changes: dict[str, Any], field: str, code: str) -> None:
    raw = small(items=[item(), item(**changes)])
    assert problems_of(raw) == [(f"items.1.{field}", code)]


@pytest.mark.parametrize(("changes", "field", "code"), BAD_CLIENTS)
def test_a_bad_client_is_told_where_and_why(changes: dict[str, Any], field: str, code: str) -> None:
    raw = small()
    raw["client"] |= changes
    assert problems_of(raw) == [(f"client.{field}", code)]


def test_all_problems_are_told_at_once() -> None:
    raw = small(date="ayer", items=[item(price="x"), item(quantity=None)], kindd="INVOICE")
    assert problems_of(raw) == [
        ("items.0.price", "XX-DOC-3"),
        ("items.1.quantity", "XX-DOC-1"),
        ("date", "XX-DOC-5"),
        ("kindd", "XX-DOC-6"),
    ]


def test_an_unknown_field_is_answered_with_the_nearest_known_one() -> None:
    problems = read_document(small(items=[item(pric=1)]), TRAITS, rehearsal=True)
    assert isinstance(problems, tuple)
    assert "«price»" in problems[0].text


def test_a_field_of_another_kind_of_document_is_told_with_its_kind() -> None:
    raw = small(extra={"till": "A"}, items=[item(extra={"good": "77", "shelf": "B"})])
    problems = read_document(raw, TRAITS, rehearsal=True)
    assert isinstance(problems, tuple)
    assert [(one.field, one.code) for one in problems] == [
        ("extra.till", "XX-DOC-24"),
        ("items.0.extra.shelf", "XX-DOC-24"),
    ]
    assert problems[0].text == "«till» (Caja) no va en «Factura»: es de Tiquete. Quítalo."
    document = read(raw | {"kind": "RECEIPT"})
    assert (document.extra["till"], document.lines[0].extra["shelf"]) == ("A", "B")
    raw["extra"] = {"till": None}  # not given is not refused
    raw["items"][0]["extra"]["shelf"] = ""
    assert read(raw).extra == {}


def test_a_confirmed_address_is_kept_although_it_looks_wrong() -> None:
    raw = small()
    raw["client"] |= {"email": "ana@gmail.co", "emailConfirmed": True}
    assert read(raw).counterparty.emails == ("ana@gmail.co",)


def test_example_domains_are_for_rehearsals_only() -> None:
    problems = read_document(small(), TRAITS)
    assert isinstance(problems, tuple)
    assert [one.field for one in problems] == ["client.email"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (5, "5"),
        ("5", "5"),
        (Decimal("5.50"), "5.5"),
        ("-0", "0"),
        (Decimal("1E+3"), "1000"),
        ("0.1234567890000", "0.123456789"),
        ("999999999999999.9999999999", "999999999999999.9999999999"),
    ],
)
def test_a_figure_is_exact_whatever_its_form(written: object, value: str) -> None:
    price = read(small(items=[item(price=written)])).lines[0].price
    assert price == Decimal(value)
    assert "E" not in str(price)


def test_a_thousand_problems_are_counted_not_listed() -> None:
    raw = small(items=[item(price="x", quantity="y")] * 1000)
    problems = problems_of(raw)
    assert len(problems) == 101
    assert problems[-1] == ("", "XX-DOC-9")


@pytest.mark.parametrize(
    "raw",
    [
        small(anotation="a" * 10_000_000),
        small(anotation="\u0301" * 10_000_000),
        {"a" * 10_000_000: 1},
        small(items=[item(price="9" * 10_000_000)]),
        small(client={"name": "x", "email": "a@" * 5_000_000}),
        {f"k{n}": n for n in range(100_000)},
    ],
    ids=["text", "marks", "key", "figure", "mail", "keys"],
)
def test_hostile_documents_are_refused_at_once(raw: dict[str, Any]) -> None:
    started = time.process_time()
    assert isinstance(read_document(raw, TRAITS), tuple)
    assert time.process_time() - started < 5


_TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | _TEXT | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_KEYS = ("client", "items", "date", "discount", "tax", "extra", "price", "email", "currency")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(_KEYS), _ANYTHING), _ANYTHING)
def test_any_mapping_is_answered(raw: dict[str, Any], inner: Any) -> None:
    for attempt in (raw, small(**raw), small(items=[inner]), small(items=[item(**raw)])):
        answer = read_document(attempt, TRAITS, rehearsal=True)
        assert isinstance(answer, Document) or answer
