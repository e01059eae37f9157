"""What SUNAT's codes mean, as a table. Source: peru.md 5.4; each row names its ground there.

A code that no row names falls to its thousand, so that a new code never breaks anything.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Meaning(StrEnum):
    """What a fault says of the document."""

    BUSY = "busy"  # the service is ill: it may have taken the document
    PENDING = "pending"  # the same document is being processed
    CREDENTIALS = "credentials"  # user, password or permission
    FILE = "file"  # our file is wrong
    KNOWN = "known"  # given before: ask
    CONTENT = "content"  # the user can mend it; the number is free
    UNPROVEN = "unproven"  # told as fault what production tells by CDR: ask where one can


RANGES = (  # first, last, meaning; the first row that fits counts
    (100, 100, Meaning.BUSY),
    (101, 106, Meaning.CREDENTIALS),
    (109, 110, Meaning.BUSY),
    (111, 113, Meaning.CREDENTIALS),
    (126, 126, Meaning.CREDENTIALS),
    (130, 138, Meaning.BUSY),
    (140, 140, Meaning.PENDING),
    (151, 153, Meaning.FILE),
    (154, 154, Meaning.CREDENTIALS),
    (155, 161, Meaning.FILE),
    (200, 204, Meaning.BUSY),
    (250, 254, Meaning.BUSY),
    (300, 302, Meaning.FILE),
    (303, 305, Meaning.BUSY),
    (306, 306, Meaning.FILE),
    (307, 307, Meaning.BUSY),
    (402, 402, Meaning.KNOWN),
    (1032, 1033, Meaning.KNOWN),
    (1078, 1078, Meaning.CREDENTIALS),
    (1000, 1999, Meaning.CONTENT),
    (2222, 2222, Meaning.CREDENTIALS),
    (2223, 2223, Meaning.KNOWN),
    (2324, 2324, Meaning.KNOWN),
    (2000, 3999, Meaning.UNPROVEN),
)

NOT_FOUND = {"0011", "0014", "0127"}  # of the consult service, without a CDR in its answer


def meaning(code: str) -> Meaning:
    """What the fault's code says; a code unknown or unreadable is an illness of the service."""
    if not re.fullmatch("[0-9]{1,4}", code):
        return Meaning.BUSY
    number = int(code)
    return next((m for first, last, m in RANGES if first <= number <= last), Meaning.BUSY)
