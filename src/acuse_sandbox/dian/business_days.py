"""Business days in Colombia: no Saturdays, Sundays, nor holidays (Ley 51 de 1983).

Counted here anew, from the law: who asks and who judges share no code.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

FIXED = ((1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25))
# Moved to the Monday that follows, unless they fall on one.
MOVED = ((1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11))
AFTER_EASTER = (-3, -2, 43, 64, 71)  # Holy Thursday and Friday; three that are always Mondays


def business_days_after(first: date, last: date) -> int:
    """How many business days lie after the first day, up to and with the last."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(1 for day in days if day.weekday() < 5 and day not in holidays(day.year))


@cache
def holidays(year: int) -> frozenset[date]:
    """Every holiday of a year."""
    fixed = [date(year, month, day) for month, day in FIXED]
    moved = [_monday(date(year, month, day)) for month, day in MOVED]
    return frozenset([*fixed, *moved, *(easter(year) + timedelta(days=n) for n in AFTER_EASTER)])


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
