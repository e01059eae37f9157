"""Rates, thresholds and terms by the day they hold on: data, never constants.

Source: peru.md 1, 13 and 14 (what is UNCONFIRMED there is so here). `codes/rates.csv` has a row
for each value and the days from and until which it holds; where a law changes, a row is added.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

REDUCED, GENERAL = "reduced", "general"


@dataclass(frozen=True, slots=True)
class Rate:
    """A value and the days on which it holds, both included."""

    code: str
    since: date
    until: date
    value: Decimal


def at(what: str, code: str, day: date | None) -> Decimal | None:
    """The value that holds on the day, None where none does; without a day the newest."""
    known = [one for one in _table().get(what, ()) if one.code == code]
    if day is None:
        return known[-1].value if known else None
    return next((one.value for one in known if one.since <= day <= one.until), None)


@lru_cache(maxsize=1024)
def must(what: str, code: str, day: date | None) -> Decimal:
    """The value of the day; the first one before there was any."""
    found = at(what, code, day)
    if found is not None:
        return found
    return next(one.value for one in _table()[what] if one.code == code)


@lru_cache(maxsize=256)
def ever(what: str, until: date | None) -> frozenset[Decimal]:
    """Every value that has held up to that day: what a note to an old document may still have."""
    return frozenset(one.value for one in _table()[what] if until is None or one.since <= until)


@lru_cache(maxsize=256)
def current(what: str, day: date | None) -> frozenset[Decimal]:
    """Every value that holds on that day, whatever its code."""
    found = {at(what, one.code, day) for one in _table()[what]}
    return frozenset(value for value in found if value is not None)


@cache
def _table() -> dict[str, tuple[Rate, ...]]:
    text = resources.files(__package__).joinpath("codes", "rates.csv").read_text(encoding="utf-8")
    table: dict[str, list[Rate]] = {}
    for row in csv.DictReader(text.splitlines()):
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        since = date.fromisoformat(row["since"])
        rate = Rate(row["code"], since, until, Decimal(row["value"]))
        table.setdefault(row["what"], []).append(rate)
    return {what: tuple(rows) for what, rows in table.items()}
