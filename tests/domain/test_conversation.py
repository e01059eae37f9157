"""Every claimed state, every purpose, every finding: where the conversation goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain import conversation
from acuse.domain.conversation import Fate, advance, may_call
from acuse.domain.lifecycle import IllegalTransition
from acuse.domain.patience import Patience
from acuse.domain.submission import (
    AlreadyKnown,
    CallPurpose,
    Case,
    Cause,
    Finding,
    Judged,
    NeedsPerson,
    NoAnswer,
    Noted,
    NotKnown,
    Pending,
    Received,
    Refused,
    SubmissionState,
)
from acuse.domain.verdict import Evidence, Outcome, Verdict

Q, F, W, U = (
    SubmissionState.QUEUED,
    SubmissionState.IN_FLIGHT,
    SubmissionState.WAITING,
    SubmissionState.UNCERTAIN,
)
STUCK, SETTLED = SubmissionState.STUCK, SubmissionState.SETTLED
LOGIN, SEND, ASK = CallPurpose.LOGIN, CallPurpose.SEND, CallPurpose.ASK
AT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
PATIENCE = Patience()
SOON = timedelta(seconds=7)

FINDINGS: dict[str, Finding] = {
    "noted": Noted({}),
    "received": Received(),
    "pending": Pending(),
    "judged": Judged(Verdict(Outcome.ACCEPTED)),
    "not known": NotKnown(),
    "already known": AlreadyKnown("ya fue recibido"),
    "refused, retry": Refused("luego", Cause.LIMIT, retry_in=SOON),
    "refused, limit": Refused("demasiadas", Cause.LIMIT),
    "refused, credentials": Refused("clave", Cause.CREDENTIALS),
    "refused, file": Refused("archivo", Cause.FILE),
    "refused, content": Refused("contenido", Cause.CONTENT),
    "refused, config": Refused("permiso", Cause.CONFIG),
    "no answer, left": NoAnswer(left=True, reason="read"),
    "no answer, not left": NoAnswer(left=False, reason="connect"),
    "needs person": NeedsPerson("no se entiende"),
}

# finding: log-in from F, W, U; sending from F; question from F, W, U.
# A question while IN_FLIGHT is no call of ours (`may_call` has sending there), yet it is safe.
TABLE: dict[str, tuple[SubmissionState, ...]] = {
    "noted": (Q, W, U, Q, Q, W, U),
    "received": (Q, W, U, W, W, W, W),
    "pending": (Q, W, U, W, W, W, W),
    "judged": (Q, W, U, SETTLED, SETTLED, SETTLED, SETTLED),
    "not known": (Q, W, U, U, U, U, U),
    "already known": (Q, W, U, U, U, U, U),
    "refused, retry": (Q, W, U, Q, Q, W, U),
    "refused, limit": (Q, W, U, STUCK, Q, W, U),
    "refused, credentials": (STUCK,) * 7,
    "refused, file": (STUCK,) * 7,
    "refused, content": (STUCK,) * 7,
    "refused, config": (STUCK,) * 7,
    "no answer, left": (Q, W, U, U, U, W, U),
    "no answer, not left": (Q, W, U, Q, Q, W, U),
    "needs person": (STUCK,) * 7,
}
COLUMNS = ((F, LOGIN), (W, LOGIN), (U, LOGIN), (F, SEND), (F, ASK), (W, ASK), (U, ASK))
ROWS = [
    (name, state, purpose, to)
    for name, targets in TABLE.items()
    for (state, purpose), to in zip(COLUMNS, targets, strict=True)
]


def _case(state: SubmissionState, since: datetime | None = None, tries: int = 0) -> Case:
    return Case(state, b"<xml/>", "id", "F001-1", "f.xml", "INVOICE", AT, tries, 0, since)


@pytest.mark.parametrize(("name", "state", "purpose", "to"), ROWS)
def test_a_finding_moves_the_conversation_as_the_table_says(
    name: str, state: SubmissionState, purpose: CallPurpose, to: SubmissionState
) -> None:
    step = advance(_case(state), purpose, FINDINGS[name], at=AT, patience=PATIENCE)
    assert step.state is to
    goes_on = to in (Q, W, U)
    assert (step.wake_at is not None) == goes_on, "what goes on by itself knows when"
    assert step.wake_at is None or step.wake_at >= AT


@pytest.mark.parametrize("name", FINDINGS)
@pytest.mark.parametrize("state", [Q, STUCK, SETTLED, SubmissionState.CLOSED])
def test_nothing_moves_what_is_not_claimed(name: str, state: SubmissionState) -> None:
    for purpose in CallPurpose:
        with pytest.raises(IllegalTransition):
            advance(_case(state), purpose, FINDINGS[name], at=AT, patience=PATIENCE)


@pytest.mark.parametrize(
    ("ago", "to"),
    [
        (timedelta(0), U),
        (PATIENCE.proof_gap - timedelta(seconds=1), U),
        (PATIENCE.proof_gap, Q),
        (PATIENCE.proof_gap + timedelta(days=1), Q),
    ],
)
def test_two_not_known_prove_absence_only_ten_minutes_apart(
    ago: timedelta, to: SubmissionState
) -> None:
    step = advance(_case(U, AT - ago), ASK, NotKnown(), at=AT, patience=PATIENCE)
    assert step.state is to
    if to is U:
        assert step.wake_at == AT - ago + PATIENCE.proof_gap
        assert step.not_known_since == AT - ago


@pytest.mark.parametrize("name", ["already known", "received", "pending"])
def test_a_sign_of_life_wipes_out_an_earlier_not_known(name: str) -> None:
    step = advance(_case(U, AT - timedelta(hours=1)), ASK, FINDINGS[name], at=AT, patience=PATIENCE)
    assert step.not_known_since is None


@pytest.mark.parametrize("name", ["no answer, left", "no answer, not left", "refused, retry"])
def test_a_question_without_answer_keeps_an_earlier_not_known(name: str) -> None:
    since = AT - timedelta(minutes=3)
    step = advance(_case(U, since), ASK, FINDINGS[name], at=AT, patience=PATIENCE)
    assert step.not_known_since == since


@pytest.mark.parametrize(
    ("state", "purpose", "name", "proven"),
    [
        (F, SEND, "refused, content", True),
        (F, SEND, "refused, file", True),
        (F, LOGIN, "refused, config", True),
        (F, SEND, "needs person", False),
        (U, ASK, "refused, content", False),
        (U, LOGIN, "refused, config", False),
        (W, ASK, "refused, config", False),
    ],
)
def test_only_a_refused_sending_proves_that_the_authority_does_not_hold_it(
    state: SubmissionState, purpose: CallPurpose, name: str, proven: bool
) -> None:
    step = advance(_case(state), purpose, FINDINGS[name], at=AT, patience=PATIENCE)
    assert (step.state, step.not_held) == (STUCK, proven)
    if proven:
        assert conversation.withdrawn(step.state, not_held=True) is SubmissionState.CLOSED
    else:
        with pytest.raises(IllegalTransition):
            conversation.withdrawn(step.state, not_held=step.not_held)


@pytest.mark.parametrize("state", set(SubmissionState) - {STUCK})
def test_only_a_stuck_document_is_withdrawn_or_retried(state: SubmissionState) -> None:
    with pytest.raises(IllegalTransition):
        conversation.withdrawn(state, not_held=True)
    with pytest.raises(IllegalTransition):
        conversation.retried(state, AT)


def test_a_retry_by_a_person_asks_first() -> None:
    step = conversation.retried(STUCK, AT)
    assert (step.state, step.wake_at) == (U, AT)
    assert not may_call(conversation.claimed(step.state), SEND)


@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_rejection_is_reopened(outcome: Outcome) -> None:
    if outcome is Outcome.REJECTED:
        assert conversation.reopened(SETTLED, outcome) is SubmissionState.CLOSED
    else:
        with pytest.raises(IllegalTransition):
            conversation.reopened(SETTLED, outcome)


def test_only_a_queued_document_is_sent() -> None:
    assert [state for state in SubmissionState if may_call(state, SEND)] == [F]
    assert conversation.claimed(Q) is F


@pytest.mark.parametrize(
    ("state", "intended", "to"),
    [(F, True, U), (F, False, Q), (W, True, W), (U, True, U), (W, False, W), (U, False, U)],
)
def test_a_dead_worker_leaves_a_question_once_its_call_had_begun(
    state: SubmissionState, intended: bool, to: SubmissionState
) -> None:
    step = conversation.lease_expired(state, AT, intended=intended)
    assert (step.state, step.wake_at) == (to, AT)


@given(st.integers(0, 50), st.sampled_from([Q, W, U]))
def test_waits_grow_and_never_stop_growing_old(tries: int, state: SubmissionState) -> None:
    held = conversation.claimed(state)
    silence = NoAnswer(left=False, reason="connect")
    purpose = SEND if held is F else ASK
    earlier, later = (
        advance(_case(held, tries=n), purpose, silence, at=AT, patience=PATIENCE).wake_at
        for n in (tries, tries + 1)
    )
    assert earlier is not None
    assert later is not None
    assert AT < earlier <= later <= AT + timedelta(minutes=15)


def test_the_authority_names_the_wait_where_it_does() -> None:
    asked = Refused("luego", Cause.LIMIT, retry_in=timedelta(hours=2))
    step = advance(_case(F), SEND, asked, at=AT, patience=PATIENCE)
    assert step.wake_at == AT + timedelta(hours=2)
    received = advance(_case(F), SEND, Received(ask_in=SOON), at=AT, patience=PATIENCE)
    assert received.wake_at == AT + SOON


REJECTED = Verdict(Outcome.REJECTED)
UNHEARD = Verdict(Outcome.REJECTED, evidence=Evidence.REGISTER)


@pytest.mark.parametrize(
    ("judged", "line", "fate"),
    [
        (Judged(Verdict(Outcome.ACCEPTED)), 1, Fate.SETTLED),
        (Judged(Verdict(Outcome.ACCEPTED_WITH_OBSERVATIONS)), 1, Fate.SETTLED),
        (Judged(REJECTED, culprits=(2,)), 1, Fate.RETURNED),
        (Judged(REJECTED, culprits=(2,)), 2, Fate.LEFT_OUT),
        (Judged(REJECTED, culprits=(2,), known=(2,)), 2, Fate.KNOWN),
        (Judged(REJECTED, known=(2,)), 1, Fate.RETURNED),
        (Judged(REJECTED), 1, Fate.LEFT_OUT),  # it names nobody: sent again, it would fail again
        (Judged(UNHEARD), 1, Fate.RETURNED),  # it never came
    ],
)
def test_a_batchs_verdict_decides_each_documents_fate(
    judged: Judged, line: int, fate: Fate
) -> None:
    verdict = judged.verdict
    assert conversation.fate(verdict.outcome, verdict.evidence, line, judged) is fate


@pytest.mark.parametrize("state", set(SubmissionState) - {SubmissionState.GATHERED})
def test_only_a_gathered_document_is_moved_by_a_batch(state: SubmissionState) -> None:
    for fate in Fate:
        with pytest.raises(IllegalTransition):
            conversation.after_batch(state, fate, AT)
    with pytest.raises(IllegalTransition):
        conversation.alone(state, AT)


def test_only_what_is_proven_not_to_be_held_is_gathered() -> None:
    assert conversation.gathered(STUCK, not_held=True).state is SubmissionState.GATHERED
    for state, not_held in ((STUCK, False), (U, True), (Q, True)):
        with pytest.raises(IllegalTransition):
            conversation.gathered(state, not_held=not_held)
