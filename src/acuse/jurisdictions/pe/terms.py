"""How many days after its date SUNAT takes a document. Source: peru.md 1 and 14 (1)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from acuse.jurisdictions.pe import rates


@dataclass(frozen=True, slots=True)
class Term:
    """How many days after its issue a document may be sent, and what SUNAT says of a later one."""

    code: str
    series: str  # its first letter
    days: int
    valid_from: date | None
    valid_until: date | None
    refusal: str


def to_send(code: str, number: str, issued: date) -> Term | None:
    """The term of a document of that day that goes by itself; None where it has none.

    `code` of catalogue 01; of `number` (or the series) the first letter counts.
    """
    found = (
        term
        for term in terms()
        if (term.code, term.series) == (code, number[:1])
        and (term.valid_from is None or term.valid_from <= issued)
        and (term.valid_until is None or issued <= term.valid_until)
    )
    return next(found, None)


def days_ahead(day: date) -> int:
    """How far ahead of today a document may be dated (2329)."""
    return int(rates.must("days", "ahead", day))


@cache
def terms() -> tuple[Term, ...]:
    """The terms in force, kept by hand: they stand in resolutions, in no catalogue."""
    text = resources.files(__package__).joinpath("codes", "terms.csv").read_text(encoding="utf-8")
    return tuple(
        Term(
            row["code"],
            row["series"],
            int(row["days"]),
            _day(row["valid_from"]),
            _day(row["valid_until"]),
            row["refusal"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
