"""Postbox: the installation's mailbox for returned mail is visited; it stays as it is.

Each message is kept as a report and remembered by its name there in one transaction, so a visit
that ends anywhere loses nothing and counts nothing twice (reliability.md F23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.db import transaction

from acuse.domain.mailbox import (
    PORTS,
    Cause,
    Place,
    Protocol,
    Security,
    Trouble,
    after_visit,
    place_problems,
)
from acuse.domain.party import Environment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.returned import LARGEST, Intake
from acuse.flow import outside, track, wording
from acuse.gateways import mailbox
from acuse.gateways.mailbox import Fetched
from acuse.store import return_mailboxes
from acuse.store.return_mailboxes import Kept

log = structlog.get_logger()
FIRST_VISIT = timedelta(days=30)
LEASE = timedelta(minutes=5)
LIMITS = mailbox.Limits(message=LARGEST)  # what the door takes, too
SCHEMES = {
    "imaps": (Protocol.IMAP, Security.TLS),
    "imap": (Protocol.IMAP, Security.STARTTLS),
    "imap-plain": (Protocol.IMAP, Security.NONE),  # on this host only
    "pop3s": (Protocol.POP3, Security.TLS),
    "pop3": (Protocol.POP3, Security.STARTTLS),
    "pop3-plain": (Protocol.POP3, Security.NONE),
}


@dataclass(frozen=True, slots=True)
class Visited:
    """What a visit brought: how many messages, how many of them new, what ended it."""

    messages: int
    new: int
    more: bool
    trouble: Trouble | None


def place() -> Place | None:
    """Where the mailbox is by the settings, None without one; raises Blocked for nonsense."""
    told = settings.RETURN_MAILBOX
    if not told:
        return None
    try:
        parts = urlsplit(told)
        protocol, security = SCHEMES[parts.scheme.lower()]
        port = parts.port or PORTS[protocol, security]
    except (KeyError, ValueError):
        raise Blocked([_senseless()]) from None
    found = Place(
        protocol=protocol,
        host=parts.hostname or "",
        port=port,
        security=security,
        username=unquote(parts.username or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
    if place_problems(found, private=True):  # whoever sets it runs the machine
        raise Blocked([_senseless()])
    return found


def due(*, at: datetime) -> bool:
    """Whether the mailbox is to be visited."""
    try:
        found = place()
    except Blocked:
        return False  # `acuse doctor` says so
    return found is not None and return_mailboxes.due(name(found), at=at)


def visit_due(*, at: datetime) -> int:
    """How many visits were made: one, or none."""
    return int(due(at=at) and visit(at=at) is not None)


def visit(*, at: datetime, now: bool = False) -> Visited | None:
    """What the visit brought; None without a mailbox, and where it is not due or read by another.

    `now`: due or not, stopped or not. Raises Blocked where the settings make no sense.
    """
    found = place()
    if found is None:
        return None
    with transaction.atomic():
        kept = return_mailboxes.claim(name(found), at=at, until=at + LEASE, now=now)
    if kept is None:
        return None
    fetched = _fetch(kept, found, at)
    new = sum(_taken(kept, message) for message in fetched.messages)
    _end(kept, fetched)
    return Visited(len(fetched.messages), new, fetched.more, fetched.trouble)


def name(found: Place) -> str:
    """Under which name the mailbox is remembered: all but how it is protected."""
    user = f"{found.username}@{found.host}"
    return f"{found.protocol.value.lower()}://{user}/{found.folder}"[:600]


def _fetch(kept: Kept, found: Place, at: datetime) -> Fetched:
    account = mailbox.Account(found, settings.RETURN_MAILBOX_PASSWORD, private=True)
    return mailbox.fetch(
        account,
        cursor=kept.cursor,
        since=(at - FIRST_VISIT).date(),
        unknown=partial(return_mailboxes.unknown, kept.id),
        limits=LIMITS,
    )


def _taken(kept: Kept, message: mailbox.Message) -> bool:
    """Whether the message was new, now on record; of one too large its head is all there is."""
    at, beyond = outside.now(), 0 if message.whole else message.size
    with transaction.atomic():
        new = track.take(message.raw, to=(), intake=Intake.MAILBOX, at=at, size=beyond)
        return_mailboxes.took(kept.id, message.name, at=at)
    return new


def _end(kept: Kept, fetched: Fetched) -> None:
    at = outside.now()
    trouble = fetched.trouble
    step = after_visit(
        trouble,
        refusals=kept.refusals,
        failures=kept.failures,
        more=fetched.more,
        at=at,
        patience=outside.patience(Environment.PRODUCTION),
    )
    reason = wording.mail_trouble(trouble) if trouble else ""
    with transaction.atomic():
        return_mailboxes.visited(kept, step, cursor=fetched.cursor, reason=reason, at=at)
    if trouble:
        level = log.error if trouble.cause in (Cause.REFUSED, Cause.NO_FOLDER) else log.warning
        level("mailbox for returned mail not read", cause=trouble.cause.value, stopped=step.stop)


def _senseless() -> Problem:
    return Problem(
        "ACUSE_RETURN_MAILBOX",
        "XX-REB-1",
        "ACUSE_RETURN_MAILBOX no se entiende. Escríbelo como "
        "imaps://usuario%40dominio@servidor/INBOX, o con pop3s.",
    )
