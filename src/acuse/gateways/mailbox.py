"""Mail that came, fetched from a company's mailbox, which stays as it is.

Nothing is marked, moved or deleted there: what was worked off is remembered here, so a visit that
ends at any moment loses nothing (reliability.md F23). Bounces are fetched the same way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from acuse.domain.mailbox import Protocol, Trouble
from acuse.gateways.mailbox_imap import ImapVisit
from acuse.gateways.mailbox_pop import PopVisit
from acuse.gateways.mailbox_terms import Fetched, Limits, Message, Seen, Unknown, Visit
from acuse.gateways.mailbox_wire import Account, Broke, Endless, Waits

__all__ = ["Account", "Fetched", "Limits", "Message", "Seen", "Waits", "fetch", "look", "patient"]


def fetch(
    account: Account,
    *,
    cursor: str,
    since: date,
    unknown: Unknown,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Fetched:
    """The next messages that are `unknown`, oldest first; never raises for what a server does.

    `cursor` is what the last visit gave, "" for the first: then what came before `since` is left
    (IMAP; POP3 knows no days). `unknown` is asked in mid-talk, outside any transaction.
    """
    try:
        visit = _enter(account)
    except Broke as broken:
        return Fetched((), cursor, False, broken.trouble)
    messages: list[Message] = []
    more, trouble = False, None
    try:
        listed = visit.listed(cursor, since, unknown, limits)
        more, left = listed.more, limits.together
        for name, size in listed.messages:
            if messages and size > left:
                more = True
                break
            try:
                one = visit.message(name, size, limits)
            except Endless as broken:  # larger than it was said to be, now and next time
                one, trouble = Message(name, b"", size, whole=False), broken.trouble
            messages.append(one)
            cursor = visit.cursor(name)
            left -= len(one.raw)
            if trouble:
                break
    except Broke as broken:
        trouble = broken.trouble
    finally:
        visit.leave()
    return Fetched(tuple(messages), cursor, more and trouble is None, trouble)


def look(account: Account) -> Seen | Trouble:
    """What a first look sees; nothing is fetched."""
    try:
        visit = _enter(account)
    except Broke as broken:
        return broken.trouble
    visit.leave()
    return Seen(visit.count)


def patient(account: Account, waits: Waits) -> Account:
    """The same mailbox, its server waited for so long."""
    return replace(account, waits=waits)


def _enter(account: Account) -> Visit:
    match account.place.protocol:
        case Protocol.IMAP:
            return ImapVisit(account)
        case Protocol.POP3:
            return PopVisit(account)
