"""Who may number what, and the next number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Number:
    """A consecutive number inside its series, as the issuer counts it."""

    series: str
    value: int


@dataclass(frozen=True, slots=True)
class NumberingRange:
    """A counter of one kind and series: `next` is the number that the next document gets."""

    id: int
    kind: DocumentKind
    series: str
    first: int
    last: int
    next: int
    valid_from: date | None = None
    valid_until: date | None = None
    active: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)


def take(numbering: NumberingRange, on: date) -> tuple[Number, NumberingRange] | Problem:
    """The next number and the range after it, or why there is none on that day.

    Source: reliability.md 5.4 (no gap, no repeat; the row that holds the range is locked).
    """
    problem = unusable(numbering, on)
    if problem:
        return problem
    number = Number(numbering.series, numbering.next)
    return number, replace(numbering, next=numbering.next + 1)


def unusable(numbering: NumberingRange, on: date) -> Problem | None:
    """Why the range cannot number a document of that day; None when it can."""
    name = f"La numeración {numbering.series}"
    if not numbering.active:
        return _problem("XX-NUM-1", f"{name} está inactiva. Actívala o elige otra.")
    if numbering.valid_from and on < numbering.valid_from:
        return _problem(
            "XX-NUM-2", f"{name} rige desde el {numbering.valid_from:%d/%m/%Y}. Elige otra."
        )
    if numbering.valid_until and on > numbering.valid_until:
        return _problem(
            "XX-NUM-3",
            f"{name} venció el {numbering.valid_until:%d/%m/%Y}. Agrega una vigente en "
            "Configuración > Facturación > Numeraciones.",
        )
    if numbering.next > numbering.last:
        return _problem(
            "XX-NUM-4",
            f"{name} se agotó: su último número es {numbering.last}. Agrega otra en "
            "Configuración > Facturación > Numeraciones.",
        )
    return None


def _problem(code: str, text: str) -> Problem:
    return Problem("numberTemplate", code, text, rule="reliability.md 5.4")
