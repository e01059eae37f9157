"""Each rule passes without its mistake and fails on it, at the right field, in words."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.pe import ruc as stdnum_ruc

from acuse.domain.document import Discount, Instalment, Payment, PaymentForm, Tax
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import ids, jurisdiction
from tests.support.makers import (
    AT,
    RUC,
    company,
    customer,
    document,
    line,
)

D = Decimal
TODAY = AT.date()
NIL: tuple[Problem, ...] = ()


def problems(**changes: Any) -> tuple[Problem, ...]:
    return jurisdiction.document_problems(document(**changes), company(), AT)


def of_line(**changes: Any) -> tuple[Problem, ...]:
    return problems(lines=(line(**changes),))


def of_company(purpose: Purpose = Purpose.ISSUE, **changes: Any) -> tuple[Problem, ...]:
    return jurisdiction.company_problems(company(**changes), AT, purpose)


def told(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in found]


def credit(*parts: tuple[int, str], due: date | None = None) -> Payment:
    instalments = tuple(Instalment(TODAY + timedelta(days=d), D(a)) for d, a in parts)
    return Payment(PaymentForm.CREDIT, "TRANSFER", due, instalments)


def test_the_default_document_and_company_lack_nothing() -> None:
    assert problems() == NIL
    assert of_company() == NIL
    assert of_company(Purpose.MAIL) == NIL


NUMBER = "client.identificationObject.number"
AFFECTATION = "items.0.extra.affectation"
WRONG_DOCUMENTS: list[tuple[str, str, dict[str, Any]]] = [
    ("PE-1003", "kind", {"kind": DocumentKind.RECEIPT}),
    ("PE-2329", "date", {"date": TODAY + timedelta(days=3)}),
    ("PE-2108", "date", {"date": TODAY - timedelta(days=4)}),
    ("PE-3088", "currency.code", {"currency": "EUR"}),
    ("PE-3206", "extra.operation_type", {"extra": {"operation_type": "0200"}}),
    ("PE-3206", "extra.operation_type", {"extra": {"operation_type": "9999"}}),
    ("PE-1001", "numberTemplate", {"number": Number("B001", 0)}),
    ("PE-1001", "numberTemplate", {"number": Number("F0011", 0)}),
    ("PE-1001", "numberTemplate", {"number": Number("f001", 0)}),
    ("PE-4233", "purchaseOrder", {"purchase_order": "x" * 21}),
    ("PE-2017", NUMBER, {"counterparty": customer(tax_id=TaxId("RUC", "20999000118"))}),
    ("PE-2017", NUMBER, {"counterparty": customer(tax_id=TaxId("RUC", "2099900011"))}),
    ("PE-2017", NUMBER, {"counterparty": customer(tax_id=TaxId("RUC", "\u0662" * 11))}),
    ("PE-2017", NUMBER, {"counterparty": customer(tax_id=TaxId("RUC", ""))}),
    ("PE-OWN-2", NUMBER, {"counterparty": customer(tax_id=TaxId("RUC", RUC))}),
    (
        "PE-2800",
        "client.identificationObject.type",
        {"counterparty": customer(tax_id=TaxId("DNI", "12345678"))},
    ),
    ("PE-2022", "client.name", {"counterparty": customer(name="ab")}),
    ("PE-2022", "client.name", {"counterparty": customer(name="a\nb c")}),
    ("PE-2022", "client.name", {"counterparty": customer(name="abc\x00")}),
    ("PE-2022", "client.name", {"counterparty": customer(name="abc\ud800")}),
    ("PE-2022", "client.name", {"counterparty": customer(name="a" * 1501)}),
    ("PE-OWN-5", "client.address.address", {"counterparty": customer(address=Address("a\x07"))}),
    ("PE-OWN-1", "items", {"lines": ()}),
    ("PE-2023", "items", {"lines": (line(),) * 1000}),
    ("PE-2968", "discount", {"discounts": (Discount(amount=D("100.01")),)}),
    ("PE-2968", "discount", {"discounts": (Discount(amount=D(-1)),)}),
    (
        "PE-OWN-3",
        "discount",
        {
            "discounts": (Discount(amount=D(1)),),
            "lines": (line(taxes=(), extra={"affectation": "20"}),),
        },
    ),
    ("PE-2062", "items", {"lines": (line(quantity=D(1), price=D("900000000000")),) * 2}),
    ("PE-3252", "instalments", {"payment": Payment(instalments=(Instalment(TODAY, D(1)),))}),
    ("PE-3249", "instalments", {"payment": credit()}),
    ("PE-3319", "instalments", {"payment": credit((30, "118.01"))}),
    ("PE-3319", "instalments", {"payment": credit((30, "59"), (60, "58.99"))}),
    ("PE-3267", "instalments.0.dueDate", {"payment": credit((0, "118.00"))}),
    ("PE-3253", "instalments.1.amount", {"payment": credit((1, "118.00"), (2, "0"))}),
    ("PE-3253", "instalments.0.amount", {"payment": credit((1, "117.999"))}),
    ("PE-3253", "instalments.0.amount", {"payment": credit((1, "NaN"))}),
    ("PE-3246", "instalments", {"payment": credit(*[(n + 1, "0.11") for n in range(1000)])}),
    ("PE-OWN-6", "dueDate", {"payment": Payment(due=TODAY - timedelta(days=1))}),
]


@pytest.mark.parametrize(
    ("code", "field", "changes"),
    WRONG_DOCUMENTS,
    ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(WRONG_DOCUMENTS)],
)
def test_a_mistake_of_the_document_is_told(code: str, field: str, changes: dict[str, Any]) -> None:
    assert told(problems(**changes)) == [(code, field)]


GOOD_DOCUMENTS: list[dict[str, Any]] = [
    {"date": TODAY + timedelta(days=2)},
    {"date": TODAY - timedelta(days=3)},
    {"date": None},
    {"date": None, "payment": credit((1, "118"))},
    {"currency": "USD"},
    {"number": Number("FA1Z", 0)},
    {"purchase_order": "x" * 20},
    {"counterparty": customer(name="a" * 1500)},
    {"counterparty": customer(name="\U0001f642 ñ &<>")},
    {"lines": (line(),) * 999},
    {"discounts": (Discount(amount=D("100.00")),)},
    {"payment": credit((1, "118.00"))},
    {"payment": credit((30, "59.00"), (60, "59.00"))},
    {"payment": Payment(due=TODAY)},
]


@pytest.mark.parametrize("changes", GOOD_DOCUMENTS, ids=range(len(GOOD_DOCUMENTS)))
def test_the_value_beside_the_mistake_passes(changes: dict[str, Any]) -> None:
    assert problems(**changes) == NIL


WRONG_LINES: list[tuple[str, str, dict[str, Any]]] = [
    ("PE-2027", "items.0.name", {"description": ""}),
    ("PE-2027", "items.0.name", {"description": "   "}),
    ("PE-2027", "items.0.name", {"description": "x" * 501}),
    ("PE-2027", "items.0.name", {"description": "a\x1bb"}),
    ("PE-4269", "items.0.code", {"code": "x" * 31}),
    ("PE-2936", "items.0.unit", {"unit": "UND"}),
    ("PE-2024", "items.0.quantity", {"quantity": D(0)}),
    ("PE-2024", "items.0.quantity", {"quantity": D(-1)}),
    ("PE-2025", "items.0.quantity", {"quantity": D("1.00000000001")}),
    ("PE-2025", "items.0.quantity", {"quantity": D(10) ** 12}),
    ("PE-2025", "items.0.quantity", {"quantity": D("NaN")}),
    ("PE-2025", "items.0.quantity", {"quantity": D("1E+999999")}),
    ("PE-2068", "items.0.price", {"price": D(0)}),
    ("PE-2369", "items.0.price", {"price": D("0.12345678901")}),
    ("PE-2369", "items.0.price", {"price": D("Infinity")}),
    ("PE-2370", "items.0.price", {"quantity": D(10) ** 9, "price": D(10) ** 9}),
    ("PE-3105", "items.0.price", {"quantity": D("0.001"), "price": D("0.01")}),
    ("PE-3105", "items.0.price", {"discounts": (Discount(percent=D(100)),)}),
    ("PE-2955", "items.0.discount", {"discounts": (Discount(amount=D("100.01")),)}),
    ("PE-2955", "items.0.discount", {"discounts": (Discount(amount=D("-0.01")),)}),
    ("PE-2955", "items.0.discount", {"discounts": (Discount(percent=D("NaN")),)}),
    ("PE-2371", AFFECTATION, {"taxes": ()}),
    ("PE-2371", AFFECTATION, {"taxes": (Tax("IGV", D(0)),)}),
    ("PE-2371", AFFECTATION, {"extra": {"affectation": "11"}}),
    ("PE-2371", AFFECTATION, {"extra": {"affectation": "ZZ"}}),
    ("PE-3067", "items.0.tax", {"taxes": (Tax("IGV", D(18)), Tax("IGV", D(18)))}),
    ("PE-3067", "items.0.tax", {"taxes": (Tax("IVA", D(18)),)}),
    ("PE-3102", "items.0.tax", {"taxes": (Tax("IGV", D(10)),)}),
    ("PE-3102", "items.0.tax", {"taxes": (Tax("IGV", D("NaN")),)}),
    ("PE-3102", "items.0.tax", {"taxes": (Tax("IGV", D(0)),), "extra": {"affectation": "10"}}),
    ("PE-3110", "items.0.tax", {"extra": {"affectation": "20"}}),
]


@pytest.mark.parametrize(
    ("code", "field", "changes"),
    WRONG_LINES,
    ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(WRONG_LINES)],
)
def test_a_mistake_of_a_line_is_told(code: str, field: str, changes: dict[str, Any]) -> None:
    found = of_line(**changes)
    if changes.get("quantity") == D(10) ** 9:
        found = found[:1]  # the total is too large as well, and says so
    assert told(found) == [(code, field)]


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "x" * 500},
        {"description": "dos\nlíneas"},
        {"code": "x" * 30},
        {"unit": ""},
        {"quantity": D("0.0000000001"), "price": D("50000000")},
        {"quantity": D("1.50000000000000")},
        {"discounts": (Discount(amount=D("99.99")),)},
        {"taxes": (), "extra": {"affectation": "10"}},
        {"taxes": (Tax("IGV", D("18.00")),)},
        {"taxes": (Tax("IGV", D(0)),), "extra": {"affectation": "20"}},
        {"taxes": (), "extra": {"affectation": "30"}},
    ],
)
def test_the_value_beside_the_mistake_of_a_line_passes(changes: dict[str, Any]) -> None:
    assert of_line(**changes) == NIL


def test_all_mistakes_are_told_at_once() -> None:
    found = problems(
        currency="EUR",
        counterparty=customer(name="", tax_id=TaxId("RUC", "1")),
        lines=(line(), line(quantity=D(0), unit="XX")),
    )
    assert {field for _, field in told(found)} == {
        "currency.code",
        "client.name",
        NUMBER,
        "items.1.quantity",
        "items.1.unit",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"counterparty": customer(name="a" * 10_000_000)},
        {"counterparty": customer(tax_id=TaxId("RUC", "2" * 10_000_000))},
        {"counterparty": customer(tax_id=TaxId("x" * 10_000_000, "1"))},
        {"currency": "E" * 10_000_000},
        {"purchase_order": "x" * 10_000_000},
        {"extra": {"operation_type": "1" * 10_000_000}},
        {"number": Number("F" * 10_000_000, 1)},
        {"lines": (line(description="x" * 10_000_000),)},
        {"lines": (line(code="x" * 10_000_000, unit="y" * 10_000_000),)},
        {"lines": (line(extra={"affectation": "9" * 10_000_000}),)},
    ],
    ids=range(10),
)
def test_ten_megabytes_are_told_fast_and_in_few_words(changes: dict[str, Any]) -> None:
    started = time.process_time()
    found = problems(**changes)
    assert time.process_time() - started < 1
    assert found
    assert all(len(problem.text) < 200 for problem in found)


def test_every_problem_names_its_rule_and_says_what_to_do() -> None:
    found = [p for *_, changes in WRONG_DOCUMENTS for p in problems(**changes)]
    found += [p for *_, changes in WRONG_LINES for p in of_line(**changes)]
    assert all(problem.rule for problem in found)
    assert all(problem.text.endswith((".", ")", "…")) for problem in found)
    sheet = [problem for problem in found if problem.code[3:].isdecimal()]
    assert all(problem.rule.endswith(problem.code[3:]) for problem in sheet)


@given(st.from_regex("(10|15|16|17|20)[0-9]{9}", fullmatch=True))
def test_a_ruc_has_the_check_digit_that_another_library_computes(number: str) -> None:
    assert ids.is_ruc(number) == (stdnum_ruc.calc_check_digit(number[:10]) == number[10])


@pytest.mark.parametrize(
    "text", ["", "2099988877", "209998887722", "20999888772 ", "30999888779", "\u0662" * 11]
)
def test_another_form_is_no_ruc(text: str) -> None:
    assert ids.is_ruc(RUC)
    assert not ids.is_ruc(text)


@settings(max_examples=150)
@given(
    st.one_of(st.decimals(), st.decimals(places=12)),
    st.one_of(st.decimals(), st.just(D("1E-400"))),
    st.one_of(st.none(), st.decimals()),
)
def test_no_figure_makes_the_checks_fail(quantity: D, price: D, percent: D | None) -> None:
    discounts = (Discount(percent=percent),) if percent is not None else ()
    found = of_line(quantity=quantity, price=price, discounts=discounts)
    assert isinstance(found, tuple)


@pytest.mark.parametrize(("hour", "problem"), [(4, False), (5, True)])
def test_the_day_changes_at_limas_midnight(hour: int, problem: bool) -> None:
    """22 November is three days before the 25th; at 05:00 UTC the 26th begins in Lima."""
    at = datetime(2026, 11, 26, hour, tzinfo=UTC)
    one = document(date=date(2026, 11, 22))
    found = jurisdiction.document_problems(one, company(), at)
    assert ("PE-2108" in [p.code for p in found]) is problem
