"""Consecutivo and clave. Source: costa-rica.md 2; its six vectors are the tests."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from acuse.domain.numbering import Number

COSTA_RICA = timezone(timedelta(hours=-6))  # no summer time
FACTURA = "01"
NORMAL, CONTINGENCY, OFFLINE = "1", "2", "3"
LARGEST_NUMBER = 9_999_999_999
FORMS = {  # the digits of each kind of identity; the schema itself says 20 characters for all
    "CF": re.compile(r"[1-9]\d{8}"),
    "CJ": re.compile(r"\d{10}|[0-9A-Z]{10}"),
    "DIMEX": re.compile(r"\d{11,12}"),
    "NITE": re.compile(r"\d{10}"),
    "EXT": re.compile(r".{1,20}"),
    "NC": re.compile(r".{1,20}"),
}


def consecutivo(number: Number, code: str = FACTURA) -> str:
    """Twenty digits: branch 3, terminal 5 (together the series), kind 2, number 10."""
    return f"{number.series}{code}{number.value:010d}"


def clave(
    *, at: datetime, tax_id: str, consecutive: str, security_code: str, situation: str = NORMAL
) -> str:
    """The fifty characters that name a document; its date is Costa Rica's at that moment."""
    day = at.astimezone(COSTA_RICA).strftime("%d%m%y")
    return f"506{day}{compact(tax_id).rjust(12, '0')}{consecutive}{situation}{security_code}"


def compact(tax_id: str) -> str:
    """The identity number without marks, letters in capitals."""
    return "".join(filter(str.isalnum, tax_id)).upper()


def is_series(text: str) -> bool:
    """Branch and terminal: eight digits, neither of them all zeros."""
    return re.fullmatch(r"\d{8}", text) is not None and text[:3] != "000" and text[3:] != "00000"


def fits(kind: str, number: str) -> bool:
    """Whether the identity number has the form of its kind."""
    form = FORMS.get(kind)
    return form is not None and form.fullmatch(compact(number)) is not None
