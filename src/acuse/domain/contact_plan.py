"""What an import does to the contacts there are: each row is new, changes one, or changes none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
class Glance:
    """What is known of the row at that place of its table without looking into it."""

    place: int
    fate: Fate
    doubtful: bool


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


def plan(rows: Sequence[ReadRow], known: Mapping[str, Customer]) -> tuple[Planned, ...]:
    """Each row with its fate beside the contacts there are, these by the key of their identity."""
    found = fates([row.key for row in rows], known, rows.__getitem__)
    return tuple(map(Planned, rows, found))


def fates(
    keys: Sequence[str | None], known: Mapping[str, Customer], row: Callable[[int], ReadRow]
) -> tuple[Fate, ...]:
    """The fate of each row, told by their keys; only one whose contact is known is looked at."""
    earlier: set[str] = set()
    found = []
    for place, key in enumerate(keys):
        if key is None:
            found.append(Fate.FAILED)
        elif key in earlier:
            found.append(Fate.SAME)
        else:
            found.append(fate(row(place), known[key]) if key in known else Fate.NEW)
            earlier.add(key)
    return tuple(found)


def counted(planned: Iterable[Planned | Glance]) -> Counts:
    """How many rows have each fate."""
    many = Counter(one.fate for one in planned)
    return Counts(**{one.value.lower(): many[one] for one in Fate})


def fate(row: ReadRow, known: Customer) -> Fate:
    """What becomes of a good row whose contact is known."""
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
