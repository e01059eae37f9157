"""Texts without the characters that no font of ours can draw.

PDF/A has no place for a character without a glyph: one emoji in a customer's name would stop the
document for ever. It is shown as a stand-in; the embedded XML has the name as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

STAND_IN = "\N{WHITE SQUARE}"
# Latin with its accents, and the signs of money and punctuation: in every font we print with.
_UNSURE = re.compile("[^\n -~\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac]")
_NEVER = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
MOST_ASKED = 200  # different characters that one document may have tried one by one

CanDraw = Callable[[str], bool]


def unsure(text: str) -> frozenset[str]:
    """The characters of the text that may lack a glyph."""
    return frozenset(_UNSURE.findall(text))


def missing(characters: frozenset[str], can_draw: CanDraw) -> frozenset[str]:
    """Those without a glyph; `can_draw` tells whether a whole string can be drawn.

    All are tried at once, then one by one; of a flood only the first are tried, the rest count as
    missing.
    """
    never = frozenset(one for one in characters if _NEVER.match(one))
    asked = sorted(characters - never)
    if not asked or can_draw("".join(asked)):
        return never
    tried, flood = asked[:MOST_ASKED], asked[MOST_ASKED:]
    return never | {one for one in tried if not can_draw(one)} | set(flood)


def replaced(text: str, gone: frozenset[str]) -> str:
    """The text with a stand-in for each character that cannot be drawn; a tab is a blank."""
    return "".join(STAND_IN if one in gone else one for one in text.replace("\t", " "))
