"""RUC, series, names of files."""

from __future__ import annotations

import re

from acuse.domain.numbering import Number

WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
RUC_FORM = re.compile(r"(10|15|16|17|20)[0-9]{9}")
FACTURA = "01"
LARGEST_NUMBER = 99_999_999


def ruc_check_digit(first_ten: str) -> str:
    """The eleventh digit of a RUC. Source: peru.md 2."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_ten, strict=True))
    return str((11 - total % 11) % 10)


def is_ruc(text: str) -> bool:
    """Whether it is a RUC: eleven digits, a known beginning, the right check digit."""
    return RUC_FORM.fullmatch(text) is not None and ruc_check_digit(text[:10]) == text[10]


def is_series(text: str) -> bool:
    """Whether facturas may have this series; E001 belongs to the portal."""
    return re.fullmatch(r"F[A-Z0-9]{3}", text) is not None


def number_text(number: Number) -> str:
    """As printed and sent: series, dash, number without left zeros."""
    return f"{number.series}-{number.value}"


def stem(ruc: str, code: str, number: str) -> str:
    """The name that all files of a document share."""
    return f"{ruc}-{code}-{number}"
