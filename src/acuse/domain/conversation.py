"""How a finding moves a submission: the table of design.md 3.5 as one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from acuse.domain.lifecycle import IllegalTransition
from acuse.domain.patience import Patience, delay
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
from acuse.domain.verdict import Evidence, Outcome

_S = SubmissionState
_CLAIMED = (_S.IN_FLIGHT, _S.WAITING, _S.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Step:
    """Where a submission goes, and when it is looked at again (None: not by itself).

    `not_held` goes with STUCK: the authority is proven not to hold the document, which may
    therefore be withdrawn.
    """

    state: SubmissionState
    wake_at: datetime | None = None
    not_known_since: datetime | None = None
    reason: str = ""
    not_held: bool = False


def may_call(state: SubmissionState, purpose: CallPurpose) -> bool:
    """Whether a claimed submission may make such a call: only a queued one is ever sent.

    Source: design.md 3.6 (never sent again without asking).
    """
    if purpose is CallPurpose.SEND:
        return state is _S.IN_FLIGHT
    return state in _CLAIMED


def claimed(state: SubmissionState) -> SubmissionState:
    """The state under a worker's lease; a question leaves it as it is."""
    if state is _S.QUEUED:
        return _S.IN_FLIGHT
    if state in (_S.WAITING, _S.UNCERTAIN):
        return state
    raise IllegalTransition(f"a submission in {state} is not claimed")


def lease_expired(state: SubmissionState, at: datetime, *, intended: bool = True) -> Step:
    """What a dead worker leaves.

    A sending whose call had begun (`intended`: its intent is on record) may have arrived, so it
    is asked about at once; without an intent nothing was sent.
    """
    if state is _S.IN_FLIGHT:
        return Step(_S.UNCERTAIN if intended else _S.QUEUED, wake_at=at)
    return Step(state, wake_at=at)


def retried(state: SubmissionState, at: datetime) -> Step:
    """A person's "try again" on a stuck submission: it always asks first."""
    if state is not _S.STUCK:
        raise IllegalTransition(f"only a stuck submission is retried, not one in {state}")
    return Step(_S.UNCERTAIN, wake_at=at)


def withdrawn(state: SubmissionState, *, not_held: bool) -> SubmissionState:
    """CLOSED, for a stuck submission whose document the authority is proven not to hold.

    `not_held` is the flag of the step that led to STUCK. A document that the authority may hold
    keeps its number and its bytes until the question is answered.
    """
    if state is not _S.STUCK or not not_held:
        raise IllegalTransition(f"a document whose submission is {state} cannot be withdrawn")
    return _S.CLOSED


class Fate(StrEnum):
    """What a batch's verdict does to one of the documents that go by way of it."""

    SETTLED = "SETTLED"  # judged with the batch
    RETURNED = "RETURNED"  # the batch was rejected for others: the next one takes it
    KNOWN = "KNOWN"  # the authority says it holds it already: asked about by itself
    LEFT_OUT = "LEFT_OUT"  # the batch was rejected for it, and holds nothing of it


def fate(outcome: Outcome, evidence: Evidence, line: int, judged: Judged) -> Fate:
    """What becomes of the document on that line, from 1 on, of a judged batch.

    A rejection that names nobody leaves all to a person, unless it is only the register's word
    that the batch never came.
    """
    if outcome.accepts:
        return Fate.SETTLED
    if line in judged.known:
        return Fate.KNOWN
    if line in judged.culprits:
        return Fate.LEFT_OUT
    named = judged.culprits or judged.known
    return Fate.RETURNED if named or evidence is Evidence.REGISTER else Fate.LEFT_OUT


FATES = {
    Fate.SETTLED: _S.SETTLED,
    Fate.RETURNED: _S.GATHERED,
    Fate.KNOWN: _S.UNCERTAIN,
    Fate.LEFT_OUT: _S.STUCK,
}


def after_batch(state: SubmissionState, fate: Fate, at: datetime, *, reason: str = "") -> Step:
    """Where the conversation of a document goes whose batch was judged."""
    if state is not _S.GATHERED:
        raise IllegalTransition(f"a submission in {state} goes by way of no batch")
    wake_at = at if fate is Fate.KNOWN else None
    return Step(FATES[fate], wake_at, reason=reason, not_held=fate is Fate.LEFT_OUT)


def alone(state: SubmissionState, at: datetime) -> Step:
    """A gathered document, in no batch yet, goes by itself after all."""
    if state is not _S.GATHERED:
        raise IllegalTransition(f"a submission in {state} was not gathered")
    return Step(_S.QUEUED, wake_at=at)


def gathered(state: SubmissionState, *, not_held: bool) -> Step:
    """A stuck document that is proven not to be held goes by way of a batch instead."""
    if state is not _S.STUCK or not not_held:
        raise IllegalTransition(f"a document whose submission is {state} is not gathered")
    return Step(_S.GATHERED)


def reopened(state: SubmissionState, outcome: Outcome) -> SubmissionState:
    """CLOSED, for a submission settled by a rejection; the next issue opens a new one."""
    if state is not _S.SETTLED or outcome.accepts:
        raise IllegalTransition(f"a submission {state} by {outcome} is not reopened")
    return _S.CLOSED


def advance(
    case: Case, purpose: CallPurpose, finding: Finding, *, at: datetime, patience: Patience
) -> Step:
    """Where the claimed submission goes after the finding.

    `case.state` is the state under the claim (IN_FLIGHT, WAITING or UNCERTAIN). A login that
    failed leaves everything as it was before the claim: nothing was sent, nothing is judged.
    Raises IllegalTransition from SETTLED, CLOSED and STUCK: a verdict never changes.
    """
    if case.state not in _CLAIMED:
        raise IllegalTransition(f"a submission in {case.state} takes no finding")
    match finding:
        case NeedsPerson(text):
            return Step(_S.STUCK, reason=text)
        case Refused(retry_in=None) as refused if _final(refused, purpose):
            # From IN_FLIGHT nothing earlier is open: what was refused now is held nowhere.
            return Step(_S.STUCK, reason=refused.text, not_held=case.state is _S.IN_FLIGHT)
        case Noted():
            return Step(_before_claim(case.state), wake_at=at, not_known_since=case.not_known_since)
    if purpose is CallPurpose.LOGIN:
        return _later(case, _before_claim(case.state), _asked_delay(finding), at, patience)
    return _after_call(case, finding, at, patience)


def _after_call(case: Case, finding: Finding, at: datetime, patience: Patience) -> Step:
    sending = case.state is _S.IN_FLIGHT
    match finding:
        case Judged():
            return Step(_S.SETTLED)
        case Received(ask_in=ask_in) | Pending(ask_in=ask_in):
            return Step(_S.WAITING, wake_at=at + _asked_wait(ask_in, case, patience))
        case AlreadyKnown():
            return Step(_S.UNCERTAIN, wake_at=at + delay(patience.asking, case.asks + 1))
        case NoAnswer(left=False) if sending:
            return _later(case, _S.QUEUED, None, at, patience)
        case NoAnswer() if sending:
            return Step(_S.UNCERTAIN, wake_at=at + delay(patience.asking, 1))
        case Refused(retry_in=retry_in) if sending:
            return _later(case, _S.QUEUED, retry_in, at, patience)
        case NotKnown() if case.state is _S.UNCERTAIN:
            return _not_known(case, at, patience)
        case NotKnown() if case.state is _S.WAITING:
            return Step(_S.UNCERTAIN, wake_at=at + patience.proof_gap, not_known_since=at)
        case NotKnown():  # asked while sending: the answer proves nothing about this sending
            return Step(_S.UNCERTAIN, wake_at=at + patience.proof_gap)
    return _later(case, case.state, _asked_delay(finding), at, patience)


def _not_known(case: Case, at: datetime, patience: Patience) -> Step:
    """Two answers "not known", far enough apart, prove that the authority does not hold it."""
    since = case.not_known_since
    if since is None:
        return Step(_S.UNCERTAIN, wake_at=at + patience.proof_gap, not_known_since=at)
    if at - since < patience.proof_gap:
        return Step(_S.UNCERTAIN, wake_at=since + patience.proof_gap, not_known_since=since)
    return Step(_S.QUEUED, wake_at=at)


def _later(
    case: Case,
    state: SubmissionState,
    asked: timedelta | None,
    at: datetime,
    patience: Patience,
) -> Step:
    series = patience.sending if state is _S.QUEUED else patience.asking
    wait = asked * patience.pace if asked is not None else delay(series, case.tries + 1)
    return Step(state, wake_at=at + wait, not_known_since=case.not_known_since)


def _asked_wait(ask_in: timedelta | None, case: Case, patience: Patience) -> timedelta:
    return ask_in * patience.pace if ask_in else delay(patience.asking, case.asks + 1)


def _before_claim(state: SubmissionState) -> SubmissionState:
    return _S.QUEUED if state is _S.IN_FLIGHT else state


def _asked_delay(finding: Finding) -> timedelta | None:
    return finding.retry_in if isinstance(finding, Refused) else None


def _final(refused: Refused, purpose: CallPurpose) -> bool:
    """Whether a refusal without a time ends the conversation: one too many questions waits."""
    return purpose is CallPurpose.SEND or refused.cause is not Cause.LIMIT
