"""Tables of contacts for tests: name only what the test is about."""

from __future__ import annotations

from acuse import jurisdictions
from acuse.domain.catalogue_file import Cell
from acuse.domain.contact_columns import Layout, Table, guess
from acuse.domain.contact_columns import table as table_of
from acuse.domain.contact_file import Country, ReadRow, read

NUMBER = "20999000119"


def country(code: str = "PE", **changes: object) -> Country:
    found = jurisdictions.find(code)
    told: dict[str, object] = {"own": ("caja@t.pe",)} | changes
    return Country(found.traits, found.identify, found.place, **told)


def rows(code: str, heading: str, *lines: str, **changes: object) -> tuple[ReadRow, ...]:
    """What a file with those lines is read as; cells are parted by a bar."""
    told = [(n, one.split("|")) for n, one in enumerate((heading, *lines), start=1)]
    found = table_of(told)
    traits = jurisdictions.find(code).traits
    return read(found, guess(found.headings, traits), country(code), **changes)


def one(code: str, heading: str, line: str) -> ReadRow:
    (row,) = rows(code, heading, line)
    return row


def cells(**told: Cell) -> ReadRow:
    """The one row that says so of a Peruvian contact; what is not told is good."""
    given: dict[str, Cell] = {"number": NUMBER, "name": "Taller Ejemplo"} | told
    layout = Layout(tuple(given))
    (row,) = read(Table(tuple(given), ((2, tuple(given.values())),)), layout, country())
    return row
