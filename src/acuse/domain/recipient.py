"""The mail to one address: one message, one SMTP transaction at a time, one state.

Source: design.md 3.5, reliability.md 5.2 and 5.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acuse.domain.lifecycle import IllegalTransition
from acuse.domain.patience import Patience, delay


class RecipientState(StrEnum):
    """How far the mail to one address got."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"  # a worker holds it
    DEFERRED = "DEFERRED"  # certainly not delivered; tried again later
    UNCERTAIN = "UNCERTAIN"  # the server never answered the final dot
    SENT = "SENT"  # the server said 2xx after the dot
    DELIVERED = "DELIVERED"  # positive evidence
    BOUNCED = "BOUNCED"
    FAILED = "FAILED"  # refused for good, or tries exhausted
    STUCK = "STUCK"  # uncertain twice: a person decides
    CANCELLED = "CANCELLED"
    REPLACED = "REPLACED"  # never left: made anew, lighter or for the addresses of today


WAITING = (RecipientState.QUEUED, RecipientState.DEFERRED)
UNDER_WAY = (*WAITING, RecipientState.SENDING)
# Nothing of it left, where no try was uncertain.
UNSENT = (*WAITING, RecipientState.FAILED, RecipientState.CANCELLED, RecipientState.REPLACED)


def has_begun(state: RecipientState, uncertain: int) -> bool:
    """Whether a mail left, or may have: of `uncertain` tries nobody knows the end."""
    return state not in UNSENT or uncertain > 0


class Stage(StrEnum):
    """The last thing begun in an SMTP dialogue, in order."""

    CONNECT = "connect"
    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    DOT = "dot"


# A refusal here is said to us, not to the address.
OURS = frozenset(
    {Stage.CONNECT, Stage.GREETING, Stage.EHLO, Stage.STARTTLS, Stage.AUTH, Stage.MAIL}
)


@dataclass(frozen=True, slots=True)
class SmtpOutcome:
    """How one attempt ended: the stage it reached and the server's words.

    `code` is the SMTP reply code of that stage, 0 where none could be read. A provider's answer
    is told in the same words, and `name` is what it calls the mail. `limit` is how many bytes the
    server takes, where it said so and the mail has more.
    """

    stage: Stage
    code: int
    text: str = ""
    name: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """Where a recipient goes; a try that is not `counted` brings it no nearer to its last."""

    state: RecipientState
    retry_at: datetime | None = None
    counted: bool = True


_R = RecipientState


def after_attempt(
    outcome: SmtpOutcome,
    *,
    tries: int,
    uncertain_before: bool,
    at: datetime,
    patience: Patience,
    spared: datetime | None = None,
    own: bool = False,
    ours: bool = False,
) -> Move:
    """Where a SENDING recipient goes; `tries` counts this attempt.

    After the dot a missing answer is UNCERTAIN, never "not sent"; before it, never "sent". Where
    the road is at fault, the mail is `spared`: tried again then, the try not counted. What is said
    of the mail's `own` faults before its recipient is named counts as if it were said after. A
    refusal that speaks of us (`ours`) may be mended by us: the mail is tried on.
    """
    kind = outcome.code // 100
    if outcome.stage is Stage.DOT and kind == 2:
        return Move(_R.SENT)
    if outcome.stage is Stage.DOT and kind not in (4, 5):  # also a 3xx: it answers something else
        return _uncertain(uncertain_before, at, patience)
    if spared is not None:
        return Move(_R.DEFERRED, spared, counted=False)
    if kind == 5 and outcome.stage in OURS and not own:
        return Move(_R.DEFERRED, at + delay(patience.mailing, tries))
    if kind == 5 and not ours:
        return Move(_R.FAILED)
    return _not_sent(tries, at + delay(patience.mailing, tries), patience)


def lease_expired(
    stage: Stage, *, tries: int, uncertain_before: bool, at: datetime, patience: Patience
) -> Move:
    """Where a recipient goes whose worker died: the stage that it had recorded decides.

    A first death is retried at once; a mail that kills its workers waits and ends like any other.
    """
    if stage is Stage.DOT:
        return _uncertain(uncertain_before, at, patience)
    if tries <= 1:
        return Move(_R.DEFERRED, at)
    return _not_sent(tries, at + delay(patience.mailing, tries - 1), patience)


def window_closed(at: datetime, *, again: bool = True) -> Move:
    """An uncertain mail without news is sent once more: same bytes, same Message-ID.

    Where its road would make another mail of it (not `again`), a person decides.
    """
    return Move(_R.DEFERRED, at) if again else Move(_R.STUCK)


def _not_sent(tries: int, retry_at: datetime, patience: Patience) -> Move:
    if tries >= patience.mail_tries:
        return Move(_R.FAILED)
    return Move(_R.DEFERRED, retry_at)


def _uncertain(uncertain_before: bool, at: datetime, patience: Patience) -> Move:
    if uncertain_before:
        return Move(_R.STUCK)
    return Move(_R.UNCERTAIN, at + patience.evidence_window)


class RecipientEvent(StrEnum):
    """What can happen to a recipient apart from an attempt's outcome."""

    CLAIM = "claim"
    CANCEL = "cancel"
    REPLACE = "replace"
    REPORTED_DELIVERED = "reported delivered"
    BOUNCE = "bounce"
    PROVEN_SENT = "proven sent"
    RESEND = "resend"  # a person's decision
    CLOSE = "close"  # a person's decision: it counts as sent
    EXHAUSTED = "exhausted"


_E = RecipientEvent

RECIPIENT_TABLE: dict[tuple[RecipientState, RecipientEvent], RecipientState] = {
    (_R.QUEUED, _E.CLAIM): _R.SENDING,
    (_R.DEFERRED, _E.CLAIM): _R.SENDING,
    (_R.QUEUED, _E.CANCEL): _R.CANCELLED,
    (_R.DEFERRED, _E.CANCEL): _R.CANCELLED,
    (_R.QUEUED, _E.REPLACE): _R.REPLACED,
    (_R.DEFERRED, _E.REPLACE): _R.REPLACED,
    (_R.DEFERRED, _E.EXHAUSTED): _R.FAILED,
    (_R.UNCERTAIN, _E.PROVEN_SENT): _R.SENT,
    (_R.UNCERTAIN, _E.REPORTED_DELIVERED): _R.DELIVERED,
    (_R.UNCERTAIN, _E.BOUNCE): _R.BOUNCED,
    # News of an uncertain mail may come after its window: no second copy then.
    (_R.DEFERRED, _E.PROVEN_SENT): _R.SENT,
    (_R.DEFERRED, _E.REPORTED_DELIVERED): _R.DELIVERED,
    (_R.DEFERRED, _E.BOUNCE): _R.BOUNCED,
    (_R.STUCK, _E.PROVEN_SENT): _R.SENT,
    (_R.STUCK, _E.REPORTED_DELIVERED): _R.DELIVERED,
    (_R.STUCK, _E.BOUNCE): _R.BOUNCED,
    # So may news of a first copy when the second was refused, or is not wanted any more.
    (_R.FAILED, _E.PROVEN_SENT): _R.SENT,
    (_R.FAILED, _E.REPORTED_DELIVERED): _R.DELIVERED,
    (_R.FAILED, _E.BOUNCE): _R.BOUNCED,
    (_R.CANCELLED, _E.PROVEN_SENT): _R.SENT,
    (_R.CANCELLED, _E.REPORTED_DELIVERED): _R.DELIVERED,
    (_R.CANCELLED, _E.BOUNCE): _R.BOUNCED,
    (_R.STUCK, _E.RESEND): _R.DEFERRED,
    (_R.STUCK, _E.CLOSE): _R.SENT,
    (_R.SENT, _E.REPORTED_DELIVERED): _R.DELIVERED,
    (_R.SENT, _E.BOUNCE): _R.BOUNCED,
    (_R.DELIVERED, _E.BOUNCE): _R.BOUNCED,
}


def advance_recipient(state: RecipientState, event: RecipientEvent) -> RecipientState:
    """The state after the event; raises IllegalTransition where the table has none."""
    try:
        return RECIPIENT_TABLE[state, event]
    except KeyError:
        raise IllegalTransition(f"a recipient in {state} cannot {event}") from None


WORST_FIRST = (
    _R.BOUNCED,
    _R.FAILED,
    _R.STUCK,
    _R.UNCERTAIN,
    _R.DEFERRED,
    _R.SENDING,
    _R.QUEUED,
    _R.CANCELLED,
    _R.SENT,
    _R.DELIVERED,
)


def summary(states: Iterable[RecipientState]) -> RecipientState | None:
    """The one state shown for a delivery: the worst of its recipients'; None without any.

    What was replaced says nothing: what took its place does.
    """
    present = set(states)
    return next((state for state in WORST_FIRST if state in present), None)
