"""A field of addresses cut into pieces, nothing dropped. Source: mail.md 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from acuse.domain.email_words import COMMON_ENDINGS

SEPARATORS = frozenset(";,|\t\n\r\x0b\x0c\x85\u2028\u2029")
CONNECTORS = frozenset({"/", "y", "e", "o", "y/o", "and", "&", "-"})
GLUED = "/&"  # connectors that people write without a space after them
_CLOSING = {'"': '"', "<": ">", "(": ")"}
_WORD = re.compile(r"\S+")
_COMPLETE = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_BARE = re.compile(r"\s*[^@\s]+@[^@\s.]+")
_BETWEEN_SLASHES = re.compile(r"[^/]+")
_GROUP = re.compile(r"\s*[^@:;<>\"]{1,60}:\s+(?=[^\s@]+@)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the field: its text and where it begins."""

    text: str
    offset: int


def pieces(raw: str) -> list[Piece]:
    """The parts of the field that are not blank, in order.

    Separators are `; , |`, tabs and line ends, never inside quotes, angle brackets or
    parentheses; then white space, a slash or "y", "e", "o", "and" between complete addresses.
    """
    whole = _rejoined(list(_separated(raw)))
    return [part for one in whole for part in _loosened(one) if part.text.strip()]


def looks_complete(text: str) -> bool:
    """Whether the text has the outline of one address."""
    return _COMPLETE.fullmatch(text) is not None


def _separated(raw: str) -> Iterator[Piece]:
    start = position = 0
    while position < len(raw):
        sign = raw[position]
        if sign in _CLOSING:
            position = _after_closing(raw, position)
            continue
        if sign in SEPARATORS:
            yield Piece(raw[start:position], start)
            start = position + 1
        position += 1
    yield Piece(raw[start:], start)


def _rejoined(parts: list[Piece]) -> Iterator[Piece]:
    """`ana@e,co` as one piece again: its comma was meant to be a point."""
    position = 0
    while position < len(parts):
        part = parts[position]
        after = parts[position + 1].text if position + 1 < len(parts) else ""
        if _BARE.fullmatch(part.text) and after.rstrip() in COMMON_ENDINGS:
            yield Piece(f"{part.text},{after}", part.offset)
            position += 1
        else:
            yield part
        position += 1


def _after_closing(raw: str, opening: int) -> int:
    """Where the reading goes on after a quote or bracket; an unclosed one is a plain sign."""
    line_end = raw.find("\n", opening)
    closing = raw.find(_CLOSING[raw[opening]], opening + 1, len(raw) if line_end < 0 else line_end)
    return opening + 1 if closing < 0 else closing + 1


def _loosened(whole: Piece) -> Iterator[Piece]:
    text = whole.text
    if '"' in text or "<" in text or "(" in text:
        yield from _after_brackets(whole)
        return
    group = _GROUP.match(text)
    if group and not text.lstrip().lower().startswith("mailto:"):
        text = " " * group.end() + text[group.end() :]
    parts = _words(Piece(text, whole.offset))
    complete = sum(looks_complete(part.text) for part in parts)
    if complete >= 2 or (complete == 1 and len(parts) > 1 and _all_connected(parts)):
        yield from _unglued(parts)
        return
    yield Piece(text, whole.offset)


def _words(whole: Piece) -> list[Piece]:
    words = (Piece(word[0], whole.offset + word.start()) for word in _WORD.finditer(whole.text))
    return [part for word in words for part in _slashed(word)]


def _unglued(parts: list[Piece]) -> Iterator[Piece]:
    """The parts without what connects them: `/b@e.co` after another address begins with "b"."""
    for index, part in enumerate(parts):
        if part.text.lower() in CONNECTORS:
            continue
        bare = part.text.lstrip(GLUED) if index else part.text
        yield Piece(bare, part.offset + len(part.text) - len(bare))


def _all_connected(parts: list[Piece]) -> bool:
    return all(looks_complete(part.text) or part.text.lower() in CONNECTORS for part in parts)


def _slashed(word: Piece) -> Iterator[Piece]:
    """`a@e.co/b@e.co` as two; a slash within one address stays."""
    parts = [
        Piece(one[0], word.offset + one.start()) for one in _BETWEEN_SLASHES.finditer(word.text)
    ]
    several = len(parts) > 1 and all(looks_complete(part.text) for part in parts)
    yield from parts if several else [word]


def _after_brackets(whole: Piece) -> Iterator[Piece]:
    """`Ana <a@e.co> Luis <b@e.co>` as two, and what stands after them."""
    start = 0
    for position, sign in enumerate(whole.text):
        if sign == ">":
            part = whole.text[start : position + 1]
            yield from _before_bracket(Piece(part, whole.offset + start))
            start = position + 1
    rest = Piece(whole.text[start:], whole.offset + start)
    yield from _loosened(rest) if start else [rest]


def _before_bracket(whole: Piece) -> Iterator[Piece]:
    """`a@e.co <b@e.co>` as two: addresses that stand where a name is expected, and nothing else."""
    name, _, _ = whole.text.partition("<")
    parts = [] if '"' in name or "(" in name else _words(Piece(name, whole.offset))
    if any(looks_complete(part.text) for part in parts) and _all_connected(parts):
        yield from _unglued(parts)
        whole = Piece(whole.text[len(name) :], whole.offset + len(name))
    yield whole
