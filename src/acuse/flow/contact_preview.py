"""What an uploaded table would do, row by row: read once for all that decides it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version

from acuse.domain.contact_columns import Table
from acuse.domain.contact_file import ReadRow
from acuse.domain.contact_plan import Fate, Glance, ImportState, Planned, fates
from acuse.domain.party import Company
from acuse.flow import contact_tables
from acuse.store import contact_imports, contact_readings
from acuse.store.contact_imports import Kept
from acuse.store.contact_readings import Folded

READER = version("acuse")  # another release may read a row otherwise


@dataclass(frozen=True, slots=True)
class Reading:
    """A table with what its rows were read as."""

    table: Table
    folded: tuple[Folded, ...]
    of: str

    def row(self, place: int) -> ReadRow:
        """The row at that place."""
        return contact_readings.unfold(self.folded[place], self.table.rows[place])

    def failed(self) -> Iterator[ReadRow]:
        """The rows with problems."""
        return (self.row(place) for place, one in enumerate(self.folded) if one.key is None)


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row at a glance; those that are shown are looked into."""

    glances: tuple[Glance, ...]
    reading: Reading

    def planned(self, shown: Iterable[Glance]) -> tuple[Planned, ...]:
        """These rows, whole."""
        return tuple(Planned(self.reading.row(one.place), one.fate) for one in shown)


def preview(company: Company, kept: Kept) -> Preview:
    """What each row would do to the contacts of this moment. Raises Blocked as `read` does."""
    found = read(company, kept)
    pairs = zip(_fates(company, kept, found), found.folded, strict=True)
    glances = (Glance(place, fate, one.doubtful) for place, (fate, one) in enumerate(pairs))
    return Preview(tuple(glances), found)


def read(company: Company, kept: Kept) -> Reading:
    """Every row as the chosen columns say. Raises Blocked where they cannot be so.

    The contacts that there are decide it too, until it runs: what is written is what was looked at.
    """
    table, basis = contact_imports.table(kept.id), _basis(company, kept)
    contact_tables.check(company, table, kept.layout)
    contacts = contact_readings.contacts_as_they_are(company.id)
    of = basis + contacts if kept.state is ImportState.READ else basis
    folded = contact_readings.rows(kept.id, of=of)
    if folded is None:
        rows = contact_tables.read_so(company, table, kept.layout, taken=kept.taken)
        folded = tuple(map(contact_readings.fold, rows))
        contact_readings.keep_rows(kept.id, folded, of=basis + contacts)
    return Reading(table, folded, of)


def _fates(company: Company, kept: Kept, found: Reading) -> tuple[Fate, ...]:
    of = f"{found.of} {contact_readings.contacts_as_they_are(company.id)}"
    told = contact_readings.fates(kept.id, of=of)
    if told is None:
        known = contact_imports.known(company.id)
        told = fates([one.key for one in found.folded], known, found.row)
        contact_readings.keep_fates(kept.id, told, of=of)
    return told


def _basis(company: Company, kept: Kept) -> str:
    """All but the contacts that decides how a row of the table is read, as 32 letters."""
    parts = (
        READER,
        company.jurisdiction,
        company.environment,
        company.email,
        asdict(kept.layout),
        kept.taken,
    )
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
