"""Texts made to fit their place on the paper, by counting: measuring in typst costs a layout each.

Widths are estimates for Inter on the generous side; a text that fits is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from acuse.domain.face import Column
from acuse.pdf import advances

PAPER = 178.0  # mm between the margins
INSET = 2.8  # mm of a cell's own white, both sides

BODY, LEAST = 8.5, 6.0  # pt
WIDEST = 1.95  # mm that a digit or a capital takes at BODY
NARROW = 1.7  # mm that a digit takes on average, with points and commas between

BREAK = "\N{ZERO WIDTH SPACE}"
_JOINING = frozenset("\N{ZERO WIDTH JOINER}\ufe0e\ufe0f")


def room(column: Column, columns: tuple[Column, ...], paper: float = PAPER) -> float:
    """The millimetres that a text has in that column of a table so wide."""
    return paper * column.share / sum(one.share for one in columns) - INSET


def cell(text: str, *, width: float, figures: bool) -> tuple[str, float]:
    """The text and its size in points: one long word shrinks, and breaks where that is too small.

    A figure never breaks; it shrinks as far as it must.
    """
    if figures:
        return text, _shrunk(len(text) * NARROW, width)
    most = int(width / WIDEST)
    widest = max(text.split(" "), key=_needed)
    if _needed(widest) <= width:
        return text, BODY
    if widest == text and (size := _shrunk(_needed(text), width)) >= LEAST:
        return text, size
    return broken(text, min(most, len(widest) - 1)), BODY


def one_line(text: str, *, width: float, figures: bool) -> bool:
    """Whether the text surely stands on one line of that width; a figure shrinks to it."""
    if figures:
        return True
    if "\n" in text:
        return False
    needed = advances.width(text, BODY)
    return needed is not None and needed <= width


def broken(text: str, most: int) -> str:
    """The text with places to break in each word of more than `most` characters."""
    if len(text) <= most:
        return text
    return _long_words(most).sub(lambda word: _breakable(word[0]), text)


def _needed(text: str) -> float:
    """The millimetres that the text takes at BODY: counted, or estimated for unknown letters."""
    counted = advances.width(text, BODY)
    return len(text) * WIDEST if counted is None else counted


def _shrunk(needed: float, width: float) -> float:
    return BODY if needed <= width else round(BODY * width / needed, 1)


@lru_cache(maxsize=64)
def _long_words(most: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{most + 1},}}")


def _breakable(word: str) -> str:
    """A break between any two letters, never before a mark that belongs to the letter."""
    kept = [word[0]]
    for before, sign in zip(word, word[1:], strict=False):
        belongs = unicodedata.combining(sign) or sign in _JOINING or before in _JOINING
        kept.append(sign if belongs else BREAK + sign)
    return "".join(kept)
