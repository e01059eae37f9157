"""What came to the address for returned mail, on its way through the house.

Source: reliability.md F23, F82 and F84; mail.md 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Intake(StrEnum):
    """How a report came in."""

    SMTP = "SMTP"  # handed over by a mail server, with its envelope
    MAILBOX = "MAILBOX"  # fetched from the mailbox for returned mail
    HAND = "HAND"  # given by a person
    HOOK = "HOOK"  # an event that a mail provider told


class ReportState(StrEnum):
    """How far a report got."""

    RECEIVED = "RECEIVED"  # kept, to be read
    COUNTED = "COUNTED"  # it named a mail of ours and was believed
    NOTED = "NOTED"  # forged, nobody's or of no mail: it changed nothing
    UNREADABLE = "UNREADABLE"  # it brought the reader to its limits, three times


LARGEST = 16 * 1024 * 1024  # of a message that is taken in: a report may give back all of our mail
TRIES = 3
PAUSE = timedelta(minutes=2)  # before a report is read again that brought its reader down
SENDING_PAUSE = timedelta(seconds=30)  # while the mail it tells of is still being handed over
SENDING_LIMIT = timedelta(hours=6)  # no mail is handed over for so long


@dataclass(frozen=True, slots=True)
class Again:
    """The report is looked at again then; it is not done."""

    at: datetime


def after_trouble(tries: int, at: datetime) -> Again | ReportState:
    """What becomes of a report that could not be read for the `tries`-th time."""
    return ReportState.UNREADABLE if tries >= TRIES else Again(at + PAUSE)


def while_sending(received_at: datetime, at: datetime) -> Again | None:
    """When a report is looked at again whose mail is still being sent; None to go on as it is."""
    return None if at - received_at >= SENDING_LIMIT else Again(at + SENDING_PAUSE)
