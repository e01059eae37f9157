"""NITs: the check digit, and which NIT a certificate carries. Source: colombia.md 3 and 5."""

from __future__ import annotations

import re

DIAN = "800197268"
WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)


def check_digit(nit: str) -> str:
    """The digit after the dash of a NIT."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(nit), WEIGHTS, strict=False))
    rest = total % 11
    return str(rest if rest < 2 else 11 - rest)


def carries(names: tuple[str, ...], nit: str) -> bool:
    """True if a subject names the NIT, alone or with its check digit glued or dashed on."""
    if not nit:
        return False
    pattern = re.compile(rf"(?<!\d){re.escape(nit)}(?:-?{check_digit(nit)})?(?!\d)")
    return any(pattern.search(name) for name in names)
