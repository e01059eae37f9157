"""Each rule passes without its mistake and fails on it, at the right field, in words."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.pe import ruc as stdnum_ruc

from acuse.domain.document import Discount, Tax
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import ids, jurisdiction
from tests.jurisdictions.pe import others
from tests.jurisdictions.pe.cases_checks import GOOD, REMARKED, WRONG
from tests.jurisdictions.pe.checked import (
    BOLETA,
    LICENSE,
    NIL,
    NUMBER,
    K,
    document,
    issuer,
    of_company,
    of_line,
    problems,
    told,
    warnings,
)
from tests.support.makers import RUC, customer, line

D = Decimal
SOURCES = sorted((Path(ids.__file__).parent).glob("checks*.py"))


def test_the_default_document_and_company_lack_nothing() -> None:
    assert problems() == NIL
    assert warnings() == NIL
    assert of_company() == NIL
    assert of_company(Purpose.MAIL) == NIL


@pytest.mark.parametrize(("kind", "changes"), GOOD, ids=range(len(GOOD)))
def test_a_good_document_has_no_problem(kind: DocumentKind, changes: dict[str, Any]) -> None:
    assert problems(kind, **changes) == NIL


@pytest.mark.parametrize(
    ("code", "field", "kind", "changes"),
    WRONG,
    ids=[f"{n}-{code}-{kind}" for n, (code, _, kind, _) in enumerate(WRONG)],
)
def test_a_mistake_is_told(
    code: str, field: str, kind: DocumentKind, changes: dict[str, Any]
) -> None:
    assert told(problems(kind, **changes)) == [(code, field)]


@pytest.mark.parametrize(
    ("code", "field", "kind", "changes"),
    REMARKED,
    ids=[f"{n}-{code}-{kind}" for n, (code, _, kind, _) in enumerate(REMARKED)],
)
def test_what_sunat_only_remarks_is_told_and_blocks_nothing(
    code: str, field: str, kind: DocumentKind, changes: dict[str, Any]
) -> None:
    assert told(warnings(kind, **changes)) == [(code, field)]
    assert problems(kind, **changes) == NIL


ELSEWHERE = ("checks_company", "checks_batch", "checks_sending")


def test_every_rule_that_is_checked_has_a_document_that_breaks_it() -> None:
    """But those of the company, of batches and of other kinds, and the two told below."""
    told = (*ELSEWHERE, *others.CHECKS)
    mine = [path for path in SOURCES if path.stem not in told]
    texts = [path.read_text(encoding="utf-8") for path in mine]
    texts.append((SOURCES[0].parent / "severity.py").read_text(encoding="utf-8"))
    checked = set(re.findall(r"\"(PE-[A-Z0-9-]+[0-9])\"", "".join(texts)))
    broken = {code for code, *_ in (*WRONG, *REMARKED)}
    assert checked - broken == {"PE-2370", "PE-3034"}


def test_a_line_beyond_twelve_digits_is_told() -> None:
    found = of_line(quantity=D(10) ** 9, price=D(10) ** 9)
    assert told(found)[0] == ("PE-2370", "items.0.price")


def test_a_detraccion_needs_the_companys_account() -> None:
    extra = {"detraction_code": "037"}
    assert told(problems(extra=extra, company=issuer(extra={}))) == [
        ("PE-3034", "extra.detraction_code")
    ]
    assert problems(extra=extra, company=issuer(extra=LICENSE)) == NIL


def test_a_registered_restaurant_is_not_warned() -> None:
    reduced = line(taxes=(Tax("IGV", D("10.5")),))
    registered = issuer(extra={"reduced_igv": True})
    assert warnings(company=registered, lines=(reduced,)) == NIL
    assert told(warnings(lines=(reduced,))) == [("PE-4439", "items")]


def test_a_note_without_a_number_is_held_to_the_series_that_it_will_get() -> None:
    """The first range is FC01: it cannot correct a boleta."""
    draft = {"references": (BOLETA,), "number": None}
    assert told(problems(K.CREDIT_NOTE, **draft)) == [("PE-2116", "numberTemplate")]
    boletas = issuer(ranges=(NumberingRange(1, K.CREDIT_NOTE, "BC01", 1, 99, 1),))
    assert problems(K.CREDIT_NOTE, company=boletas, **draft) == NIL


def test_all_mistakes_are_told_at_once() -> None:
    found = problems(
        currency="GBP",
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
    found = (*problems(**changes), *warnings(**changes))
    assert time.process_time() - started < 1
    assert found
    assert all(len(problem.text) < 200 for problem in found)


def test_every_problem_names_its_rule_and_says_what_to_do() -> None:
    found: list[Problem] = []
    for _, _, kind, changes in WRONG:
        found += problems(kind, **changes)
    for _, _, kind, changes in REMARKED:
        found += warnings(kind, **changes)
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
    found = jurisdiction.document_problems(one, issuer(), at)
    assert ("PE-2108" in [p.code for p in found]) is problem
