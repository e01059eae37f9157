"""RUC, series, names of files."""

from __future__ import annotations

import re

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number

WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
RUC_FORM = re.compile(r"(10|15|16|17|20)[0-9]{9}")
FACTURA, BOLETA = "01", "03"
LARGEST_NUMBER = 99_999_999
SERIES = {  # what the series of a kind may begin with
    DocumentKind.INVOICE: "F",
    DocumentKind.RECEIPT: "B",
    DocumentKind.CREDIT_NOTE: "FB",
    DocumentKind.DEBIT_NOTE: "FB",
    DocumentKind.PURCHASE: "L",
    DocumentKind.RETENTION: "R",
    DocumentKind.PERCEPTION: "P",
    DocumentKind.DESPATCH: "T",
    DocumentKind.CARRIER_DESPATCH: "V",
}


def ruc_check_digit(first_ten: str) -> str:
    """The eleventh digit of a RUC. Source: peru.md 2."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_ten, strict=True))
    return str((11 - total % 11) % 10)


def is_ruc(text: str) -> bool:
    """Whether it is a RUC: eleven digits, a known beginning, the right check digit."""
    return RUC_FORM.fullmatch(text) is not None and ruc_check_digit(text[:10]) == text[10]


def is_series(kind: DocumentKind, text: str) -> bool:
    """Whether documents of the kind may have this series; E001 and EB01 belong to the portal."""
    return re.fullmatch(rf"[{SERIES[kind]}][A-Z0-9]{{3}}", text) is not None


def family(number: str) -> str:
    """Whether the number is of facturas ("F") or of boletas ("B"), "" for any other series."""
    series = number.partition("-")[0]
    return {"E001": "F", "EB01": "B"}.get(series, series[:1] if series[:1] in ("F", "B") else "")


def number_text(number: Number) -> str:
    """As printed and sent: series, dash, number without left zeros."""
    return f"{number.series}-{number.value}"


def stem(ruc: str, code: str, number: str) -> str:
    """The name that all files of a document share."""
    return f"{ruc}-{code}-{number}"
