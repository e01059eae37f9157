"""What is told before a factura gets a number: each test differs from a good one in one value."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.document import Discount, Document, Line, Payment, PaymentForm, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, Customer, TaxId
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import (
    AT,
    AUTHORISATION,
    TODAY,
    company,
    document,
    exonerated,
    line,
    seal,
    service,
)
from tests.support.makers import CF, customer


def found(one: Document) -> list[tuple[str, str]]:
    problems = jurisdiction.document_problems(one, company(), AT)
    return [(problem.field, problem.code) for problem in problems]


def buyer(**changes: Any) -> Customer:
    given: dict[str, Any] = {
        "tax_id": TaxId("CF", CF),
        "name": "Cliente Inventado",
        "emails": ("cliente@correo.example",),
    } | changes
    return customer(**given)


ABROAD = Address("12 Invented Street, Springfield", country="US")
GOOD = (
    document(),
    document(service("1", "100")),
    document(currency="USD", exchange_rate=Decimal("512.34")),
    document(payment=Payment(PaymentForm.CREDIT, "TRANSFER", TODAY + timedelta(days=30))),
    document(exonerated("13", line()), extra=AUTHORISATION),
    document(counterparty=buyer(tax_id=TaxId("EXT", "P-1234/56"), address=ABROAD)),
    document(counterparty=buyer(emails=())),
    document(line(extra={"tariff": "11"}, percent="0")),
    document(line(extra={"product_kind": "SERVICE"}, unit="Os")),
    document(*[line()] * 1000),
    document(number=None),
    replace(document(), date=None),
)


@pytest.mark.parametrize("one", GOOD, ids=range(len(GOOD)))
def test_a_good_factura_has_no_problem(one: Document) -> None:
    assert found(one) == []


BAD_LINES: tuple[tuple[str, Line, str, str], ...] = (
    ("unit kg", line(unit="kg"), "unit", "CR-XSD"),
    ("unit m", line(unit="m"), "unit", "CR-XSD"),
    ("service in Unid", service("1", "1", unit="Unid"), "unit", "CR-LIN-4"),
    ("goods in Sp", line(unit="Sp"), "unit", "CR-LIN-4"),
    ("cabys of 12", line(cabys="239999900010"), "extra.cabys", "CR-LIN-2"),
    ("cabys of 14", line(cabys="23999990001000"), "extra.cabys", "CR-LIN-2"),
    ("cabys in letters", line(cabys="239999900010O"), "extra.cabys", "CR-LIN-2"),
    ("cabys in other digits", line(cabys="٢٣٩٩٩٩٩٠٠٠١٠٠"), "extra.cabys", "CR-LIN-2"),
    ("a detail of 2", line(description="ab"), "name", "CR-XSD"),
    ("a detail of 201", line(description="a" * 201), "name", "CR-XSD"),
    ("a control character", line(description="Café\x07molido"), "name", "CR-XSD"),
    ("half a surrogate", line(description="Café \ud83d molido"), "name", "CR-XSD"),
    ("a code of 21", line(code="A" * 21), "code", "CR-XSD"),
    ("no quantity", line("0"), "quantity", "CR-XSD"),
    ("a negative quantity", line("-1"), "quantity", "CR-XSD"),
    ("four decimals of quantity", line("1.0001"), "quantity", "CR-XSD"),
    ("six decimals of price", line("1", "0.000001"), "price", "CR-XSD"),
    ("a price of nothing", line("1", "0"), "price", "CR-XSD"),
    ("a price too large", line("1", "10000000000000"), "price", "CR-XSD"),
    ("no number at all", line("1", "NaN"), "price", "CR-XSD"),
    ("infinity", line("Infinity"), "quantity", "CR-XSD"),
    ("15 %", line(percent="15"), "tax", "CR-LIN-8"),
    ("no tax told", line(taxes=()), "tax", "CR-LIN-8"),
    ("an unknown tariff", line(extra={"tariff": "12"}), "tax", "CR-LIN-8"),
    ("tariff 02 at 13 %", line(extra={"tariff": "02"}), "tax", "CR-LIN-9"),
    ("two taxes", line(taxes=(Tax("IVA", Decimal(13)),) * 2), "tax", "CR-LIN-9"),
    ("14 of 13 points", exonerated("14", line()), "extra.exonerated_points", "CR-EXO-1"),
    ("-1 points", exonerated("-1", line()), "extra.exonerated_points", "CR-EXO-1"),
    (
        "points of an exempt line",
        exonerated("1", line(percent="0")),
        "extra.exonerated_points",
        "CR-EXO-1",
    ),
    (
        "a discount above the line",
        line(discounts=(Discount(Decimal(7501)),)),
        "discount",
        "CR-LIN-6",
    ),
    ("a negative discount", line(discounts=(Discount(Decimal(-1)),)), "discount", "CR-LIN-6"),
    ("six discounts", line(discounts=(Discount(Decimal(1)),) * 6), "discount", "CR-XSD"),
    (
        "an unknown code",
        line(discounts=(Discount(Decimal(1), reason="10"),)),
        "discount",
        "CR-CV-2",
    ),
    (
        "99 without a word",
        line(discounts=(Discount(Decimal(1), reason="99"),)),
        "discount",
        "CR-XSD",
    ),
    (
        "a word for 07",
        line(discounts=(Discount(Decimal(1), reason="07 x"),)),
        "discount",
        "CR-CV-2",
    ),
    ("no figure", line(discounts=(Discount(Decimal("sNaN")),)), "discount", "CR-XSD"),
)


@pytest.mark.parametrize(
    ("one", "field", "code"), [row[1:] for row in BAD_LINES], ids=[row[0] for row in BAD_LINES]
)
def test_a_bad_line_is_told_at_its_place(one: Line, field: str, code: str) -> None:
    told = found(document(line(), one, extra=AUTHORISATION))
    assert (f"items.1.{field}", code) in told
    assert not [where for where, _ in told if where.startswith("items.0")]


def test_a_discount_of_the_whole_rounded_line_is_good() -> None:
    whole = line("3.333", "333.33333", discounts=(Discount(Decimal("1110.99999")),))
    assert found(document(whole)) == []


BAD_DOCUMENTS: tuple[tuple[str, Document, str, str], ...] = (
    ("a guía", document(kind=DocumentKind.DESPATCH), "kind", "CR-CON-1"),
    ("no lines", replace(document(), lines=()), "items", "CR-XSD"),
    ("1001 lines", document(*[line()] * 1001), "items", "CR-XSD"),
    ("yesterday", replace(document(), date=TODAY - timedelta(days=1)), "date", "CR-KEY-2"),
    ("tomorrow", replace(document(), date=TODAY + timedelta(days=1)), "date", "CR-KEY-2"),
    ("dollars without a rate", document(currency="USD"), "currency.exchangeRate", "CR-MON-1"),
    (
        "dollars at 1",
        document(currency="USD", exchange_rate=Decimal(1)),
        "currency.exchangeRate",
        "CR-MON-1",
    ),
    (
        "dollars at 0",
        document(currency="USD", exchange_rate=Decimal(0)),
        "currency.exchangeRate",
        "CR-XSD",
    ),
    ("colones at 2", document(exchange_rate=Decimal(2)), "currency.exchangeRate", "CR-MON-1"),
    ("no such currency", document(currency="XYZ"), "currency.code", "CR-XSD"),
    (
        "credit without a date",
        document(payment=Payment(PaymentForm.CREDIT)),
        "dueDate",
        "CR-CV-1",
    ),
    (
        "credit due today",
        document(payment=Payment(PaymentForm.CREDIT, due=TODAY)),
        "dueDate",
        "CR-CV-1",
    ),
    ("a means unknown", document(payment=Payment(method="BARTER")), "paymentMethod", "CR-XSD"),
    ("branch 000", document(number=Number("00000001", 1)), "numberTemplate", "CR-CON-2"),
    ("eleven digits", document(number=Number("00100001", 10**10)), "numberTemplate", "CR-CON-2"),
    ("a discount of all", document(discounts=(Discount(Decimal(1)),)), "discount", "CR-OWN-1"),
    (
        "points without an authorisation",
        document(exonerated("13", line())),
        "extra.exoneration_number",
        "CR-EXO-2",
    ),
    (
        "an authorisation without points",
        document(extra=AUTHORISATION),
        "extra.exoneration_number",
        "CR-EXO-2",
    ),
    (
        "an authorisation of tomorrow",
        document(
            exonerated("13", line()),
            extra={**AUTHORISATION, "exoneration_date": TODAY + timedelta(days=1)},
        ),
        "extra.exoneration_date",
        "CR-EXO-3",
    ),
    (
        "an authorisation of kind 98",
        document(exonerated("13", line()), extra={**AUTHORISATION, "exoneration_kind": "98"}),
        "extra.exoneration_kind",
        "CR-EXO-2",
    ),
    (
        "an authorisation of kind 99 without a word",
        document(exonerated("13", line()), extra={**AUTHORISATION, "exoneration_kind": "99"}),
        "extra.exoneration_kind_text",
        "CR-XSD",
    ),
    (
        "an unknown institution",
        document(
            exonerated("13", line()), extra={**AUTHORISATION, "exoneration_institution": "13"}
        ),
        "extra.exoneration_institution",
        "CR-EXO-2",
    ),
    (
        "totals too large",
        document(*[line("9999999", "9999999")] * 1000),
        "items",
        "CR-XSD",
    ),
)


@pytest.mark.parametrize(
    ("one", "field", "code"),
    [row[1:] for row in BAD_DOCUMENTS],
    ids=[row[0] for row in BAD_DOCUMENTS],
)
def test_a_bad_document_is_told(one: Document, field: str, code: str) -> None:
    assert found(one) == [(field, code)]


def test_the_text_names_the_value_the_rule_and_the_remedy() -> None:
    (problem,) = jurisdiction.document_problems(document(line(unit="kg")), company(), AT)
    assert "«kg»" in problem.text
    assert "«Kg»" in problem.text
    assert problem.rule == "costa-rica.md 9.2"


ENORMOUS = "a.b-" * 2_500_000  # ten megabytes, of the form that makes patterns slow


@pytest.mark.parametrize(
    "one",
    [
        document(line(description=ENORMOUS)),
        document(line(unit=ENORMOUS)),
        document(line(cabys=ENORMOUS)),
        document(line(code=ENORMOUS)),
        document(counterparty=buyer(name=ENORMOUS)),
        document(counterparty=buyer(tax_id=TaxId("CF", ENORMOUS))),
        document(counterparty=buyer(emails=(ENORMOUS + "@correo.example",))),
        document(currency=ENORMOUS),
    ],
    ids=["name", "unit", "cabys", "code", "customer", "identity", "mail", "currency"],
)
def test_ten_megabytes_are_refused_at_once_and_not_repeated(one: Document) -> None:
    start = time.process_time()
    problems = jurisdiction.document_problems(one, company(), AT)
    assert time.process_time() - start < 5
    assert problems
    assert all(len(problem.text) < 400 for problem in problems)


anything = st.text(max_size=40)
figures = st.decimals(allow_nan=True, allow_infinity=True)


@given(anything, anything, anything, anything, figures, figures, figures)
def test_checks_never_raise_and_what_they_pass_is_sealed(
    name: str, unit: str, cabys: str, mail: str, quantity: Decimal, price: Decimal, off: Decimal
) -> None:
    one = document(
        Line(
            name,
            quantity,
            price,
            unit=unit,
            taxes=(Tax("IVA", Decimal(13)),),
            discounts=(Discount(percent=off),),
            extra={"cabys": cabys},
        ),
        counterparty=buyer(name=name, emails=(mail,), tax_id=TaxId("NC", name)),
    )
    if not found(one):
        seal(one)
