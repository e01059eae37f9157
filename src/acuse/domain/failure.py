"""What did not arrive and why: the causes by which failures are shown, mended and told.

Source: product.md 5.11 (groups), mail.md 4 (whose matter a reason is), design.md 1.5.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from acuse.domain.activity import EventKind
from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.domain.delivery import Reason


class Cause(StrEnum):
    """Why something waits for a person, or for a time too long to pass in silence."""

    # The mail is held: the names of its reasons.
    NO_EMAIL = "NO_EMAIL"
    COMPANY_INCOMPLETE = "COMPANY_INCOMPLETE"
    ADDRESS_SUPPRESSED = "ADDRESS_SUPPRESSED"
    PACKET_INCOMPLETE = "PACKET_INCOMPLETE"
    CONFIRM_MANY = "CONFIRM_MANY"
    SWITCH_OFF = "SWITCH_OFF"
    EXPIRED = "EXPIRED"
    VOIDED = "VOIDED"
    # The mail left, or tried to.
    BAD_ADDRESS = "BAD_ADDRESS"
    BOUNCED = "BOUNCED"
    MAILBOX_FULL = "MAILBOX_FULL"
    BLOCKED = "BLOCKED"  # by the rules of the customer's server
    TOO_BIG = "TOO_BIG"
    OUR_SERVER = "OUR_SERVER"
    THEIR_SERVER = "THEIR_SERVER"  # it cannot now, again and again
    UNDECIDED = "UNDECIDED"  # uncertain twice: a person says whether it is sent again
    UNCERTAIN = "UNCERTAIN"  # the server never confirmed; news may still come
    # The authority.
    AUTHORITY = "AUTHORITY"
    # Anything that has been under way for too long.
    LATE = "LATE"


HELD = frozenset(Cause(reason.value) for reason in Reason if reason.value in set(Cause))
MAILED = frozenset(
    {
        Cause.BAD_ADDRESS,
        Cause.BOUNCED,
        Cause.MAILBOX_FULL,
        Cause.BLOCKED,
        Cause.TOO_BIG,
        Cause.OUR_SERVER,
        Cause.THEIR_SERVER,
        Cause.UNDECIDED,
        Cause.UNCERTAIN,
    }
)

PATIENT_TRIES = 3  # a mail put off less often is no failure yet: greylisting is usual
LATE_AFTER = timedelta(hours=6)  # what is under way for longer is shown
SYSTEMIC = 10  # so many documents of one cause within the hour are no accident
WITHIN = timedelta(hours=1)
DIGEST_HOUR = 7  # of the company's day: from then on, once, if there is something

# What a person can do with all of a cause at once.
RELEASABLE = frozenset(
    {
        Cause.PACKET_INCOMPLETE,
        Cause.CONFIRM_MANY,
        Cause.SWITCH_OFF,
        Cause.EXPIRED,
    }
)
RETRIABLE = (MAILED - {Cause.UNCERTAIN}) | {Cause.AUTHORITY}
RESOLVABLE = MAILED - {Cause.UNCERTAIN}
# Where mail to the address may be held, and a person may say that it works.
UNHELD = RESOLVABLE | {Cause.ADDRESS_SUPPRESSED}
READDRESSED = frozenset({Cause.BAD_ADDRESS, Cause.BOUNCED, Cause.MAILBOX_FULL, Cause.BLOCKED})

# What is as somebody decided, or ends by itself soon, is listed but troubles nobody by mail.
QUIET = frozenset({Cause.SWITCH_OFF, Cause.VOIDED, Cause.UNCERTAIN})
# What piles up by its date, or by what people do, says nothing of a fault.
NO_ALARM = QUIET | {Cause.EXPIRED, Cause.CONFIRM_MANY, Cause.LATE}

BOUNCES: Mapping[Response, Cause] = {
    Response.HOLD: Cause.BOUNCED,
    Response.COUNT: Cause.MAILBOX_FULL,
    Response.PACKET: Cause.TOO_BIG,
    Response.ALARM: Cause.BLOCKED,
    Response.LATER: Cause.THEIR_SERVER,
}


# Counted like a full mailbox, but another thing to say to the customer.
SAID_APART = {BounceReason.SUSPENDED: Cause.BOUNCED, BounceReason.FILTERED: Cause.BLOCKED}


def of_bounce(reason: BounceReason) -> Cause:
    """The cause under which a bounced mail is shown."""
    return SAID_APART.get(reason) or BOUNCES[response_to(reason)]


TOLD_BY_KIND = {
    EventKind.SUBMISSION_STUCK: Cause.AUTHORITY,
    EventKind.RECIPIENT_STUCK: Cause.UNDECIDED,
}
FAILING_EVENTS = (
    EventKind.DELIVERY_HELD,
    EventKind.RECIPIENT_FAILED,
    EventKind.RECIPIENT_BOUNCED,
    EventKind.RECIPIENT_DEFERRED,
    EventKind.RECIPIENT_STUCK,
    EventKind.SUBMISSION_STUCK,
)


def of_event(kind: EventKind, facts: Mapping[str, Any]) -> Cause | None:
    """The cause that an event of the timeline tells of; None for an event that is no failure."""
    if kind not in FAILING_EVENTS:
        return None
    if kind in TOLD_BY_KIND:
        return TOLD_BY_KIND[kind]
    told = str(facts.get("reason" if kind is EventKind.DELIVERY_HELD else "cause", ""))
    known = Cause(told) if told in set(Cause) else None
    if kind is EventKind.RECIPIENT_BOUNCED:
        return known or Cause.BOUNCED
    if kind is EventKind.RECIPIENT_DEFERRED and known is not Cause.OUR_SERVER:
        return None
    return known


@dataclass(frozen=True, slots=True)
class Happened:
    """A failure of the last hour, as its event tells it."""

    document_id: int
    cause: Cause


def documents(happened: Iterable[Happened]) -> Mapping[Cause, int]:
    """How many documents failed within the hour by each cause that may raise an alarm."""
    found: dict[Cause, set[int]] = {}
    for one in happened:
        if one.cause not in NO_ALARM:
            found.setdefault(one.cause, set()).add(one.document_id)
    return {cause: len(ids) for cause, ids in found.items()}


def systemic(failed: Mapping[Cause, int], *, road_closed: bool) -> frozenset[Cause]:
    """The causes that are no accident any more; a closed road needs one document to be told."""
    return frozenset(
        cause
        for cause, many in failed.items()
        if many >= SYSTEMIC or (road_closed and cause is Cause.OUR_SERVER)
    )


def digest_due(local: datetime) -> bool:
    """Whether the company's day is far enough for its digest; `local` is its own time."""
    return local.hour >= DIGEST_HOUR
