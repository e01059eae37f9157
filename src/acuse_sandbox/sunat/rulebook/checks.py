"""The checks that the table names: each says what is wrong with the values of an element.

A check gets the place it is of and the nodes that the row's path leads to, and gives the wrong
values; "" stands for one that is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from acuse_sandbox.sunat.rulebook import formats
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.table import catalogue


class Place(NamedTuple):
    """An element with all above it, the document first."""

    chain: tuple[Node, ...]

    @property
    def node(self) -> Node:
        """The element itself."""
        return self.chain[-1]

    def values(self, path: str) -> list[str]:
        """The texts at the end of a path from the document ("/a"), from above ("^a") or here."""
        if path.startswith("/"):
            return self.chain[0].values(path[1:])
        below = path.lstrip("^")
        return self.chain[max(-1 - (len(path) - len(below)), -len(self.chain))].values(below)

    def value(self, path: str) -> str:
        """The first of them; "" if there is none."""
        return next(iter(self.values(path)), "")


Wrong = Iterable[str]
Check = Callable[[Place, list[str], str], Wrong]


def _each(good: Callable[[str, str], object]) -> Check:
    """A check of every value that is there; an empty one is another row's matter."""
    return lambda place, values, argument: [v for v in values if v and not good(v, argument)]


def missing(place: Place, values: list[str], argument: str) -> Wrong:
    """Nothing, or nothing but emptiness."""
    return () if any(values) else ("",)


def empty(place: Place, values: list[str], argument: str) -> Wrong:
    """There, but empty."""
    return [v for v in values if not v.strip()]


def some(place: Place, values: list[str], argument: str) -> Wrong:
    """None of the values is one of these."""
    return () if set(values) & set(argument.split("|")) else ("",)


def many(place: Place, values: list[str], argument: str) -> Wrong:
    """More of them than so many."""
    return values[int(argument) : int(argument) + 1]


def same(place: Place, values: list[str], argument: str) -> Wrong:
    """Another value than that of another element."""
    wanted = place.value(argument)
    return [v for v in values if wanted and v and v != wanted]


def differs(place: Place, values: list[str], argument: str) -> Wrong:
    """The same value as that of another element."""
    return [v for v in values if v and v == place.value(argument)]


def _size(argument: str) -> tuple[int, int]:
    first, _, last = argument.partition("-")
    return int(first), int(last)


@lru_cache(maxsize=64)
def _number(argument: str) -> re.Pattern[str]:
    whole, _, decimals = argument.partition(".")
    return re.compile(rf"[0-9]{{1,{whole}}}(\.[0-9]{{1,{decimals}}})?")


def _digits(value: str, argument: str) -> bool:
    first, last = _size(argument)
    return first <= len(value) <= last and value.isascii() and value.isdigit()


def _least(value: str, argument: str) -> bool:
    return not value.isdigit() or formats.number(value) >= int(argument)


@lru_cache(maxsize=256)
def _form(argument: str) -> re.Pattern[str]:
    return re.compile(argument)


CHECKS: Mapping[str, Check] = {
    "missing": missing,
    "lacks": lambda place, values, argument: () if values else ("",),
    "empty": empty,
    "some": some,
    "many": many,
    "same": same,
    "differs": differs,
    "text": _each(lambda v, a: formats.is_line(v, *_size(a))),
    "digits": _each(_digits),
    "count": _each(lambda v, a: _digits(v, f"1-{a}") and int(v) > 0),
    "least": _each(_least),
    "decimal": _each(lambda v, a: _number(a).fullmatch(v)),
    "above": _each(lambda v, a: _number(a).fullmatch(v) and formats.number(v) > 0),
    "small": _each(lambda v, a: abs(formats.number(v)) <= int(a)),
    "zero": _each(lambda v, a: formats.number(v) == 0),
    "positive": _each(lambda v, a: formats.number(v) > 0),
    "date": _each(lambda v, a: formats.day(v)),
    "in": _each(lambda v, a: v in catalogue(a)),
    "is": _each(lambda v, a: v in a.split("|")),
    "not": _each(lambda v, a: v not in a.split("|")),
    "form": _each(lambda v, a: _form(a).fullmatch(v)),
    "absent": lambda place, values, argument: values[:1],
}


def repeated(places: Iterable[Place], path: str) -> Iterable[tuple[Place, str]]:
    """The places whose value another one before has; a path may join several by "+"."""
    seen: Counter[tuple[str, ...]] = Counter()
    for place in places:
        found = tuple(place.value(part) for part in path.split("+"))
        seen[found] += 1
        if any(found) and seen[found] == 2:
            yield place, found[-1]


TERM = re.compile(r"(?P<path>[^=!~>?]+)(?P<sign>!=|=|!~|~|>|\?|!\?)(?P<value>.*)")


def holds(when: str, place: Place) -> bool:
    """True if all terms of a condition hold."""
    return not when or all(_holds(term, place) for term in _terms(when))


@lru_cache(maxsize=512)
def _terms(when: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(_term(text) for text in when.split(";"))


def _term(text: str) -> tuple[str, str, str]:
    found = TERM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no condition")
    return found["path"], found["sign"], found["value"]


SIGNS: Mapping[str, Callable[[list[str], str], bool]] = {
    "=": lambda found, value: bool(set(found) & set(value.split("|"))),
    "!=": lambda found, value: not set(found) & set(value.split("|")),
    "~": lambda found, value: any(_form(value).fullmatch(text) for text in found),
    "!~": lambda found, value: not any(_form(value).fullmatch(text) for text in found),
    ">": lambda found, value: any(formats.number(t) > formats.number(value) for t in found),
    "?": lambda found, value: bool(found),
    "!?": lambda found, value: not found,
}


def _holds(term: tuple[str, str, str], place: Place) -> bool:
    path, sign, value = term
    return SIGNS[sign](place.values(path), value)
