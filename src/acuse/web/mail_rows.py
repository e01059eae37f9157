"""Addresses in a form: a row for each, what it is for, how it does; without a script, too."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from acuse.domain.contact import MOST, ContactAddress, Role, at_odds, in_order, only_copies
from acuse.domain.email import Addresses, read_addresses
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import Traits
from acuse.web.addresses import questions
from acuse.web.states import Chip

ROLES = (
    (Role.TO.value, "Para"),
    (Role.COPY.value, "Copia"),
    (Role.BLIND.value, "Copia oculta"),
    (Role.NONE.value, "Ninguno"),
)
_ROW = re.compile(r"address-([0-9]{1,3})")
MOST_ROWS = 2 * MOST


@dataclass(frozen=True, slots=True)
class State:
    """How an address does, as it is drawn; `held`: a person may have it tried again."""

    chip: Chip
    words: str
    held: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An address as it was written, what it is for, and what is wrong with it."""

    index: int
    written: str = ""
    role: str = Role.TO.value
    kinds: frozenset[str] = frozenset()
    error: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What the rows hold: the addresses, or rows that say what is wrong."""

    rows: tuple[Row, ...]
    addresses: tuple[ContactAddress, ...] = ()
    error: str = ""

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong."""
        return not self.error and not any(row.error for row in self.rows)


def of(addresses: Iterable[ContactAddress]) -> tuple[Row, ...]:
    """A row for each address."""
    return tuple(
        Row(index, one.address, one.role.value, frozenset(kind.value for kind in one.kinds))
        for index, one in enumerate(addresses)
    )


def posted(post: QueryDict) -> tuple[Row, ...]:
    """The rows as they were sent, in their order; of too many, the first."""
    indexes = sorted({int(found[1]) for name in post if (found := _ROW.fullmatch(name))})
    return tuple(
        Row(
            index,
            post.get(f"address-{index}", ""),
            post.get(f"role-{index}", Role.TO.value),
            frozenset(post.getlist(f"kinds-{index}")),
        )
        for index in indexes[:MOST_ROWS]
    )


def seen(rows: Iterable[Row]) -> str:
    """What a person saw of the addresses: sent back unchanged, they insist on it."""
    return "\n".join(row.written for row in rows)


def read(
    rows: tuple[Row, ...],
    traits: Traits,
    *,
    rehearsal: bool,
    insisted: bool,
    own: Collection[str] = (),
    shared: Collection[str] = (),
    kept: Container[str] = (),
) -> Read:
    """The addresses of the rows; what was pasted as several is for the same.

    The company's `own` are asked about, and those `shared` by many contacts.
    Those `kept` may have come from another program, which took what a person could not type here.
    """
    found: list[ContactAddress] = []
    looked_at: list[Row] = []
    for row in rows:
        same = row.written in kept
        told, error = addresses(
            row, rehearsal=rehearsal, insisted=insisted, own=own, shared=shared, imported=same
        )
        looked_at.append(replace(row, error=error))
        found += [_meant(row, address, traits) for address in told]
    return Read(tuple(looked_at), in_order(found), _error(found))


def addresses(
    row: Row,
    *,
    rehearsal: bool,
    insisted: bool,
    own: Collection[str] = (),
    shared: Collection[str] = (),
    imported: bool = False,
) -> tuple[tuple[str, ...], str]:
    """The row's addresses, and what is wrong with it."""
    told = read_addresses(
        row.written,
        rehearsal=rehearsal,
        insisted=insisted,
        own=own,
        shared=shared,
        imported=imported,
    )
    return told.accepted, _wrong(told)


def named(rows: Iterable[Row], *, rehearsal: bool) -> set[str]:
    """The good addresses in the rows."""
    told = (read_addresses(row.written, rehearsal=rehearsal).accepted for row in rows)
    return {address for found in told for address in found}


def own_kinds(row: Row, traits: Traits) -> frozenset[DocumentKind]:
    """The country's kinds that are ticked; nothing where all are, or none."""
    own = {one.kind.value for one in traits.kinds}
    ticked = frozenset(DocumentKind(one) for one in row.kinds & own)
    return frozenset() if len(ticked) == len(own) else ticked


def split(rows: tuple[Row, ...], *, rehearsal: bool) -> tuple[Row, ...]:
    """The rows, each that holds several good addresses made into so many."""
    parted: list[Row] = []
    for row in rows:
        told = read_addresses(row.written, rehearsal=rehearsal)
        whole = len(told.accepted) < 2 or told.rejected or told.suggestions
        parted += [row] if whole else [replace(row, written=one) for one in told.accepted]
    return tuple(replace(row, index=index) for index, row in enumerate(parted))


def changed(rows: tuple[Row, ...], doing: str, *, rehearsal: bool) -> tuple[Row, ...] | None:
    """The rows after "Agregar" or "Quitar"; None where neither was pressed."""
    what, _, index = doing.partition("-")
    if what == "drop":
        kept = tuple(row for row in rows if str(row.index) != index)
        return split(kept, rehearsal=rehearsal)
    if what == "more":
        more = split(rows, rehearsal=rehearsal)
        return (*more, Row(len(more)))
    return None


def shown(rows: tuple[Row, ...], states: Mapping[str, State]) -> tuple[Row, ...]:
    """The rows as they are drawn, with how each does; at least an empty one."""
    told = rows or (Row(0),)
    return tuple(replace(row, state=states.get(row.written.strip().casefold())) for row in told)


def kinds(traits: Traits) -> tuple[tuple[str, str], ...]:
    """The kinds of document to choose from; () where the country has one."""
    found = tuple((one.kind.value, one.plural) for one in traits.kinds)
    return found if len(found) > 1 else ()


def _meant(row: Row, address: str, traits: Traits) -> ContactAddress:
    role = row.role if row.role in {one for one, _ in ROLES} else Role.TO.value
    return ContactAddress(address, Role(role), own_kinds(row, traits))


def _wrong(told: Addresses) -> str:
    if told.rejected:
        return " ".join(f"«{one.written}»: {one.reason}." for one in told.rejected)
    if told.suggestions:
        return questions(told, "guarda otra vez")
    return ""


def _error(found: list[ContactAddress]) -> str:
    twice = ", ".join(at_odds(found))
    if twice:
        return f"Está dos veces, para cosas distintas: {twice}. Deja una."
    if len(in_order(found)) > MOST:
        return f"Hay {len(in_order(found))} direcciones y caben {MOST}. Deja las que uses."
    if only_copies(found):
        return "Solo hay copias. Deja al menos una dirección en «Para»."
    return ""
