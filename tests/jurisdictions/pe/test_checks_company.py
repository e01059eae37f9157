"""What is told of a company before it may issue or mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import jurisdiction
from tests.support.makers import (
    AT,
    OTHER_RUC,
    certificate_facts,
    company,
    document,
)

D = Decimal
TODAY = AT.date()
NIL: tuple[Problem, ...] = ()


def problems(**changes: Any) -> tuple[Problem, ...]:
    return jurisdiction.document_problems(document(**changes), company(), AT)


def of_company(purpose: Purpose = Purpose.ISSUE, **changes: Any) -> tuple[Problem, ...]:
    return jurisdiction.company_problems(company(**changes), AT, purpose)


def told(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in found]


def series(kind: DocumentKind, prefix: str, **changes: Any) -> NumberingRange:
    """A range of that series."""
    given: dict[str, Any] = {"first": 1, "last": 99_999_999, "next": 1} | changes
    return NumberingRange(1, kind, prefix, **given)


K = DocumentKind
ADDRESS = company().address
assert ADDRESS is not None
WRONG_COMPANIES: list[tuple[str, str, dict[str, Any]]] = [
    ("PE-1037", "company.name", {"legal_name": " "}),
    ("PE-4338", "company.name", {"legal_name": "a\tb"}),
    ("PE-4092", "company.tradeName", {"trade_name": "a\nb"}),
    ("PE-4094", "company.address", {"address": None}),
    ("PE-4094", "company.address.address", {"address": replace(ADDRESS, line="ab")}),
    ("PE-4094", "company.address.address", {"address": replace(ADDRESS, line="a" * 201)}),
    ("PE-4093", "company.address.place", {"address": replace(ADDRESS, place="999999")}),
    ("PE-4096", "company.address.city", {"address": replace(ADDRESS, city="a" * 31)}),
    ("PE-4097", "company.address.department", {"address": replace(ADDRESS, region="a" * 31)}),
    ("PE-4098", "company.address.district", {"address": replace(ADDRESS, district="a" * 31)}),
    ("PE-4242", "company.extra.annex", {"extra": {"annex": "1"}}),
    ("PE-4242", "company.extra.annex", {"extra": {"annex": "\u0660" * 4}}),
    (
        "PE-3034",
        "company.extra.detraction_account",
        {"extra": {"detraction_account": "la de siempre"}},
    ),
    ("PE-1001", "company.numberTemplates.0.prefix", {"ranges": (series(K.INVOICE, "B001"),)}),
    ("PE-1001", "company.numberTemplates.0.prefix", {"ranges": (series(K.RECEIPT, "F001"),)}),
    ("PE-1001", "company.numberTemplates.0.prefix", {"ranges": (series(K.INVOICE, "E001"),)}),
    ("PE-1001", "company.numberTemplates.0.prefix", {"ranges": (series(K.CREDIT_NOTE, "NC1"),)}),
    (
        "PE-1001",
        "company.numberTemplates.0.last",
        {"ranges": (series(K.INVOICE, "F001", last=100_000_000),)},
    ),
    ("XX-CRT-1", "company.certificate", {"certificate": None}),
    ("PE-2325", "company.certificate", {"certificate": certificate_facts(OTHER_RUC)}),
    (
        "PE-2327",
        "company.certificate",
        {"certificate": certificate_facts(valid_until=AT - timedelta(seconds=1))},
    ),
    (
        "PE-2327",
        "company.certificate",
        {"certificate": certificate_facts(valid_from=AT + timedelta(seconds=1))},
    ),
    ("XX-SEC-1", "company.secrets.sol_user", {"secrets": frozenset({"sol_password"})}),
    ("XX-SEC-1", "company.secrets.sol_password", {"secrets": frozenset({"sol_user"})}),
    ("XX-COM-3", "company.numberTemplates", {"ranges": ()}),
]


@pytest.mark.parametrize(
    ("code", "field", "changes"),
    WRONG_COMPANIES,
    ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(WRONG_COMPANIES)],
)
def test_what_a_company_lacks_for_issuing_is_told(
    code: str, field: str, changes: dict[str, Any]
) -> None:
    assert told(of_company(**changes)) == [(code, field)]


def test_a_wrong_ruc_of_the_company_is_told_with_the_right_digit() -> None:
    found = of_company(tax_id=TaxId("RUC", "20999888773"), certificate=certificate_facts("x"))
    assert ("PE-1034", "company.identification") in told(found)
    assert "debería ser 2" in found[0].text


def test_mailing_asks_for_other_things_than_issuing() -> None:
    bare = {"certificate": None, "ranges": (), "address": None}
    assert of_company(Purpose.MAIL, **bare) == NIL
    assert told(of_company(Purpose.MAIL, email="")) == [("XX-COM-1", "company.email")]
    assert told(of_company(Purpose.MAIL, has_mail_route=False)) == [
        ("XX-COM-2", "company.mailRoute")
    ]


def test_every_problem_of_a_company_names_its_rule_and_says_what_to_do() -> None:
    found = [problem for *_, changes in WRONG_COMPANIES for problem in of_company(**changes)]
    assert all(problem.rule for problem in found)
    assert all(problem.text.endswith((".", ")", "…")) for problem in found)
