"""What SUNAT's codes mean, as tables. Source: peru.md 5.1 and 5.4; the words of each code are in
SUNAT's return codes of 2026-02-12.

A code that no row names falls to its thousand, so that a new code never breaks anything.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum


class Meaning(StrEnum):
    """What a fault says of the document."""

    BUSY = "busy"  # the service is ill: it may have taken the document
    PENDING = "pending"  # the same document is being processed
    CREDENTIALS = "credentials"  # user, password or permission
    TICKET = "ticket"  # the ticket is not known
    FILE = "file"  # our file is wrong
    KNOWN = "known"  # given before: ask
    CONTENT = "content"  # the user can mend it; the number is free
    UNPROVEN = "unproven"  # told as fault what production tells by CDR: ask where one can
    ODD = "odd"  # an observation is no fault


RANGES = (  # first, last, meaning, source; the first row that fits counts
    (100, 100, Meaning.BUSY, "5.4: ask, then send again"),
    (101, 106, Meaning.CREDENTIALS, "5.4: stop after two"),
    (109, 110, Meaning.BUSY, "5.4; 0110 of a new user, P-14"),
    (111, 113, Meaning.CREDENTIALS, "5.4; 5.2 0111 without profile"),
    (125, 125, Meaning.BUSY, "5.1: could not get the CDR"),
    (126, 126, Meaning.CREDENTIALS, "5.4: the ticket of another user"),
    (127, 127, Meaning.TICKET, "5.4, P-7: also of good tickets, for minutes"),
    (130, 138, Meaning.BUSY, "5.4"),
    (140, 140, Meaning.PENDING, "5.4: 60 s"),
    (151, 153, Meaning.FILE, "5.4"),
    (154, 154, Meaning.CREDENTIALS, "5.4: no right to send for this RUC"),
    (155, 161, Meaning.FILE, "5.4"),
    (200, 204, Meaning.BUSY, "5.4"),
    (250, 254, Meaning.BUSY, "5.4"),
    (300, 302, Meaning.FILE, "5.4"),
    (303, 305, Meaning.BUSY, "5.4"),
    (306, 306, Meaning.FILE, "5.4: includes the schema"),
    (307, 307, Meaning.BUSY, "5.4"),
    (400, 400, Meaning.CREDENTIALS, "return codes: no permission for test cases"),
    (401, 401, Meaning.FILE, "return codes: no such test case"),
    (402, 402, Meaning.KNOWN, "5.4: name already sent, P-6"),
    (403, 404, Meaning.CONTENT, "return codes: the document that a note corrects"),
    (1032, 1033, Meaning.KNOWN, "5.4: registered, dead or alive, P-4"),
    (1078, 1078, Meaning.CREDENTIALS, "5.4: must send to an OSE"),
    (1081, 1082, Meaning.FILE, "return codes: sent to the wrong service"),
    (1085, 1085, Meaning.FILE, "F-7: a guía sent to the old service"),
    (1000, 1999, Meaning.CONTENT, "5.4: mend, same number"),
    (2109, 2109, Meaning.KNOWN, "return codes: 1033 under its old number"),
    (2222, 2222, Meaning.CREDENTIALS, "5.4"),
    (2223, 2223, Meaning.KNOWN, "5.4: the name of a summary, P-6"),
    (2324, 2324, Meaning.KNOWN, "5.4: the name of a voiding"),
    (2403, 2403, Meaning.KNOWN, "return codes: 0402 under its other number"),
    (2000, 3999, Meaning.UNPROVEN, "5.4, UNCONFIRMED 2"),
    (4000, 9999, Meaning.ODD, "5.4: not expected, a person"),
)

DEAD_NUMBER = "1032"  # registered, and rejected or voided since
# A question that comes after the term is refused for that alone, whoever holds the document.
TERM_OVER = frozenset({"1079", "2108", "2600", "2950", "2957", "2958"})
# A batch whose members were taken by an earlier sending of it: no verdict on that one.
TAKEN_BEFORE = frozenset({"2223", "2324", "2282", "2323", "2751", "2987"})
# A member of a batch that SUNAT holds, in whatever state: asked about by itself.
MEMBER_KNOWN = frozenset({"2282", "2987"})
NOT_FOUND = frozenset({"0011", "0014", "0127"})  # of the consult service, without a CDR
NO_TICKET = frozenset({127, 13})  # SUNAT's, and an OSE's 0013
DONE, DONE_WITH_ERRORS, IN_PROCESS = 0, 99, 98  # of a ticket

IN_PROCESS_AGAIN = timedelta(seconds=60)  # 0140
POLLS = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 900))  # of a ticket; the last repeats
POLLED_FOR = timedelta(hours=24)
TICKET_PROVEN_UNKNOWN = timedelta(hours=1)  # from the first to the last of at least three asks
UNUSABLE_FOR = timedelta(hours=1)  # a ticket that is done and tells nothing
KNOWN_BUT_NOT_FOUND_FOR = timedelta(hours=24)  # P-11: keep asking for hours, never a new number
SUMMARY_LOST_AFTER = timedelta(days=1)  # 5.5: none of its members is registered
ASKS_TO_BELIEVE = 2


def meaning(code: str) -> Meaning:
    """What the fault's code says; a code unknown or unreadable is an illness of the service."""
    if not re.fullmatch("[0-9]{1,4}", code):
        return Meaning.BUSY
    number = int(code)
    return next((row[2] for row in RANGES if row[0] <= number <= row[1]), Meaning.BUSY)


def poll(asks: int) -> timedelta:
    """When a ticket is asked again that was asked so often."""
    return POLLS[min(asks, len(POLLS) - 1)]
