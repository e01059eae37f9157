"""The small machines and rules: document, delivery, numbers, money, patience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain import lifecycle, money, numbering
from acuse.domain.delivery import (
    DELIVERY_TABLE,
    RELEASED_BY_ITSELF,
    DeliveryEvent,
    DeliveryState,
    Reason,
    advance_delivery,
)
from acuse.domain.document import Discount
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import DocumentEvent, DocumentState, IllegalTransition
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.problem import Problem
from acuse.domain.verdict import Outcome

S, E = DocumentState, DocumentEvent
D, V = DeliveryState, DeliveryEvent

DOCUMENTS = {
    (S.DRAFT, E.ISSUE): S.ISSUED,
    (S.DRAFT, E.DISCARD): S.DISCARDED,
    (S.ISSUED, E.ACCEPTED): S.ACCEPTED,
    (S.ISSUED, E.OBSERVED): S.ACCEPTED_WITH_OBSERVATIONS,
    (S.ISSUED, E.REJECTED): S.REJECTED,
    (S.REJECTED, E.REOPEN): S.DRAFT,
    (S.ISSUED, E.WITHDRAW_FOR_MENDING): S.DRAFT,
    (S.ISSUED, E.GIVE_UP): S.WITHDRAWN,
    (S.ACCEPTED, E.VOID): S.VOIDED,
    (S.ACCEPTED_WITH_OBSERVATIONS, E.VOID): S.VOIDED,
}
DELIVERIES = {
    (D.OPEN, V.SWITCH_TURNED_OFF): D.HELD,
    (D.OPEN, V.FOUND_WANTING): D.HELD,
    (D.OPEN, V.DISMISSED): D.SKIPPED,
    (D.HELD, V.SWITCH_TURNED_OFF): D.HELD,
    (D.HELD, V.FOUND_WANTING): D.HELD,
    (D.HELD, V.RELEASED_BY_HAND): D.OPEN,
    (D.HELD, V.COMPLETED): D.OPEN,
    (D.HELD, V.DISMISSED): D.SKIPPED,
    (D.SKIPPED, V.CAUGHT_UP): D.OPEN,
}


@pytest.mark.parametrize(("state", "event"), list(product(DocumentState, DocumentEvent)))
def test_a_document_moves_as_the_table_says_and_not_otherwise(
    state: DocumentState, event: DocumentEvent
) -> None:
    if (state, event) in DOCUMENTS:
        assert lifecycle.advance(state, event) is DOCUMENTS[state, event]
    else:
        with pytest.raises(IllegalTransition):
            lifecycle.advance(state, event)


def test_each_outcome_has_its_event_and_only_accepting_ones_lead_to_mail() -> None:
    for outcome in Outcome:
        after = lifecycle.advance(S.ISSUED, lifecycle.JUDGED[outcome])
        assert after.value == outcome.value
        assert (after in lifecycle.MAILABLE) == outcome.accepts
    assert S.VOIDED not in lifecycle.MAILABLE


@pytest.mark.parametrize(("state", "event"), list(product(DeliveryState, DeliveryEvent)))
def test_a_delivery_moves_as_the_table_says_and_not_otherwise(
    state: DeliveryState, event: DeliveryEvent
) -> None:
    assert set(DELIVERY_TABLE) == set(DELIVERIES)
    if (state, event) in DELIVERIES:
        assert advance_delivery(state, event) is DELIVERIES[state, event]
    else:
        with pytest.raises(IllegalTransition):
            advance_delivery(state, event)


def test_a_hold_by_a_persons_doing_never_ends_by_itself() -> None:
    by_people = {Reason.SWITCH_OFF, Reason.EXPIRED, Reason.CONFIRM_MANY, Reason.CUSTOMER_NEVER}
    assert not by_people & RELEASED_BY_ITSELF


RANGE = NumberingRange(1, DocumentKind.INVOICE, "F001", 1, 100, 7)
TODAY = date(2026, 11, 25)


def test_a_range_gives_its_next_number_and_moves_on_by_one() -> None:
    taken = numbering.take(RANGE, TODAY)
    assert taken == (Number("F001", 7), replace(RANGE, next=8))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"active": False}, "XX-NUM-1"),
        ({"valid_from": TODAY + timedelta(days=1)}, "XX-NUM-2"),
        ({"valid_until": TODAY - timedelta(days=1)}, "XX-NUM-3"),
        ({"next": 101}, "XX-NUM-4"),
    ],
)
def test_a_range_that_cannot_number_says_why(changes: dict[str, object], code: str) -> None:
    taken = numbering.take(replace(RANGE, **changes), TODAY)  # type: ignore[arg-type]
    assert isinstance(taken, Problem)
    assert (taken.field, taken.code) == ("numberTemplate", code)
    assert "F001" in taken.text


@pytest.mark.parametrize(
    "changes", [{"valid_from": TODAY}, {"valid_until": TODAY}, {"next": 100}, {"active": True}]
)
def test_a_range_numbers_up_to_its_very_edge(changes: dict[str, object]) -> None:
    taken = numbering.take(replace(RANGE, **changes), TODAY)  # type: ignore[arg-type]
    assert not isinstance(taken, Problem)


@given(st.integers(1, 10**9), st.integers(0, 30))
def test_numbers_have_no_gap_and_no_repeat(first: int, count: int) -> None:
    numbering_range = replace(RANGE, first=first, next=first, last=first + count)
    seen = []
    while not isinstance(taken := numbering.take(numbering_range, TODAY), Problem):
        number, numbering_range = taken
        seen.append(number.value)
    assert seen == list(range(first, first + count + 1))


AMOUNTS = st.decimals(-(10**12), 10**12, places=8)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("1.004999", "1.00"), ("2.675", "2.68")],
)
def test_halves_go_away_from_zero(amount: str, rounded: str) -> None:
    assert money.rounded(Decimal(amount)) == Decimal(rounded)


@given(AMOUNTS, st.integers(0, 6))
def test_a_rounded_amount_is_the_nearest_one(amount: Decimal, places: int) -> None:
    rounded = money.rounded(amount, places)
    assert abs(rounded - amount) <= Decimal(5).scaleb(-places - 1)
    assert rounded.as_tuple().exponent == -places
    assert money.rounded(rounded, places) == rounded


@given(AMOUNTS, st.integers(0, 8), st.integers(0, 8))
def test_written_amounts_have_a_point_and_no_exponent(
    amount: Decimal, most: int, least: int
) -> None:
    plain = money.plain(amount, most)
    trimmed = money.trimmed(amount, most, min(most, least))
    assert Decimal(plain) == Decimal(trimmed) == money.rounded(amount, most)
    assert set(plain + trimmed) <= set("-.0123456789")
    decimals = trimmed.partition(".")[2]
    assert min(most, least) <= len(decimals) <= most


def test_a_discount_is_an_amount_or_a_share() -> None:
    assert Discount(amount=Decimal(3)).of(Decimal(200)) == Decimal(3)
    assert Discount(percent=Decimal("12.5")).of(Decimal(200)) == Decimal(25)
    assert Discount().of(Decimal(200)) == 0
