"""The forms of the sheet: amounts, prices, factors and texts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
UNIT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,10})?")
FACTOR = re.compile(r"[0-9]{1,3}(\.[0-9]{1,5})?")
ANY_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
LINE_NUMBER = re.compile(r"[0-9]{1,3}")
BAGS = re.compile(r"[0-9]{1,5}")
SERIES_NUMBER = re.compile(r"(F[A-Z0-9]{3}|[0-9]{4})-[0-9]{1,8}")
UBIGEO = re.compile(r"(0[1-9]|1[0-9]|2[0-5])[0-9]{4}")
OTHER_WHITE_SPACE = re.compile(r"[^\S ]")

ZERO = Decimal(0)
TOLERANCE = Decimal(1)


def number(text: str | None) -> Decimal:
    """The value of a number; zero where it is absent or malformed (another rule says so)."""
    if text is None or not ANY_NUMBER.fullmatch(text):
        return ZERO
    return Decimal(text)


def day(text: str | None) -> date | None:
    """The date; None where it is absent or not YYYY-MM-DD."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def is_line(text: str, shortest: int, longest: int) -> bool:
    """True for one line of text without blanks at its ends, of a length within the bounds."""
    return (
        shortest <= len(text) <= longest
        and text == text.strip()
        and not OTHER_WHITE_SPACE.search(text)
    )


def far(one: Decimal, other: Decimal) -> bool:
    """True if two sums differ by more than the authority's tolerance of one unit of currency."""
    return abs(one - other) > TOLERANCE
