"""How wide a text is in Inter Regular, without laying it out: the sum of its letters' advances.

A marked letter is as wide as its base letter. Kerning is off where this is used, and figures count
as tabular or proportional, whichever is wider; a test holds the table against the font itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache

EM = 2048  # the font's units
POINT = 25.4 / 72  # mm

# From the space to the tilde, sixteen in a row; narrower forms are left out of account.
ASCII = (
    576,
    589,
    954,
    1297,
    1314,
    2011,
    1319,
    614,
    800,
    800,
    1328,
    1355,
    590,
    1328,
    590,
    738,
    1328,
    1328,
    1328,
    1328,
    1328,
    1328,
    1328,
    1328,
    1328,
    1328,
    590,
    618,
    1355,
    1355,
    1355,
    1047,
    1978,
    1413,
    1340,
    1496,
    1478,
    1231,
    1209,
    1528,
    1522,
    550,
    1169,
    1376,
    1158,
    1850,
    1543,
    1566,
    1308,
    1566,
    1318,
    1314,
    1322,
    1524,
    1413,
    2018,
    1397,
    1390,
    1288,
    800,
    738,
    800,
    965,
    934,
    661,
    1150,
    1254,
    1170,
    1254,
    1194,
    758,
    1256,
    1211,
    496,
    496,
    1124,
    496,
    1794,
    1210,
    1228,
    1254,
    1254,
    771,
    1081,
    670,
    1211,
    1151,
    1676,
    1118,
    1151,
    1131,
    873,
    681,
    873,
    1355,
)
WIDER = frozenset("ďľťư")  # marks that stand beside their letter
NO_BREAK = "\N{NO-BREAK SPACE}"  # as wide as a space


@cache
def advance(sign: str) -> int | None:
    """The width of one sign in the font's units, None where the table does not tell."""
    base = " " if sign == NO_BREAK else unicodedata.normalize("NFD", sign)[0]
    if not " " <= base <= "~" or ord(sign) >= 0x250 or sign in WIDER:
        return None
    return ASCII[ord(base) - ord(" ")]


def width(text: str, points: float) -> float | None:
    """The width of the text in millimetres at that size, None where a sign of it is unknown."""
    total = 0
    for sign in text:
        one = advance(sign)
        if one is None:
            return None
        total += one
    return total / EM * points * POINT
