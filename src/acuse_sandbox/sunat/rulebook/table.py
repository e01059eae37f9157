"""The mechanical checks, as a table: an element, what it must be, and the code if it is not.

The rows come from `tables/rules.csv`, which `scripts/make_pe_rulebook.py` makes from SUNAT's sheets
and from our own reading of them; the checks by name stand in `checks`.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

TABLES = files("acuse_sandbox.sunat.rulebook") / "tables"
# The table's word for what each kind calls otherwise.
WORDS = {
    "07": {"InvoiceLine": "CreditNoteLine", "InvoicedQuantity": "CreditedQuantity"},
    "08": {
        "InvoiceLine": "DebitNoteLine",
        "InvoicedQuantity": "DebitedQuantity",
        "LegalMonetaryTotal": "RequestedMonetaryTotal",
    },
}


class Row(NamedTuple):
    """One check of one kind."""

    context: str  # path of the element that each check is of; "" is the document
    path: str  # from there to what is judged; "@name" at the end is an attribute
    check: str
    argument: str
    when: str  # terms joined by ";", all of which must hold
    code: str
    severity: str  # ERROR or OBSERV where the sheet says otherwise than the code's range; else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The context's steps."""
        return tuple(self.context.split("/")) if self.context else ()


@cache
def rows(kind: str) -> tuple[Row, ...]:
    """The rows of a kind, in the kind's own words."""
    return tuple(
        Row(*(_own(kind, cell) for cell in cells[:3]), *cells[3:])
        for kinds, *cells in _lines("rules.csv")
        if kind in kinds.split()
    )


def _own(kind: str, path: str) -> str:
    for table, own in WORDS.get(kind, {}).items():
        path = path.replace(table, own)
    return path


def shared(kind: str, row: Row) -> Row:
    """A row in the words that all kinds share, as the file has it."""
    context, path, check = row[:3]
    for common, own in WORDS.get(kind, {}).items():
        context, path = context.replace(own, common), path.replace(own, common)
    return Row(context, path, check, *row[3:])


@cache
def sheet(kind: str) -> frozenset[str]:
    """Every code that SUNAT's sheet of a kind names."""
    return frozenset(
        code for named, codes in _lines("sheets.csv") if named == kind for code in codes.split()
    )


@cache
def catalogue(number: str) -> frozenset[str]:
    """The codes of one of SUNAT's catalogues."""
    return frozenset(
        code
        for named, codes in _lines("catalogues.csv")
        if named == number
        for code in codes.split()
    )


@cache
def _lines(name: str) -> tuple[tuple[str, ...], ...]:
    with (TABLES / name).open(encoding="utf-8") as file:
        return tuple(map(tuple, list(csv.reader(file))[1:]))
