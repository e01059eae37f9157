"""The database's table of steps is the domain's, neither more nor less."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection

from acuse.domain import conversation, recipient
from acuse.domain.conversation import Fate
from acuse.domain.delivery import DELIVERY_TABLE
from acuse.domain.lifecycle import TABLE, IllegalTransition
from acuse.domain.patience import Patience
from acuse.domain.recipient import RECIPIENT_TABLE, SmtpOutcome, Stage
from acuse.domain.submission import (
    AlreadyKnown,
    CallPurpose,
    Case,
    Cause,
    Judged,
    NeedsPerson,
    NoAnswer,
    NotKnown,
    Pending,
    Received,
    Refused,
    SubmissionState,
)
from acuse.domain.verdict import Outcome, Verdict
from tests.support.makers import AT

FINDINGS = (
    Judged(Verdict(Outcome.ACCEPTED)),
    Judged(Verdict(Outcome.REJECTED)),
    Received(),
    Pending(),
    NotKnown(),
    AlreadyKnown(""),
    NoAnswer(True, ""),
    NoAnswer(False, ""),
    Refused("", Cause.CONTENT),
    Refused("", Cause.LIMIT, retry_in=timedelta(1)),
    NeedsPerson(""),
)
S = SubmissionState


def steps_held(machine: str) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after FROM store_transition WHERE machine = %s", [machine])
        return set(cursor.fetchall())


def moves(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(str(before), str(after)) for before, after in pairs if before != after}


def submission_steps() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = {(S.STUCK, S.UNCERTAIN), (S.STUCK, S.CLOSED)}
    found |= {(S.GATHERED, conversation.after_batch(S.GATHERED, one, AT).state) for one in Fate}
    found.add((S.GATHERED, conversation.alone(S.GATHERED, AT).state))
    found.add((S.STUCK, conversation.gathered(S.STUCK, not_held=True).state))
    found.add((S.SETTLED, conversation.reopened(S.SETTLED, Outcome.REJECTED)))
    for state in (S.QUEUED, S.WAITING, S.UNCERTAIN):
        found.add((state, conversation.claimed(state)))
    for state in (S.IN_FLIGHT, S.WAITING, S.UNCERTAIN):
        found.add((state, S.STUCK))  # a poisoned document, one past its deadline
        for intended in (True, False):
            found.add((state, conversation.lease_expired(state, AT, intended=intended).state))
        for purpose, finding, since in product(CallPurpose, FINDINGS, (None, AT - timedelta(1))):
            case = Case(state, b"", "", "", "", "", AT, not_known_since=since)
            try:
                step = conversation.advance(case, purpose, finding, at=AT, patience=Patience())
            except IllegalTransition:
                continue
            found.add((state, step.state))
    return found


def recipient_steps() -> set[tuple[str, str]]:
    sending = recipient.RecipientState.SENDING
    found: set[tuple[str, str]] = {
        (before, after) for (before, _), after in RECIPIENT_TABLE.items()
    }
    for stage, code, tries, before in product(
        Stage, (0, 250, 354, 450, 550), (1, 99), (True, False)
    ):
        outcome = SmtpOutcome(stage, code)
        move = recipient.after_attempt(
            outcome, tries=tries, uncertain_before=before, at=AT, patience=Patience()
        )
        found.add((sending, move.state))
        move = recipient.lease_expired(
            stage, tries=tries, uncertain_before=before, at=AT, patience=Patience()
        )
        found.add((sending, move.state))
    for again in (True, False):
        closed = recipient.window_closed(AT, again=again)
        found.add((recipient.RecipientState.UNCERTAIN, closed.state))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("machine", "steps"),
    [
        ("document", {(before, after) for (before, _), after in TABLE.items()}),
        ("submission", submission_steps()),
        ("delivery", {(before, after) for (before, _), after in DELIVERY_TABLE.items()}),
        ("recipient", recipient_steps()),
    ],
)
def test_the_database_knows_exactly_the_steps_of_the_domain(
    machine: str, steps: set[tuple[str, str]]
) -> None:
    assert steps_held(machine) == moves(steps)
