"""The document format: what is read, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.domain.document import (
    Discount,
    Document,
    Instalment,
    Line,
    Payment,
    PaymentForm,
    Tax,
)
from acuse.domain.intake import OBSERVATIONS, read_document, write_document
from acuse.domain.json_text import parse_json
from acuse.domain.jurisdiction import (
    FieldSpec,
    FieldType,
    KindTraits,
    RejectedNumber,
    Scope,
    TaxIdKind,
    Traits,
    Words,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, Customer, TaxId, Wish
from acuse.domain.problem import Problem

# An invented country: the format knows none by name.
TRAITS = Traits(
    code="ZZ",
    timezone="UTC",
    currency="ZZD",
    currencies=("ZZD", "USD"),
    words=Words(*["x"] * 11),
    kinds=(
        KindTraits(DocumentKind.INVOICE, "1", "Factura", "Facturas"),
        KindTraits(DocumentKind.RECEIPT, "2", "Tiquete", "Tiquetes"),
    ),
    tax_ids=(TaxIdKind("TIN", "Número", "1"), TaxIdKind("PASS", "Pasaporte", "2")),
    fields=(
        FieldSpec("plan", Scope.DOCUMENT, FieldType.INTEGER, "Plan"),
        FieldSpec("trip", Scope.DOCUMENT, FieldType.DATE, "Viaje"),
        FieldSpec("zone", Scope.CUSTOMER, FieldType.TEXT, "Zona"),
        FieldSpec("good", Scope.LINE, FieldType.TEXT, "Bien", required=True),
        FieldSpec("weight", Scope.LINE, FieldType.DECIMAL, "Peso"),
        FieldSpec("fragile", Scope.LINE, FieldType.BOOLEAN, "Frágil"),
        FieldSpec(
            "grade", Scope.LINE, FieldType.CHOICE, "Grado", choices=(("A", "Alto"), ("B", "Bajo"))
        ),
    ),
    secrets=(),
    units=(("U", "Unidad"),),
    taxes=(("VAT", "10", "IVA 10 %"), ("EXC", "5", "Especial")),
    rejected_number=RejectedNumber.NEW,
)


def _raw(**changes: Any) -> dict[str, Any]:
    """A small correct document; `changes` replace its fields."""
    client = {
        "name": "Ana Paz",
        "identificationObject": {"type": "TIN", "number": "123"},
        "email": "ana@paz.example",
    }
    return {"client": client, "items": [_item()]} | changes


def _item(**changes: Any) -> dict[str, Any]:
    return {"name": "Silla", "price": "10.50", "quantity": 2, "extra": {"good": "77"}} | changes


def _read(raw: Mapping[str, object]) -> Document:
    document = read_document(raw, TRAITS, rehearsal=True)
    assert isinstance(document, Document), document
    return document


def _problems(raw: Mapping[str, object]) -> list[tuple[str, str]]:
    problems = read_document(raw, TRAITS, rehearsal=True)
    assert isinstance(problems, tuple), problems
    assert all(one.text and one.rule for one in problems)
    return [(one.field, one.code) for one in problems]


def test_a_small_document_is_an_invoice_paid_at_once_in_the_countrys_money() -> None:
    assert _read(_raw()) == Document(
        kind=DocumentKind.INVOICE,
        counterparty=Customer(TaxId("TIN", "123"), "Ana Paz", ("ana@paz.example",)),
        lines=(Line("Silla", Decimal(2), Decimal("10.50"), extra={"good": "77"}),),
        currency="ZZD",
    )


def test_every_field_of_the_format_has_its_place() -> None:
    raw = _raw(
        kind="RECEIPT",
        date="2026-11-25",
        dueDate="2026-12-25",
        numberTemplate={"prefix": "F001"},
        currency={"code": "USD", "exchangeRate": "3.745"},
        paymentForm="CREDIT",
        paymentMethod="DEBIT_CARD",
        instalments=[{"dueDate": "2026-12-25", "amount": "20"}],
        discount=5,
        anotation="Gracias.\nVuelva pronto.",
        observations="interno",
        purchaseOrder="OC-1",
        extra={"plan": 3, "trip": "2026-12-01"},
        items=[
            _item(
                reference="S-1",
                unit="U",
                discount={"amount": "1.25", "reason": "oferta"},
                tax=[{"percentage": 10}, {"code": "EXC", "percentage": "5"}],
                extra={"good": "77", "weight": "0.5", "fragile": True, "grade": "B"},
            )
        ],
    )
    raw["client"] |= {
        "phonePrimary": "+51 1 555",
        "settings": {"sendElectronicDocuments": False},
        "address": {"address": "Calle 1", "place": "01", "department": "Lima", "country": "PE"},
        "extra": {"zone": "norte"},
    }
    due = date(2026, 12, 25)
    good = {"good": "77", "weight": Decimal("0.5"), "fragile": True, "grade": "B"}
    assert _read(raw) == Document(
        kind=DocumentKind.RECEIPT,
        counterparty=Customer(
            TaxId("TIN", "123"),
            "Ana Paz",
            ("ana@paz.example",),
            Address("Calle 1", "01", region="Lima", country="PE"),
            "+51 1 555",
            Wish.NEVER,
            {"zone": "norte"},
        ),
        lines=(
            Line(
                "Silla",
                Decimal(2),
                Decimal("10.50"),
                "U",
                "S-1",
                (Tax("VAT", Decimal(10)), Tax("EXC", Decimal(5))),
                (Discount(amount=Decimal("1.25"), reason="oferta"),),
                good,
            ),
        ),
        currency="USD",
        date=date(2026, 11, 25),
        number=Number("F001", 0),
        exchange_rate=Decimal("3.745"),
        discounts=(Discount(percent=Decimal(5)),),
        payment=Payment(PaymentForm.CREDIT, "CARD", due, (Instalment(due, Decimal(20)),)),
        notes=("Gracias.", "Vuelva pronto."),
        purchase_order="OC-1",
        extra={"plan": 3, "trip": date(2026, 12, 1), OBSERVATIONS: "interno"},
    )


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
    ({"email": ["ana@paz.example"]}, "email", "XX-DOC-2"),
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
    assert (field, code) in _problems(_raw(**changes))


@pytest.mark.parametrize(("changes", "field", "code"), BAD_ITEMS)
def test_a_bad_item_is_told_where_and_why(changes: dict[str, Any], field: str, code: str) -> None:
    raw = _raw(items=[_item(), _item(**changes)])
    assert _problems(raw) == [(f"items.1.{field}", code)]


@pytest.mark.parametrize(("changes", "field", "code"), BAD_CLIENTS)
def test_a_bad_client_is_told_where_and_why(changes: dict[str, Any], field: str, code: str) -> None:
    raw = _raw()
    raw["client"] |= changes
    assert _problems(raw) == [(f"client.{field}", code)]


def test_all_problems_are_told_at_once() -> None:
    raw = _raw(date="ayer", items=[_item(price="x"), _item(quantity=None)], kindd="INVOICE")
    assert _problems(raw) == [
        ("items.0.price", "XX-DOC-3"),
        ("items.1.quantity", "XX-DOC-1"),
        ("date", "XX-DOC-5"),
        ("kindd", "XX-DOC-6"),
    ]


def test_an_unknown_field_is_answered_with_the_nearest_known_one() -> None:
    problems = read_document(_raw(items=[_item(pric=1)]), TRAITS, rehearsal=True)
    assert isinstance(problems, tuple)
    assert "«price»" in problems[0].text


def test_a_confirmed_address_is_kept_although_it_looks_wrong() -> None:
    raw = _raw()
    raw["client"] |= {"email": "ana@gmail.co", "emailConfirmed": True}
    assert _read(raw).counterparty.emails == ("ana@gmail.co",)


def test_example_domains_are_for_rehearsals_only() -> None:
    problems = read_document(_raw(), TRAITS)
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
    price = _read(_raw(items=[_item(price=written)])).lines[0].price
    assert price == Decimal(value)
    assert "E" not in str(price)


def test_a_thousand_problems_are_counted_not_listed() -> None:
    raw = _raw(items=[_item(price="x", quantity="y")] * 1000)
    problems = _problems(raw)
    assert len(problems) == 101
    assert problems[-1] == ("", "XX-DOC-9")


@pytest.mark.parametrize(
    "raw",
    [
        _raw(anotation="a" * 10_000_000),
        _raw(anotation="\u0301" * 10_000_000),
        {"a" * 10_000_000: 1},
        _raw(items=[_item(price="9" * 10_000_000)]),
        _raw(client={"name": "x", "email": "a@" * 5_000_000}),
        {f"k{n}": n for n in range(100_000)},
    ],
    ids=["text", "marks", "key", "figure", "mail", "keys"],
)
def test_hostile_documents_are_refused_at_once(raw: dict[str, Any]) -> None:
    started = time.perf_counter()
    assert isinstance(read_document(raw, TRAITS), tuple)
    assert time.perf_counter() - started < 2


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
    for attempt in (raw, _raw(**raw), _raw(items=[inner]), _raw(items=[_item(**raw)])):
        answer = read_document(attempt, TRAITS, rehearsal=True)
        assert isinstance(answer, Document) or answer


_WORD = st.from_regex(
    r"[A-Za-zñÑáéí0-9](?:[A-Za-zñÑáéí0-9 .,&<>-]{0,20}[A-Za-z0-9])?", fullmatch=True
)
_CLEAN = _WORD.map(lambda word: " ".join(word.split()))
_FIGURE = st.decimals(0, 10**9, places=4)
_DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
_DISCOUNTS = st.lists(
    st.builds(lambda amount, reason: Discount(amount=amount, reason=reason), _FIGURE, _CLEAN)
    | st.builds(lambda percent: Discount(percent=percent), st.decimals(0, 100, places=2)),
    max_size=1,
).map(tuple)
_LINES = st.builds(
    Line,
    description=_CLEAN,
    quantity=_FIGURE,
    price=_FIGURE,
    unit=st.just("") | st.just("U"),
    code=st.just("") | _CLEAN,
    taxes=st.lists(st.builds(Tax, st.sampled_from(["VAT", "EXC"]), _FIGURE), max_size=2).map(tuple),
    discounts=_DISCOUNTS,
    extra=st.fixed_dictionaries(
        {"good": _CLEAN}, optional={"weight": _FIGURE, "fragile": st.booleans()}
    ),
)
_CUSTOMERS = st.builds(
    Customer,
    tax_id=st.builds(TaxId, st.sampled_from(["TIN", "PASS"]), _CLEAN),
    name=_CLEAN,
    emails=st.sampled_from([(), ("a@t.example",), ("a@t.example", "na@na.pe", "b@gmial.com")]),
    address=st.none() | st.builds(Address, _CLEAN, _CLEAN.map(lambda word: word[:20])),
    phone=st.just("") | _CLEAN,
    wish=st.sampled_from(Wish),
    extra=st.just({}) | st.builds(lambda zone: {"zone": zone}, _CLEAN),
)
_DOCUMENTS = st.builds(
    Document,
    kind=st.sampled_from([DocumentKind.INVOICE, DocumentKind.RECEIPT]),
    counterparty=_CUSTOMERS,
    lines=st.lists(_LINES, min_size=1, max_size=3).map(tuple),
    currency=st.sampled_from(["ZZD", "USD"]),
    date=st.none() | _DAYS,
    number=st.none() | st.builds(Number, st.just("F001"), st.just(0)),
    exchange_rate=st.none() | st.decimals(1, 5000, places=3),
    discounts=_DISCOUNTS,
    payment=st.builds(
        Payment,
        form=st.sampled_from(PaymentForm),
        method=st.sampled_from(["CASH", "CARD", "TRANSFER", "SINPE"]),
        due=st.none() | _DAYS,
        instalments=st.lists(st.builds(Instalment, _DAYS, _FIGURE), max_size=3).map(tuple),
    ),
    notes=st.lists(_CLEAN, max_size=3).map(tuple),
    purchase_order=st.just("") | _CLEAN,
    extra=st.fixed_dictionaries(
        {}, optional={"plan": st.integers(0, 9), "trip": _DAYS, OBSERVATIONS: _CLEAN}
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=timedelta(seconds=2))
@given(_DOCUMENTS)
def test_a_document_written_as_json_and_read_is_the_same(document: Document) -> None:
    text = json.dumps(write_document(document, TRAITS))
    raw = parse_json(text)
    assert isinstance(raw, dict)
    assert _read(raw) == document


def test_a_number_once_given_is_not_written_into_a_copy() -> None:
    issued = replace(_read(_raw()), number=Number("F001", 7))
    copy = _read(write_document(issued, TRAITS))
    assert copy.number == Number("F001", 0)


def test_json_keeps_every_digit() -> None:
    value = parse_json('{"a": 0.10, "b": 12345678901234567890, "c": 1e2}')
    assert value == {"a": Decimal("0.10"), "b": 12345678901234567890, "c": Decimal("1e2")}
    assert isinstance(value, dict)
    assert not any(isinstance(one, float) for one in value.values())


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ('{"a": 1,\n "b": }', "XX-DOC-15", "línea 2"),
        ("", "XX-DOC-15", "línea 1"),
        ('{"a": NaN}', "XX-DOC-3", "NaN"),
        ('{"a": -Infinity}', "XX-DOC-3", "-Infinity"),
        ('{"a": 1, "b": 2, "a": 3}', "XX-DOC-16", "«a»"),
        ('{"x": {"a": 1, "a": 1}}', "XX-DOC-16", "«a»"),
        ("[" * 41 + "]" * 41, "XX-DOC-17", "40"),
        ("[" * 100_000, "XX-DOC-17", "40"),
        ("9" * 5000, "XX-DOC-4", "5000"),
        (" " * 8_000_001, "XX-DOC-18", "8000001"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_json_that_cannot_be_trusted_is_refused(text: str, code: str, told: str) -> None:
    problem = parse_json(text)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert told in problem.text


@pytest.mark.parametrize("text", ["[" * 40 + "]" * 40, '"' + "[" * 100 + '"', '"\\"[[[["'])
def test_brackets_within_texts_do_not_nest(text: str) -> None:
    assert not isinstance(parse_json(text), Problem)


@pytest.mark.parametrize("sign", ["[", '"', '\\"', "1", "{", '"a":', "\u0301"])
def test_hostile_json_is_answered_at_once(sign: str) -> None:
    started = time.perf_counter()
    assert isinstance(parse_json(sign * (7_999_999 // len(sign))), Problem)
    assert time.perf_counter() - started < 3
