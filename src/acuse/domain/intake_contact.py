"""The mail addresses of the other party in the document format: one text, or one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from functools import partial
from itertools import starmap
from typing import Any, TypeVar

from acuse.domain.contact import MOST, ContactAddress, Role, at_odds, in_order, only_copies
from acuse.domain.email import Addresses, read_addresses
from acuse.domain.intake_fields import Fields
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import Traits

Use = TypeVar("Use", bound=StrEnum)
CONFIRM = "Si está bien así, envía emailConfirmed: true."
ROLES = {role.value: role for role in Role}


def emails(
    fields: Fields, key: str, *, rehearsal: bool, own: Collection[str] = ()
) -> tuple[str, ...]:
    """The addresses of a text; the company's `own` are asked about."""
    return _read(fields, key, reader(fields, rehearsal=rehearsal, own=own))


def reader(
    fields: Fields, *, rehearsal: bool, own: Collection[str] = ()
) -> Callable[[str], Addresses]:
    """What reads a text of addresses; `emailConfirmed`: a person stands by what looks wrong."""
    insisted = fields.flag("emailConfirmed", False)
    return partial(
        read_addresses, rehearsal=rehearsal, own=own, insisted=insisted, imported=insisted
    )


def addresses(
    fields: Fields, traits: Traits, *, rehearsal: bool, own: Collection[str] = ()
) -> tuple[ContactAddress, ...] | None:
    """What `email` and `emails` tell: `emails` with roles and kinds; both must name the same.

    None where neither is given.
    """
    read = reader(fields, rehearsal=rehearsal, own=own)
    plain = _read(fields, "email", read)
    told = fields.given("emails")
    one_by_one = [
        found
        for inner in fields.children("emails", MOST)
        for found in starmap(
            ContactAddress, entry(inner, traits, "role", ROLES, Role.TO, read=read)
        )
    ]
    if not told:
        return tuple(map(ContactAddress, plain)) if fields.given("email") else None
    _look_at(fields, one_by_one)
    mailed = {one.address.casefold() for one in one_by_one if one.role is not Role.NONE}
    if fields.given("email") and {one.casefold() for one in plain} != mailed:
        text = "Hay «email» y «emails» distintos. Envía solo «emails», o que digan lo mismo."
        fields.wrong("emails", "14", text)
    return in_order(one_by_one)


def write(addresses: Iterable[ContactAddress]) -> list[dict[str, Any]]:
    """The addresses as `emails` has them; without kinds, they get every kind."""
    return [entry_of(one.address, "role", one.role, one.kinds) for one in addresses]


def entry(
    fields: Fields,
    traits: Traits,
    key: str,
    uses: Mapping[str, Use],
    usual: Use,
    *,
    read: Callable[[str], Addresses],
) -> list[tuple[str, Use, frozenset[DocumentKind]]]:
    """The addresses of one entry of a list, what `key` says they are for, and which documents.

    Pasted as several, each is for the same.
    """
    if not fields.given("address"):
        fields.wrong("address", "1", "Falta «address»: la dirección de correo.")
    found = _read(fields, "address", read)
    use = fields.choice(key, uses, usual)
    known = {kind.kind.value: kind.kind for kind in traits.kinds}
    kinds = frozenset(fields.words("kinds", known))
    fields.finish()
    return [(one, use, kinds) for one in found]


def entry_of(address: str, key: str, use: StrEnum, kinds: Iterable[DocumentKind]) -> dict[str, Any]:
    """An address as such an entry; without kinds, of every kind."""
    named = sorted(kind.value for kind in kinds)
    return {"address": address, key: use.value} | ({"kinds": named} if named else {})


def _look_at(fields: Fields, told: list[ContactAddress]) -> None:
    if len(told) > MOST:
        text = f"«emails» nombra {len(told)} direcciones y caben {MOST}. Deja las que uses."
        fields.wrong("emails", "8", text)
    for one in at_odds(told):
        text = f"«{one}» está dos veces, para cosas distintas. Deja una."
        fields.wrong("emails", "25", text)
    if only_copies(told):
        text = "Solo hay copias. Deja al menos una dirección con role TO."
        fields.wrong("emails", "26", text)


def _read(fields: Fields, key: str, reads: Callable[[str], Addresses]) -> tuple[str, ...]:
    raw = fields.take(key)
    if raw is None:
        return ()
    if isinstance(raw, list | tuple) and all(isinstance(one, str) for one in raw):
        raw = "; ".join(raw)
    if not isinstance(raw, str):
        fields.wrong(key, "2", f"«{key}» debe ser un texto; varias direcciones van con «;».")
        return ()
    read = reads(raw)
    for rejected in read.rejected:
        told = f"«{rejected.written}» no sirve como correo: {rejected.reason}. Corrígelo."
        fields.wrong(key, "10", told)
    for doubt in read.suggestions:
        told = f"Revisa el correo «{doubt.written}». {doubt.question}"
        confirm = f" {CONFIRM}" if doubt.kept else ""
        fields.wrong(key, "11", told + confirm)
    return read.accepted
