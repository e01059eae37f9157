"""Every stage of SMTP and every class of answer: what became of the mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.lifecycle import IllegalTransition
from acuse.domain.patience import Patience
from acuse.domain.recipient import (
    RECIPIENT_TABLE,
    WORST_FIRST,
    Move,
    RecipientEvent,
    RecipientState,
    SmtpOutcome,
    Stage,
    advance_recipient,
    after_attempt,
    lease_expired,
    summary,
    window_closed,
)

R, E = RecipientState, RecipientEvent
AT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
PATIENCE = Patience()
CODES = (0, 199, 220, 250, 299, 300, 354, 399, 400, 421, 451, 499, 500, 550, 554, 599, 600, 999)
BEFORE_DOT = [stage for stage in Stage if stage is not Stage.DOT]


def _after(stage: Stage, code: int, *, tries: int = 1, before: bool = False) -> Move:
    outcome = SmtpOutcome(stage, code)
    return after_attempt(outcome, tries=tries, uncertain_before=before, at=AT, patience=PATIENCE)


def _expected(stage: Stage, code: int, before: bool) -> RecipientState:
    """The table of reliability.md 5.2, said once more and apart from the code under test."""
    answer = {2: "yes", 4: "later", 5: "no"}.get(code // 100, "none")
    if stage is Stage.DOT:
        unknown = R.STUCK if before else R.UNCERTAIN
        return {"yes": R.SENT, "later": R.DEFERRED, "no": R.FAILED, "none": unknown}[answer]
    theirs = stage in (Stage.RCPT, Stage.DATA, Stage.BODY)
    return R.FAILED if answer == "no" and theirs else R.DEFERRED


@pytest.mark.parametrize(("stage", "code"), list(product(Stage, CODES)))
@pytest.mark.parametrize("before", [False, True])
def test_an_attempt_ends_as_its_stage_and_answer_prove(
    stage: Stage, code: int, before: bool
) -> None:
    move = _after(stage, code, before=before)
    assert move.state is _expected(stage, code, before)
    waits = move.state in (R.DEFERRED, R.UNCERTAIN)
    assert (move.retry_at is not None) == waits
    assert move.retry_at is None or move.retry_at > AT


@pytest.mark.parametrize("stage", BEFORE_DOT)
def test_tries_end_where_the_address_keeps_being_put_off(stage: Stage) -> None:
    assert _after(stage, 451, tries=PATIENCE.mail_tries - 1).state is R.DEFERRED
    assert _after(stage, 451, tries=PATIENCE.mail_tries).state is R.FAILED


@given(st.sampled_from(Stage), st.integers(0, 999), st.integers(1, 99), st.booleans())
def test_silence_after_the_dot_is_never_not_sent_and_before_it_never_sent(
    stage: Stage, code: int, tries: int, before: bool
) -> None:
    state = _after(stage, code, tries=tries, before=before).state
    answered = code // 100 in (2, 4, 5)
    if stage is Stage.DOT and not answered:
        assert state in (R.UNCERTAIN, R.STUCK)
    if stage is not Stage.DOT:
        assert state in (R.DEFERRED, R.FAILED)
    if state is R.SENT:
        assert stage is Stage.DOT


@pytest.mark.parametrize(("before", "to"), [(False, R.UNCERTAIN), (True, R.STUCK)])
def test_a_worker_that_died_at_the_dot_leaves_an_uncertain_mail(
    before: bool, to: RecipientState
) -> None:
    move = lease_expired(Stage.DOT, tries=1, uncertain_before=before, at=AT, patience=PATIENCE)
    assert move.state is to


@pytest.mark.parametrize("stage", BEFORE_DOT)
@pytest.mark.parametrize(
    ("tries", "to", "wait"),
    [
        (1, R.DEFERRED, timedelta(0)),
        (2, R.DEFERRED, PATIENCE.mailing[0]),
        (PATIENCE.mail_tries, R.FAILED, None),
    ],
)
def test_a_mail_that_kills_its_workers_waits_and_ends(
    stage: Stage, tries: int, to: RecipientState, wait: timedelta | None
) -> None:
    move = lease_expired(stage, tries=tries, uncertain_before=False, at=AT, patience=PATIENCE)
    assert move == Move(to, None if wait is None else AT + wait)


def test_an_uncertain_mail_without_news_is_sent_once_more() -> None:
    assert window_closed(AT) == Move(R.DEFERRED, AT)
    assert _after(Stage.DOT, 0).retry_at == AT + PATIENCE.evidence_window


PERHAPS_SENT = (R.UNCERTAIN, R.DEFERRED, R.STUCK, R.FAILED, R.CANCELLED)
ALLOWED = {
    (R.QUEUED, E.CLAIM): R.SENDING,
    (R.DEFERRED, E.CLAIM): R.SENDING,
    (R.QUEUED, E.CANCEL): R.CANCELLED,
    (R.DEFERRED, E.CANCEL): R.CANCELLED,
    (R.QUEUED, E.REPLACE): R.REPLACED,
    (R.DEFERRED, E.REPLACE): R.REPLACED,
    (R.DEFERRED, E.EXHAUSTED): R.FAILED,
    **{(state, E.PROVEN_SENT): R.SENT for state in PERHAPS_SENT},
    **{(state, E.REPORTED_DELIVERED): R.DELIVERED for state in (*PERHAPS_SENT, R.SENT)},
    **{(state, E.BOUNCE): R.BOUNCED for state in (*PERHAPS_SENT, R.SENT, R.DELIVERED)},
    (R.STUCK, E.RESEND): R.DEFERRED,
    (R.STUCK, E.CLOSE): R.SENT,
}


@pytest.mark.parametrize(("state", "event"), list(product(RecipientState, RecipientEvent)))
def test_an_event_does_what_the_table_says_and_nothing_else(
    state: RecipientState, event: RecipientEvent
) -> None:
    assert set(RECIPIENT_TABLE) == set(ALLOWED)
    if (state, event) in ALLOWED:
        assert advance_recipient(state, event) is ALLOWED[state, event]
    else:
        with pytest.raises(IllegalTransition):
            advance_recipient(state, event)


@given(st.lists(st.sampled_from(RecipientState)))
def test_a_delivery_shows_the_worst_of_its_addresses(states: list[RecipientState]) -> None:
    assert set(WORST_FIRST) == set(RecipientState) - {R.REPLACED}
    told = [state for state in states if state is not R.REPLACED]
    assert summary(states) == (min(told, key=WORST_FIRST.index) if told else None)


def test_a_mail_is_tried_for_five_days_and_no_longer() -> None:
    patience, at, tries = Patience(), AT, 1
    waits = []
    while True:
        move = after_attempt(
            SmtpOutcome(Stage.RCPT, 450, "later"),
            tries=tries,
            uncertain_before=False,
            at=at,
            patience=patience,
        )
        if move.retry_at is None:
            break
        waits.append(move.retry_at - at)
        at, tries = move.retry_at, tries + 1
    assert move.state is RecipientState.FAILED
    assert waits[0] == timedelta(minutes=1)
    assert timedelta(days=5) <= at - AT < timedelta(days=5, hours=4)
