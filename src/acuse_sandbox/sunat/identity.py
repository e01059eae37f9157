"""Whether a RUC can exist: form and check digit."""

from __future__ import annotations

import re

FORM = re.compile(r"(10|15|16|17|20)[0-9]{9}")
WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(first_ten: str) -> str:
    """The eleventh digit of a RUC (peru.md 2)."""
    rest = 11 - sum(int(d) * w for d, w in zip(first_ten, WEIGHTS, strict=True)) % 11
    return str(rest % 10)


def is_ruc(text: str) -> bool:
    """True if the text could be a RUC."""
    return FORM.fullmatch(text) is not None and check_digit(text[:10]) == text[10]
