"""Consecutivo, clave and identity numbers. Source: costa-rica.md 2; its vectors are the tests."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from acuse.domain.numbering import Number
from acuse.domain.party import TaxId
from acuse.jurisdictions.cr.doubts import LEGAL_PERSON

COSTA_RICA = timezone(timedelta(hours=-6))  # no summer time
FACTURA = "01"
NORMAL, CONTINGENCY, OFFLINE = SITUATIONS = ("1", "2", "3")
LARGEST_NUMBER = 9_999_999_999
FORMS = {  # of each kind of identity; the schema itself says 20 characters for all
    "CF": re.compile("[1-9][0-9]{8}"),
    "CJ": re.compile(LEGAL_PERSON),
    "DIMEX": re.compile("[0-9]{11,12}"),
    "NITE": re.compile("[0-9]{10}"),
    "EXT": re.compile(r"\S(.{0,18}\S)?"),
    "NC": re.compile(r"\S(.{0,18}\S)?"),
}
FREE = frozenset({"EXT", "NC"})  # other countries' numbers: marks and letters are part of them
_SERIES = re.compile("(?!000)[0-9]{3}(?!00000)[0-9]{5}")


def day(at: datetime) -> date:
    """Costa Rica's date at that moment."""
    return at.astimezone(COSTA_RICA).date()


def stamp(at: datetime) -> str:
    """That moment as the documents write it: Costa Rica's clock with its offset, to the second."""
    return at.astimezone(COSTA_RICA).isoformat(timespec="seconds")


def midnight(told: date) -> str:
    """A day where the documents want a moment: its first, written as `stamp` does."""
    return stamp(datetime(told.year, told.month, told.day, tzinfo=COSTA_RICA))


def consecutivo(number: Number, code: str = FACTURA) -> str:
    """Twenty digits: branch 3, terminal 5 (together the series), kind 2, number 10."""
    return f"{number.series}{code}{number.value:010d}"


def clave(
    *, at: datetime, tax_id: str, consecutive: str, security_code: str, situation: str = NORMAL
) -> str:
    """The fifty characters that name a document; its date is Costa Rica's at that moment."""
    issued = at.astimezone(COSTA_RICA).strftime("%d%m%y")
    return f"506{issued}{compact(tax_id).rjust(12, '0')}{consecutive}{situation}{security_code}"


def compact(number: str) -> str:
    """The identity number without marks, letters in capitals."""
    return "".join(filter(str.isalnum, number)).upper()


def written(tax_id: TaxId) -> str:
    """The identity number as it stands in the document."""
    return tax_id.number.strip() if tax_id.kind in FREE else compact(tax_id.number)


def is_series(text: str) -> bool:
    """Branch and terminal: eight digits, neither of them all zeros."""
    return _SERIES.fullmatch(text) is not None


def fits(tax_id: TaxId) -> bool:
    """Whether the identity number has the form of its kind."""
    form, number = FORMS.get(tax_id.kind), written(tax_id)
    return form is not None and number.isprintable() and form.fullmatch(number) is not None
