"""A company's mailbox: tried, saved, left; whoever reads it is collect."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.mailbox import Cause, Place, Trouble, place_problems
from acuse.domain.problem import Blocked, Problem
from acuse.flow import lanes, outside
from acuse.gateways import mailbox
from acuse.store import activity, companies, mailboxes
from acuse.store.mailboxes import Kept

SECRET = "mailbox"  # noqa: S105 - the name under which passwords are wrapped
WAITS = mailbox.Waits(connect=8.0, reply=10.0, whole=20.0)  # a person is waiting


def look(company_id: int, place: Place, password: str) -> mailbox.Seen | Trouble:
    """What a first look sees; nothing is saved or fetched. Without password, with the kept one.

    Raises Blocked where it cannot be tried as it is told.
    """
    company = companies.load(company_id)
    _refuse(place)
    told = password or _kept_password(company_id, place)
    account = outside.mail_account(company.environment, place, told)
    if account is None:
        return Trouble(Cause.UNREACHABLE, "")
    return mailbox.look(mailbox.patient(account, WAITS))


def save(company_id: int, place: Place, password: str, *, by: str, at: datetime) -> int:
    """The id of the mailbox, read from now on; one that was stopped is read again.

    Without password, with the kept one. Raises Blocked.
    """
    _refuse(place)
    told = password or _kept_password(company_id, place)
    wrapped = outside.wrap_secret(company_id, SECRET, told)
    with transaction.atomic():
        mailboxes.lock(company_id)  # first, as who works off a message does
        companies.lock(company_id)
        saved = mailboxes.save(company_id, place, wrapped, at=at)
        activity.record(company_id, None, _event(EventKind.MAILBOX_SAVED, place, by, at))
        lanes.nudge(lanes.COLLECT)
    return saved


def close(company_id: int, *, by: str, at: datetime) -> bool:
    """Whether the mailbox is not read any more from now on; what was read stays."""
    with transaction.atomic():
        kept = mailboxes.active(company_id)
        if kept is None or not mailboxes.close(company_id):
            return False
        activity.record(company_id, None, _event(EventKind.MAILBOX_CLOSED, kept.place, by, at))
    return True


def wake(company_id: int, *, at: datetime) -> bool:
    """Whether the mailbox is visited now."""
    with transaction.atomic():
        woken = mailboxes.wake(company_id, at=at)
        if woken:
            lanes.nudge(lanes.COLLECT)
    return woken


def password(kept: Kept) -> str:
    """The kept password, in plain."""
    return outside.open_secret(kept.company_id, SECRET, kept.wrapped_password)


def _kept_password(company_id: int, place: Place) -> str:
    """The password of the saved mailbox, for the same server and user only. Raises Blocked.

    To another server it is not sent: whoever may edit the form could have it sent to his own.
    """
    kept = mailboxes.active(company_id)
    same = kept and (kept.place.host, kept.place.username) == (place.host, place.username)
    if kept is None or not same:
        raise Blocked([Problem("password", "XX-BUZ-2", "Escribe la contraseña del buzón.")])
    return password(kept)


def _refuse(place: Place) -> None:
    problems = place_problems(place, private=settings.PRIVATE_MAILBOXES)
    if problems:
        raise Blocked(problems)


def _event(kind: EventKind, place: Place, by: str, at: datetime) -> Event:
    return Event(at, kind, by, {"username": place.username, "host": place.host})
