"""Who may number what, and the next number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem

NEARLY_USED = (  # share of the range, code, what to do
    (95, "XX-NUM-21", "Pide otra ahora."),
    (80, "XX-NUM-20", "Pide otra con tiempo."),
)
NEARLY_OVER = (  # days that are left, code, what to do
    (7, "XX-NUM-23", "Pide otra o prorrógala ahora."),
    (30, "XX-NUM-22", "Prorrógala o pide otra con tiempo."),
)


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
    name = _named(numbering)
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


def used_percent(numbering: NumberingRange) -> int:
    """How much of the range is used, in whole percent, rounded down: 100 only where none is left.

    Numbers before `next` count as used, also those that another program gave before.
    """
    return (numbering.next - numbering.first) * 100 // (numbering.last - numbering.first + 1)


def warnings(numbering: NumberingRange, on: date) -> tuple[Problem, ...]:
    """What will stop the range soon: nearly used up, nearly over; nothing where it already is."""
    if unusable(numbering, on):
        return ()
    return (*_nearly_used(numbering), *_nearly_over(numbering, on))


def _nearly_used(numbering: NumberingRange) -> Iterator[Problem]:
    used, left = used_percent(numbering), numbering.last - numbering.next + 1
    for share, code, remedy in NEARLY_USED:
        if used >= share:
            text = f"{_named(numbering)} va en el {used} %: quedan {left} números."
            yield _problem(code, f"{text} {remedy}")
            return


def _nearly_over(numbering: NumberingRange, on: date) -> Iterator[Problem]:
    until = numbering.valid_until
    if until is None:
        return
    left = (until - on).days
    for days, code, remedy in NEARLY_OVER:
        if left <= days:
            when = "vence hoy" if left == 0 else f"vence el {until:%d/%m/%Y}"
            yield _problem(code, f"{_named(numbering)} {when}. {remedy}")
            return


def _named(numbering: NumberingRange) -> str:
    return f"La numeración {numbering.series or '(sin prefijo)'}"


def _problem(code: str, text: str) -> Problem:
    return Problem("numberTemplate", code, text, rule="reliability.md 5.4")
