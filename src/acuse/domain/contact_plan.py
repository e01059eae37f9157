"""What an import does to the contacts there are: each row is new, changes one, or changes none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from acuse.domain.contact_columns import OWN, Column
from acuse.domain.contact_file import ReadRow
from acuse.domain.party import Address, Customer


class ImportState(StrEnum):
    """How far an uploaded table is."""

    READ = "READ"  # a person looks at it and chooses; nothing is written
    RUNNING = "RUNNING"  # rows are worked off, batch by batch
    DONE = "DONE"


class Fate(StrEnum):
    """What becomes of a row; every row has one."""

    NEW = "NEW"  # a contact is made
    CHANGED = "CHANGED"  # a known contact would change
    SAME = "SAME"  # a known contact is so already, or an earlier row said the same
    FAILED = "FAILED"  # something in it must be mended first


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with its fate."""

    row: ReadRow
    fate: Fate


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows have each fate; of those that would change, an import may leave all alone."""

    new: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0

    @property
    def all(self) -> int:
        """Every row."""
        return self.new + self.changed + self.same + self.failed

    def and_one(self, fate: Fate) -> Counts:
        """With one more row of that fate."""
        name = fate.value.lower()
        return replace(self, **{name: getattr(self, name) + 1})


def plan(rows: Sequence[ReadRow], known: Mapping[str, Customer]) -> tuple[Planned, ...]:
    """Each row with its fate beside the contacts there are, these by the key of their identity."""
    earlier: set[str] = set()
    planned = []
    for row in rows:
        if row.customer is None:
            planned.append(Planned(row, Fate.FAILED))
            continue
        key = row.customer.tax_id.key
        planned.append(Planned(row, Fate.SAME if key in earlier else fate(row, known.get(key))))
        earlier.add(key)
    return tuple(planned)


def counted(planned: Sequence[Planned]) -> Counts:
    """How many rows have each fate."""
    counts = Counts()
    for one in planned:
        counts = counts.and_one(one.fate)
    return counts


def fate(row: ReadRow, known: Customer | None) -> Fate:
    """What becomes of a good row where that contact is known, or none is."""
    if known is None:
        return Fate.NEW
    return Fate.SAME if merged(known, row) == known else Fate.CHANGED


def merged(known: Customer, row: ReadRow) -> Customer:
    """The contact with what the row says; of what it says nothing, and its identity, all stays."""
    new = row.customer
    assert new is not None
    names = {Column.NAME.value, Column.GIVEN.value, Column.FAMILY.value}
    return replace(
        known,
        name=new.name if names & row.told else known.name,
        emails=new.emails if Column.EMAILS in row.told else known.emails,
        phone=new.phone if Column.PHONE in row.told else known.phone,
        wish=new.wish if Column.WISH in row.told else known.wish,
        address=_address(known.address, new.address),
        extra={**known.extra, **{k: v for k, v in new.extra.items() if OWN + k in row.told}},
    )


def _address(known: Address | None, new: Address | None) -> Address | None:
    """The address with what is new; another place takes its old names along with it."""
    if new is None or known is None:
        return new or known
    if new.place and new.place != known.place:
        return replace(new, line=new.line or known.line, country=known.country)
    told = {name: getattr(new, name) for name in ("line", "district", "city", "region")}
    return replace(known, **{name: text for name, text in told.items() if text})
