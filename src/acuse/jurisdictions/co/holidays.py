"""Business days of Colombia: Monday to Friday, less the holidays of the law.

Source: Ley 51 de 1983 (ley Emiliani: which feasts move to the next Monday), Código Sustantivo del
Trabajo art. 177; Easter by the Gregorian computus (Meeus, Jones, Butcher).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

FIXED = ((1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25))
MOVED = ((1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11))  # to the next Monday
AFTER_EASTER = (-3, -2, 43, 64, 71)  # Thursday, Friday, Ascension, Corpus Christi, Sacred Heart


def is_business_day(day: date) -> bool:
    """Whether the day is a working one."""
    return day.weekday() < 5 and day not in holidays(day.year)


def business_day_after(day: date, count: int) -> date:
    """The `count`-th business day after the day, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """The year's holidays."""
    easter = easter_of(year)
    fixed = {date(year, month, day) for month, day in FIXED}
    moved = {_monday(date(year, month, day)) for month, day in MOVED}
    return frozenset(fixed | moved | {easter + timedelta(days=days) for days in AFTER_EASTER})


def easter_of(year: int) -> date:
    """Easter Sunday."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday(day: date) -> date:
    """The day itself when it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)
