"""Tickets: what was judged, told only after a while, and forgotten after days.

Source: peru.md 5.1, 5.4 and traps P-6, P-7.
"""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from acuse_sandbox.sunat.options import Options

IN_PROCESS, UNKNOWN, OTHERS, GOOD, BAD = "98", "0127", "0126", "0", "99"


@dataclass(slots=True)
class Ticket:
    """One file that was judged, and what is told of it."""

    number: str
    ruc: str  # of the user who sent it
    fiscal_id: str
    since: datetime
    code: str  # GOOD or BAD
    cdr: bytes  # the ZIP; b"" for a file that was not judged
    outcome: str
    fault: tuple[str, str] = ("", "")  # of a file that was not judged: code and text
    waits: int = 0  # so often still in process
    unknown: int = 0  # after that, so often unknown
    is_lost: bool = False
    first: str | None = None  # told once in the CDR's place, as it stands
    was_told_to_wait: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a ticket: its code, and the ticket where it is the asker's."""

    code: str
    ticket: Ticket | None = None
    instead: str | None = None  # what stands in the CDR's place, this time

    @property
    def is_done(self) -> bool:
        """True if there is a verdict, good or bad."""
        return self.code in (GOOD, BAD)


class Tickets:
    """All tickets of one pretended SUNAT; safe from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets: dict[str, Ticket] = {}
        self._latest: dict[str, Ticket] = {}  # by file
        self._ordinal = itertools.count(1)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._tickets.clear()
            self._latest.clear()

    def number(self, at: datetime) -> str:
        """A number for the next ticket: digits, as the real ones are."""
        return f"{int(at.timestamp())}{next(self._ordinal):06}"

    def keep(self, ticket: Ticket) -> None:
        """Remember a ticket."""
        with self._lock:
            self._tickets[ticket.number] = ticket
            self._latest[ticket.fiscal_id] = ticket

    def is_in_process(self, fiscal_id: str, options: Options, at: datetime) -> bool:
        """True while the latest ticket of this file is."""
        with self._lock:
            ticket = self._latest.get(fiscal_id)
            return ticket is not None and _waits(ticket, options, at)

    def ask(self, number: str, ruc: str, options: Options, at: datetime) -> Told:
        """What is told of a ticket to a user of this RUC."""
        with self._lock:
            ticket = self._tickets.get(number)
            if ticket is None or ticket.is_lost:
                return Told(UNKNOWN)
            if ticket.ruc != ruc:
                return Told(OTHERS)
            code = _aged(ticket, options, at)
            instead = ticket.first if code in (GOOD, BAD) else None
            if instead is not None:
                ticket.first = None
            return Told(code, ticket, instead)


def _waits(ticket: Ticket, options: Options, at: datetime) -> bool:
    return ticket.waits > 0 or at < ticket.since + timedelta(seconds=options.ticket_seconds)


def _aged(ticket: Ticket, options: Options, at: datetime) -> str:
    if at >= ticket.since + timedelta(days=options.ticket_days):
        return UNKNOWN
    if _waits(ticket, options, at):
        ticket.waits = max(0, ticket.waits - 1)
        ticket.was_told_to_wait = True
        return IN_PROCESS
    if ticket.unknown:
        ticket.unknown -= 1
        return UNKNOWN
    quiet = timedelta(seconds=options.ticket_seconds + options.unknown_seconds)
    if ticket.was_told_to_wait and at < ticket.since + quiet:
        return UNKNOWN
    return ticket.code
