"""What the clerk decides: what waits for the summary, what voids what and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from acuse.domain.batch import BatchKind
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import jurisdiction
from tests.jurisdictions.pe.batch_makers import DAY, boleta, note
from tests.support.makers import AT, company, document

CLERK = jurisdiction.clerk
F_NOTE = note(number=Number("FC01", 1))
LIQUIDATION = document(kind=DocumentKind.PURCHASE, number=Number("L001", 1))
RETENTION = document(kind=DocumentKind.RETENTION, number=Number("R001", 1))
PERCEPTION = document(kind=DocumentKind.PERCEPTION, number=Number("P001", 1))
GUIA = document(kind=DocumentKind.DESPATCH, number=Number("T001", 1))
CARRIED = document(kind=DocumentKind.CARRIER_DESPATCH, number=Number("V001", 1))


def with_extra(**extra: Any) -> Any:
    return company(extra=extra)


@pytest.mark.parametrize("hour", [0, 9, 23, "6"])
def test_boletas_and_their_notes_wait_where_the_company_has_an_hour(hour: object) -> None:
    issuer = with_extra(summary_hour=hour)
    assert CLERK.gathers(boleta(), issuer)
    assert CLERK.gathers(note(), issuer)
    assert not CLERK.gathers(document(), issuer)
    assert not CLERK.gathers(F_NOTE, issuer)


@pytest.mark.parametrize("hour", [None, "", 24, -1, "mañana"])
def test_without_an_hour_each_goes_by_itself(hour: object) -> None:
    assert not CLERK.gathers(boleta(), with_extra(summary_hour=hour))
    assert not CLERK.gathers(boleta(), company())


def test_only_the_named_series_wait() -> None:
    issuer = with_extra(summary_hour=9, summary_series=" b001; BC02 ")
    assert CLERK.gathers(boleta(), issuer)
    assert not CLERK.gathers(boleta(number=Number("B002", 1)), issuer)
    assert not CLERK.gathers(note(), issuer)
    assert CLERK.gathers(note(number=Number("BC02", 1)), issuer)


@pytest.mark.parametrize(
    ("at", "closed"),
    [
        (datetime(2026, 11, 25, 23, tzinfo=UTC), False),
        (datetime(2026, 11, 26, 13, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 26, 14, 0, tzinfo=UTC), True),  # 9 in Lima
        (datetime(2026, 12, 6, tzinfo=UTC), True),
    ],
)
def test_a_day_closes_at_the_hour_of_the_next_one(at: datetime, closed: bool) -> None:
    assert CLERK.closes(DAY, with_extra(summary_hour=9), at) is closed


def test_a_company_without_an_hour_any_more_sends_what_it_has_gathered() -> None:
    assert not CLERK.closes(DAY, company(), datetime(2026, 11, 26, 4, 59, tzinfo=UTC))
    assert CLERK.closes(DAY, company(), datetime(2026, 11, 26, 5, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (document(), BatchKind.VOIDING),
        (F_NOTE, BatchKind.VOIDING),
        (replace(F_NOTE, kind=DocumentKind.DEBIT_NOTE), BatchKind.VOIDING),
        (boleta(), BatchKind.SUMMARY),
        (note(), BatchKind.SUMMARY),
        (replace(note(), kind=DocumentKind.DEBIT_NOTE), BatchKind.SUMMARY),
        (LIQUIDATION, BatchKind.REVERSAL),
        (RETENTION, BatchKind.REVERSAL),
        (PERCEPTION, BatchKind.REVERSAL),
    ],
)
def test_what_voids_what(one: Document, kind: BatchKind) -> None:
    assert CLERK.voiding(one, company(), AT) is kind


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (document(), "PE-2957"),
        (F_NOTE, "PE-2957"),
        (boleta(), "PE-2957"),
        (note(), "PE-2957"),
        (LIQUIDATION, "PE-2958"),
    ],
)
def test_after_the_seventh_day_nothing_is_voided(one: Document, code: str) -> None:
    """25 November and seven days: the last is 2 December, until midnight in Lima."""
    on_the_way = datetime(2026, 12, 3, 4, 57, tzinfo=UTC)  # 23:57: SUNAT would get it on the 3rd
    assert isinstance(void(one, datetime(2026, 12, 3, 4, 50, tzinfo=UTC)), BatchKind)
    for at in (on_the_way, datetime(2026, 12, 3, 5, tzinfo=UTC)):
        told = void(one, at)
        assert isinstance(told, Problem)
        assert told.code == code
        assert "02/12/2026" in told.text


@pytest.mark.parametrize("one", [RETENTION, PERCEPTION])
def test_the_sheet_sets_no_term_to_the_reversal_of_others(one: Document) -> None:
    assert void(one, datetime(2027, 12, 3, tzinfo=UTC)) is BatchKind.REVERSAL


def test_what_is_dated_tomorrow_is_voided_tomorrow() -> None:
    told = void(document(date=date(2026, 11, 26)), AT)
    assert isinstance(told, Problem)
    assert told.code == "PE-2671"
    tomorrow = datetime(2026, 11, 26, 5, tzinfo=UTC)
    assert void(document(date=date(2026, 11, 26)), tomorrow) is BatchKind.VOIDING


@pytest.mark.parametrize("one", [GUIA, CARRIED])
def test_a_guia_is_voided_only_in_sol(one: Document) -> None:
    told = void(one, AT)
    assert isinstance(told, Problem)
    assert told.code == "PE-OWN-41"


def test_a_kind_without_a_way_is_told() -> None:
    told = void(document(number=Number("E001", 1)), AT)
    assert isinstance(told, Problem)
    assert told.code == "PE-2308"


def test_a_factura_that_was_mailed_wants_a_credit_note() -> None:
    assert "nota de crédito" in CLERK.void_advice(document(), mailed=True)
    assert CLERK.void_advice(document(), mailed=False) == ""
    assert CLERK.void_advice(boleta(), mailed=True) == ""


@pytest.mark.parametrize(("hour", "wrong"), [("24", True), ("x", True), (23, False), ("", False)])
def test_an_hour_that_is_none_is_told(hour: object, wrong: bool) -> None:
    found = jurisdiction.company_problems(with_extra(summary_hour=hour), AT, Purpose.ISSUE)
    assert [p.code for p in found] == (["PE-OWN-42"] if wrong else [])


def void(one: Document, at: datetime) -> BatchKind | Problem:
    return CLERK.voiding(one, company(), at)
