"""Collect: what came to a company's mailbox is read, and what is ours of it kept, once.

What came back of the company's own mails is handed to `track`, as if it had come by the door.

Transact (the visit is claimed), talk (messages are fetched), transact for each message (what was
in it, and that it is done). The mailbox itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import InterfaceError, OperationalError, transaction

from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.mailbox import Cause, MailOutcome, Trouble, after_visit, best
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import capitalised
from acuse.flow import mailbox, mailed, outside, returned, wording
from acuse.flow.mailed import File, problem
from acuse.flow.returned import Returned
from acuse.gateways.mailbox import Fetched, Message, fetch
from acuse.mail import incoming
from acuse.mail.incoming import Incoming
from acuse.store import activity, companies, mailboxes
from acuse.store import incoming as messages
from acuse.store.mailboxes import Kept

log = structlog.get_logger()
FIRST_VISIT = timedelta(days=30)  # so far back the first visit looks
# Longer than a visit may last, in a hurried rehearsal too: a visit given away before its end would
# be begun again and again.
LEASE = timedelta(minutes=5)
KEEPS_RAW = (MailOutcome.RECEIVED, MailOutcome.EVENT, MailOutcome.REFUSED, MailOutcome.FAILED)


@dataclass(frozen=True, slots=True)
class Collected:
    """What one visit brought: how many messages of each outcome, and what kept it from its end."""

    outcomes: tuple[MailOutcome, ...]
    more: bool
    trouble: Trouble | None


class _Lost(Exception):
    """The visit was given to another worker."""


def collect(company_id: int, *, at: datetime) -> Collected:
    """What the company's mailbox had that was not read yet, as much as one visit takes.

    Raises Blocked where there is none, it is stopped, or another reads it at this moment.
    """
    company = companies.load(company_id)
    with transaction.atomic():
        kept = mailboxes.claim(company_id, at=at, until=at + LEASE)
    if kept is None:
        raise Blocked([_not_now(company_id)])
    return _visit(kept, company, at)


def collect_due(*, at: datetime) -> int:
    """How many mailboxes were visited: the one that waits longest, or none."""
    with transaction.atomic():
        kept = mailboxes.claim_due(at=at, until=at + LEASE)
    if kept is None:
        return 0
    _visit(kept, companies.load(kept.company_id), at)
    return 1


def _visit(kept: Kept, company: Company, at: datetime) -> Collected:
    fetched = _fetch(kept, company, at)
    outcomes: list[MailOutcome] = []
    try:
        for message in fetched.messages:
            outcome = _work_off(kept, company, message)
            if outcome:
                outcomes.append(outcome)
    except _Lost:
        return Collected(tuple(outcomes), False, None)
    _end(kept, company, fetched, at=outside.now())
    return Collected(tuple(outcomes), fetched.more, fetched.trouble)


def _fetch(kept: Kept, company: Company, at: datetime) -> Fetched:
    account = outside.mail_account(company.environment, kept.place, mailbox.password(kept))
    if account is None:
        return Fetched((), kept.cursor, False, Trouble(Cause.UNREACHABLE, ""))
    return fetch(
        account,
        cursor=kept.cursor,
        since=(at - FIRST_VISIT).date(),
        unknown=partial(mailboxes.unknown, kept.id),
    )


def _end(kept: Kept, company: Company, fetched: Fetched, *, at: datetime) -> None:
    """How the mailbox goes on; where it is stopped, the company is told."""
    step = after_visit(
        fetched.trouble,
        refusals=kept.refusals,
        failures=kept.failures,
        more=fetched.more,
        at=at,
        patience=outside.patience(company.environment),
    )
    reason = capitalised(wording.mail_trouble(fetched.trouble)) if fetched.trouble else ""
    with transaction.atomic():
        written = mailboxes.visited(
            kept, step, cursor=fetched.cursor, trouble=fetched.trouble, reason=reason, at=at
        )
        if written and step.stop:
            facts = {"username": kept.place.username, "host": kept.place.host, "reason": reason}
            event = Event(at, EventKind.MAILBOX_STOPPED, SYSTEM, facts)
            activity.record(company.id, None, event)


def _work_off(kept: Kept, company: Company, message: Message) -> MailOutcome | None:
    """What became of the message, now on record; None where it was before. Raises _Lost."""
    told, at = incoming.read(message.raw), outside.now()
    try:
        back = returned.read(company.id, message.raw, at=at)
        files = partial(_files, company, message, told, back, at)
        return _recorded(kept, message, told, files, at)
    except (_Lost, OperationalError, InterfaceError):  # the database's trouble is not the message's
        raise
    except Exception:  # a fault of ours in one message must not keep all that follow
        log.exception("message not worked off", mailbox=kept.id, message=message.name)
    return _recorded(kept, message, told, lambda: (mailed.failed(),), at)


def _files(
    company: Company, message: Message, told: Incoming, back: Returned | None, at: datetime
) -> tuple[File, ...]:
    """What became of the news in the message, and of each file; a report's files are our own."""
    if back is None:
        return mailed.files(company, message, told, at)
    news = returned.take(back, company.id, message.raw, at=at)
    return (news, *mailed.files(company, message, told, at)) if back.answers else (news,)


def _recorded(
    kept: Kept,
    message: Message,
    told: Incoming,
    files: Callable[[], tuple[File, ...]],
    at: datetime,
) -> MailOutcome | None:
    """The files worked off and the message with them, at once or not at all."""
    with transaction.atomic():
        if not mailboxes.hold(kept):
            raise _Lost
        if messages.known(kept.id, message.name):
            return None
        found = files()
        outcome = best(tuple(MailOutcome(one["outcome"]) for one in found))
        raw = message.raw if outcome in KEEPS_RAW else None
        messages.save(kept.company_id, kept.id, message.name, told, outcome, found, raw=raw, at=at)
    return outcome


def _not_now(company_id: int) -> Problem:
    kept = mailboxes.active(company_id)
    if kept is None:
        return problem(7, "No hay buzón de recepción. Conéctalo en Configuración > Facturación.")
    if kept.stopped:
        return problem(8, f"El buzón está detenido. {kept.stopped}")
    return problem(9, "El buzón se está leyendo ahora mismo. Mira el resultado en un momento.")
