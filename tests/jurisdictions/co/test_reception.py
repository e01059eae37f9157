"""Events of RADIAN: what stands against one, and the signed document that declares it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from acuse.domain.party import Company, TaxId
from acuse.domain.received import (
    Reception,
    ReceptionKind,
    Signatory,
)
from acuse.jurisdictions.co.holidays import business_day_after, easter_of, holidays
from acuse.jurisdictions.co.rules_reception import BY_KIND, CLAIMS, EXCLUDES, NEEDS
from tests.jurisdictions.co.receptions import (
    ACKNOWLEDGED,
    BUYER,
    COUNTER,
    FRIDAY,
    GOOD,
    ISSUER,
    PERSON,
    RECEIVED,
    K,
    on,
    received,
    reception,
)


def codes(one: Reception, issuer: Company = BUYER, at: datetime = FRIDAY) -> list[str]:
    return [problem.code for problem in COUNTER.reception_problems(one, issuer, at)]


@pytest.mark.parametrize(("one", "issuer", "at"), GOOD)
def test_an_event_in_its_order_and_term_has_no_problem(
    one: Reception, issuer: Company, at: datetime
) -> None:
    assert codes(one, issuer, at) == []


def test_every_problem_names_its_rule_and_speaks_to_a_person() -> None:
    wrong = reception(K.CLAIMED, number="", reason_code="9")
    found = COUNTER.reception_problems(wrong, ISSUER, on(1))
    assert len(found) >= 5
    for problem in found:
        assert problem.code.startswith("CO-")
        assert problem.rule == "colombia.md 9"
        assert problem.text[0].isupper()
        assert problem.text.endswith(".")


@pytest.mark.parametrize("kind", BY_KIND)
def test_LGC01_an_event_is_declared_once(kind: ReceptionKind) -> None:
    before = RECEIVED | {kind: on(26, 11)}
    told = codes(reception(kind, before), ISSUER if BY_KIND[kind].by_issuer else BUYER)
    assert "CO-LGC01" in told


@pytest.mark.parametrize(("kind", "needed", "code"), NEEDS)
def test_an_event_needs_those_before_it(
    kind: ReceptionKind, needed: ReceptionKind, code: str
) -> None:
    before = {one: at for one, at in RECEIVED.items() if one is not needed}
    issuer = ISSUER if BY_KIND[kind].by_issuer else BUYER
    assert f"CO-{code}" in codes(reception(kind, before), issuer, on(2, month=12))


@pytest.mark.parametrize(("kind", "excluded", "code"), EXCLUDES)
def test_an_event_cannot_follow_its_contrary(
    kind: ReceptionKind, excluded: ReceptionKind, code: str
) -> None:
    issuer = ISSUER if BY_KIND[kind].by_issuer else BUYER
    after = on(2, month=12) if BY_KIND[kind].by_issuer else on(27)
    before = RECEIVED | {excluded: on(26, 11)}
    assert codes(reception(kind, before), issuer, after) == [f"CO-{code}"]
    assert codes(reception(kind, RECEIVED), issuer, after) == []


@pytest.mark.parametrize(
    ("kind", "at", "late"),
    [
        (K.ACCEPTED, on(1, 23, 12), []),  # Friday, Monday, Tuesday
        (K.ACCEPTED, on(2, 0, 12), ["CO-DC24c"]),
        (K.CLAIMED, on(1, 23, 12), []),
        (K.CLAIMED, on(2, 0, 12), ["CO-DC24z"]),
    ],
)
def test_DC24_acceptance_and_claim_have_three_business_days(
    kind: ReceptionKind, at: datetime, late: list[str]
) -> None:
    assert codes(reception(kind, RECEIVED), BUYER, at) == late


def test_LGC14_silence_accepts_only_after_three_business_days() -> None:
    tacit = reception(K.ACCEPTED_BY_LAPSE, RECEIVED)
    assert codes(tacit, ISSUER, on(1, 23, 12)) == ["CO-LGC14"]
    assert codes(tacit, ISSUER, on(2, 0, 12)) == []


def test_the_term_is_counted_in_bogotas_days() -> None:
    """Eight in the evening of Tuesday in Bogotá is Wednesday in Greenwich."""
    at = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
    assert codes(reception(K.ACCEPTED, RECEIVED), BUYER, at) == []


def test_DC24_an_event_is_not_signed_before_what_it_follows() -> None:
    assert codes(reception(), BUYER, on(24)) == ["CO-DC24q"]
    assert codes(reception(), BUYER, on(25)) == []
    late = {K.ACKNOWLEDGED: on(27)}
    assert codes(reception(K.GOODS_RECEIVED, late), BUYER, on(26)) == ["CO-DC24r"]


def test_AAF01_each_event_has_its_declarant() -> None:
    for kind, before, at in (
        (K.ACKNOWLEDGED, {}, on(26)),
        (K.GOODS_RECEIVED, ACKNOWLEDGED, on(26)),
        (K.ACCEPTED, RECEIVED, on(27)),
        (K.CLAIMED, RECEIVED, on(27)),
    ):
        assert codes(reception(kind, before), ISSUER, at) == ["CO-AAF01"]
        assert codes(reception(kind, before), BUYER, at) == []
    tacit = reception(K.ACCEPTED_BY_LAPSE, RECEIVED)
    assert codes(tacit, BUYER, on(2, month=12)) == ["CO-AAF01"]


@pytest.mark.parametrize("code", ["02", "03", "04", "91", "92"])
def test_OWN_70_only_invoices_have_events(code: str) -> None:
    assert codes(reception(document=received(kind_code=code))) == ["CO-OWN-70"]


@pytest.mark.parametrize("number", ["", "AR-1", "AR 1", "Ñ1", "A" * 21])
def test_OWN_71_the_number_is_letters_and_digits(number: str) -> None:
    assert codes(reception(number=number)) == ["CO-OWN-71"]


@pytest.mark.parametrize(
    "person",
    [
        None,
        replace(PERSON, first_name=" "),
        replace(PERSON, family_name=""),
        replace(PERSON, tax_id=TaxId("CC", "")),
    ],
)
def test_OWN_72_receipts_name_a_person(person: Signatory | None) -> None:
    assert codes(reception(person=person)) == ["CO-OWN-72"]
    told = reception(K.GOODS_RECEIVED, ACKNOWLEDGED, person=person)
    assert codes(told) == ["CO-OWN-72"]
    bare = replace(PERSON, job_title="", department="")
    assert codes(reception(person=bare)) == []


@pytest.mark.parametrize("reason", ["", "05", "2"])
def test_OWN_73_a_claim_has_a_reason_of_the_list(reason: str) -> None:
    assert codes(reception(K.CLAIMED, RECEIVED, reason_code=reason)) == ["CO-OWN-73"]
    for good in CLAIMS:
        assert codes(reception(K.CLAIMED, RECEIVED, reason_code=good)) == []


def test_the_holidays_are_the_laws() -> None:
    """The year's calendar as published: fixed, moved to Monday, and those that hang from Easter."""
    assert (
        sorted(f"{day:%m-%d}" for day in holidays(2026))
        == (
            "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-20 08-07 08-17 10-12 "
            "11-02 11-16 12-08 12-25"
        ).split()
    )
    assert date(2025, 6, 30) in holidays(2025)  # Sacred Heart and Saint Peter on one Monday
    assert [easter_of(year) for year in (2024, 2025, 2026, 2027)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
    ]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 26), date(2026, 12, 1)),
        (date(2026, 12, 4), date(2026, 12, 10)),  # the 8th is a holiday
        (date(2026, 3, 31), date(2026, 4, 7)),  # Holy Week
        (date(2026, 12, 24), date(2026, 12, 30)),
        (date(2026, 11, 28), date(2026, 12, 2)),  # a Saturday
    ],
)
def test_three_business_days(day: date, last: date) -> None:
    assert business_day_after(day, 3) == last
