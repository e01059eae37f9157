"""What is told of a Colombian document before it gets a number: one value differs each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from acuse.domain.document import (
    Tax,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.jurisdictions.co import checks
from acuse.jurisdictions.co.checks_kinds import till_warnings, warnings
from acuse.jurisdictions.co.traits import TRAITS
from tests.jurisdictions.co.cases_checks import (
    GOOD,
    WRONG,
    D,
)
from tests.jurisdictions.co.checked import (
    KEY,
    PREFIXES,
    TODAY,
    TOMORROW,
    YESTERDAY,
    K,
    company,
    document,
    line,
    numbering,
    of,
)
from tests.support.makers import AT


@pytest.mark.parametrize(
    ("kind", "changes"), GOOD, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(GOOD)]
)
def test_nothing_is_told_of_a_good_document(kind: DocumentKind, changes: dict[str, Any]) -> None:
    assert of(document(kind, **changes)) == []


@pytest.mark.parametrize(
    ("field", "code", "kind", "changes"),
    WRONG,
    ids=[f"{n}-{one[1]}" for n, one in enumerate(WRONG)],
)
def test_what_is_wrong_with_a_document_is_told_in_the_code_of_its_kind(
    field: str, code: str, kind: DocumentKind, changes: dict[str, Any]
) -> None:
    assert of(document(kind, **changes)) == [(field, f"CO-{code}")]


@pytest.mark.parametrize(
    "changes",
    [{"next": 995_000_001}, {"active": False}],
)
def test_a_range_that_gives_no_more_numbers_is_told(changes: dict[str, Any]) -> None:
    issuer = company(ranges=(numbering(**changes),))
    assert of(document(), issuer) == [("numberTemplate", "CO-FAD05d")]
    assert of(document(number=Number("SETP", 990_000_001)), issuer) == []  # it has its number


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("CO-FAD09a", {"valid_from": TOMORROW}),
        ("CO-FAD09b", {"valid_until": YESTERDAY}),
    ],
)
def test_a_range_that_is_not_in_force_is_told_even_of_a_number_given_before(
    code: str, changes: dict[str, Any]
) -> None:
    numbered = document(number=Number("SETP", 990_000_001))
    for one in (document(), numbered):
        assert of(one, company(ranges=(numbering(**changes),))) == [("numberTemplate", code)]
        in_force = numbering(valid_from=TODAY, valid_until=TODAY)
        assert of(one, company(ranges=(in_force,))) == []


def test_another_open_range_of_the_kind_will_do_unless_a_prefix_is_wished() -> None:
    ranges = (numbering(active=False), numbering(series="FE"))
    issuer = company(ranges=ranges)
    assert of(document(), issuer) == []
    assert of(document(number=Number("FE", 0)), issuer) == []
    assert of(document(number=Number("SETP", 0)), issuer) == [("numberTemplate", "CO-FAD05d")]


@pytest.mark.parametrize("kind", [kind for kind in PREFIXES if kind is not K.INVOICE])
def test_a_range_of_another_kind_gives_no_number(kind: DocumentKind) -> None:
    letters = checks.LETTERS.get(kind, "F")
    issuer = company(ranges=(numbering(),))
    assert of(document(kind), issuer) == [("numberTemplate", f"CO-{letters}AB05a")]


@pytest.mark.parametrize("series", ["S-1", "ÑA", "S 1"])
def test_a_number_takes_letters_and_digits_only(series: str) -> None:
    issuer = company(ranges=(numbering(series=series),))
    assert of(document(), issuer) == [("numberTemplate.prefix", "CO-FAD05a")]


def test_a_number_has_twenty_characters_at_most() -> None:
    kind, series = K.CREDIT_NOTE, "NOTASDECREDITO"  # 14 and 7 more
    short = company(ranges=(numbering(kind, series=series, first=1, next=999_999),))
    long = company(ranges=(numbering(kind, series=series, first=1, next=1_000_000),))
    assert of(document(kind), short) == []
    assert of(document(kind), long) == [("numberTemplate.prefix", "CO-CAD05a")]


@pytest.mark.parametrize("kind", PREFIXES)
def test_only_kinds_with_a_cufe_need_the_technical_key(kind: DocumentKind) -> None:
    told = of(document(kind), company(secrets=frozenset({"software_pin"})))
    needed = kind in (K.INVOICE, K.EXPORT_INVOICE)
    assert told == (
        [(f"company.secrets.{KEY.format(PREFIXES[kind])}", "CO-FAD06")] if needed else []
    )


def test_a_kind_that_is_not_served_is_told_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fewer = tuple(one for one in TRAITS.kinds if one.kind is not K.RECEIPT)
    monkeypatch.setattr(checks, "TRAITS", replace(TRAITS, kinds=fewer))
    assert of(document(K.RECEIPT)) == [("kind", "CO-FAD12")]
    assert of(document()) == []


@pytest.mark.parametrize(
    ("price", "codes"), [("261870", []), ("261870.01", ["CO-OWN-24"]), ("9000000", ["CO-OWN-24"])]
)
def test_a_large_sale_at_the_till_is_warned_of_and_never_stopped(
    price: str, codes: list[str]
) -> None:
    sale = document(K.RECEIPT, lines=(line(quantity=D(1), price=D(price)),))
    assert [one.code for one in till_warnings(sale, AT)] == codes
    assert of(sale) == []
    assert till_warnings(replace(sale, kind=K.INVOICE), AT) == ()
    assert till_warnings(sale, AT.replace(year=2031)) == ()  # nobody knows its UVT yet


@pytest.mark.parametrize(("operation", "codes"), [("SS-POS", ["CO-OWN-25"]), ("10", [])])
def test_the_health_sector_is_told_what_is_not_written(operation: str, codes: list[str]) -> None:
    sale = document(extra={"operation": operation})
    assert [one.code for one in warnings(sale, AT)] == codes
    assert of(sale) == []


def test_the_day_is_that_of_bogota() -> None:
    evening = datetime(2026, 11, 26, 4, 59, tzinfo=UTC)  # still the 25th there
    found = tuple(checks.document_problems(document(), company(), evening))
    assert found == ()
    later = tuple(checks.document_problems(document(), company(), evening + timedelta(minutes=1)))
    assert [problem.code for problem in later] == ["CO-FAD09e"]


def test_every_problem_names_its_rule_and_ends_as_a_sentence() -> None:
    found = [
        problem
        for _, _, kind, changes in WRONG
        for problem in checks.document_problems(document(kind, **changes), company(), AT)
    ]
    assert all(problem.rule for problem in found)
    unfinished = [one.text for one in found if not one.text.endswith((".", "…"))]
    assert unfinished == []


def test_a_document_of_many_bad_lines_is_told_line_by_line() -> None:
    bad = replace(line(), description="")
    told = of(document(lines=(bad, line(), bad)))
    assert told == [("items.0.name", "CO-FAZ02"), ("items.2.name", "CO-FAZ02")]


def test_amounts_beyond_the_fields_are_told_and_stop_nothing() -> None:
    huge = line(price=D("999999999999999"), quantity=D("999999999999999"))
    assert of(document(lines=(huge,))) == [("items.0", "CO-FAV06")]
    many = line(price=D("999999999999999"), quantity=D(1), taxes=(Tax("IVA", D(0)),))
    assert of(document(lines=(many, many))) == [("items", "CO-FAU14")]
