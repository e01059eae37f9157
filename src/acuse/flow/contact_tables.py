"""A table of contacts as a company reads it: what it holds, and what it would do."""

from __future__ import annotations

from collections.abc import Collection

from acuse import jurisdictions
from acuse.domain.contact_columns import Layout, Table, guess, layout_problems, table
from acuse.domain.contact_file import Country, ReadRow, read
from acuse.domain.contact_plan import Planned, plan
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked, Problem
from acuse.flow import outside
from acuse.gateways.spreadsheet import Limits, Unreadable
from acuse.store import contact_imports

MOST_ROWS = 10_000
LIMITS = Limits(content=5 << 20, unpacked=60 << 20, lines=MOST_ROWS + 20, text=12 << 20)


def of_file(company: Company, content: bytes) -> tuple[Table, Layout]:
    """The file's table and what its columns seem to hold. Raises Blocked."""
    try:
        found = table(outside.table_reader().read(content, within=LIMITS))
    except Unreadable as why:
        raise Blocked([_unreadable(str(why))]) from why
    if len(found.rows) > MOST_ROWS:
        many = f"El archivo tiene {len(found.rows)} filas y caben {MOST_ROWS}."
        raise Blocked([_unreadable(f"{many} Pártelo en varios.")])
    if not found.rows:
        raise Blocked([_unreadable("No hay filas debajo de los nombres de las columnas.")])
    return found, guess(found.headings, jurisdictions.find(company.jurisdiction).traits)


def read_so(
    company: Company, found: Table, layout: Layout, *, taken: Collection[str] = ()
) -> tuple[ReadRow, ...]:
    """Every row as those columns say. Raises Blocked where they cannot be what the table holds."""
    check(company, found, layout)
    country = jurisdictions.find(company.jurisdiction)
    rehearsal = company.environment is Environment.SANDBOX
    told = Country(country.traits, country.identify, country.place, company.own_emails, rehearsal)
    held = contact_imports.holders(company.id)
    return read(found, layout, told, taken=taken, held=held)


def check(company: Company, found: Table, layout: Layout) -> None:
    """Raises Blocked where those columns cannot be what the table holds."""
    traits = jurisdictions.find(company.jurisdiction).traits
    problems = tuple(layout_problems(layout, found, traits))
    if problems:
        raise Blocked(problems)


def planned(
    company: Company, found: Table, layout: Layout, *, taken: Collection[str] = ()
) -> tuple[Planned, ...]:
    """What each row would do to the contacts of this moment; nothing is written. Raises Blocked."""
    rows = read_so(company, found, layout, taken=taken)
    return plan(rows, contact_imports.known(company.id))


def _unreadable(why: str) -> Problem:
    return Problem("file", "XX-IMP-1", f"{why} No se importó nada.")
