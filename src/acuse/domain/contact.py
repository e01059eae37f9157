"""The addresses of a contact: what each is for, and to whom a document of a kind goes by them.

Source: product.md 5.10, design.md 1.5.7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.kinds import DocumentKind

MOST = 20  # addresses of one contact


class Role(StrEnum):
    """How an address gets the mail."""

    TO = "TO"  # shown to all
    COPY = "COPY"  # shown to all, as a copy
    BLIND = "BLIND"  # shown to nobody else
    NONE = "NONE"  # known, and nothing goes there


ORDER = tuple(Role)


@dataclass(frozen=True, slots=True)
class ContactAddress:
    """One address of a contact; no `kinds` means documents of every kind."""

    address: str
    role: Role = Role.TO
    kinds: frozenset[DocumentKind] = frozenset()

    @property
    def plain(self) -> bool:
        """Whether it simply gets everything, as an address of which nothing else was told."""
        return self.role is Role.TO and not self.kinds

    def takes(self, kind: DocumentKind) -> bool:
        """Whether a document of that kind goes there."""
        return self.role is not Role.NONE and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Addressees:
    """To whom one document goes, each once."""

    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """All of them, in this order."""
        return (*self.to, *self.copies, *self.blind)


def joined(emails: Iterable[str], rules: Iterable[ContactAddress]) -> tuple[ContactAddress, ...]:
    """A contact's addresses: those that get mail, as their rules say, then those that get none.

    An address without a rule gets everything; so does one that gets mail against its rule.
    """
    ruled = {one.address.casefold(): one for one in rules}
    found: dict[str, ContactAddress] = {}
    for address in emails:
        rule = ruled.get(address.casefold())
        known = ContactAddress(address) if rule is None or rule.role is Role.NONE else rule
        found.setdefault(address.casefold(), known)
    for key, one in ruled.items():
        if one.role is Role.NONE:
            found.setdefault(key, one)
    return in_order(found.values())


def in_order(addresses: Iterable[ContactAddress]) -> tuple[ContactAddress, ...]:
    """Each once, the first to name it; by role, else as they stood."""
    once: dict[str, ContactAddress] = {}
    for one in addresses:
        once.setdefault(one.address.casefold(), one)
    return tuple(sorted(once.values(), key=lambda one: ORDER.index(one.role)))


def at_odds(addresses: Iterable[ContactAddress]) -> tuple[str, ...]:
    """The addresses that are named more than once, and not for the same."""
    told: dict[str, set[tuple[Role, frozenset[DocumentKind]]]] = {}
    names: dict[str, str] = {}
    for one in addresses:
        told.setdefault(one.address.casefold(), set()).add((one.role, one.kinds))
        names.setdefault(one.address.casefold(), one.address)
    return tuple(names[key] for key, uses in told.items() if len(uses) > 1)


def only_copies(addresses: Iterable[ContactAddress]) -> bool:
    """Whether there are copies of what nobody gets."""
    roles = {one.role for one in addresses}
    return bool(roles & {Role.COPY, Role.BLIND}) and Role.TO not in roles


def addressees(addresses: Iterable[ContactAddress], kind: DocumentKind) -> Addressees:
    """To whom a document of that kind goes; nobody where no address of the first role takes it.

    A copy of what nobody was sent is none.
    """
    taking = [one for one in in_order(addresses) if one.takes(kind)]
    found = Addressees(
        to=_of(taking, Role.TO), copies=_of(taking, Role.COPY), blind=_of(taking, Role.BLIND)
    )
    return found if found.to else Addressees()


def by_role(emails: Iterable[str], addresses: Iterable[ContactAddress]) -> Addressees:
    """These addresses, named by a person, in the roles that the contact has them in."""
    roles = {one.address.casefold(): one.role for one in addresses}
    named = [ContactAddress(one, roles.get(one.casefold(), Role.TO)) for one in emails]
    hidden = (Role.COPY, Role.BLIND)
    return Addressees(
        to=tuple(one.address for one in named if one.role not in hidden),
        copies=_of(named, Role.COPY),
        blind=_of(named, Role.BLIND),
    )


def reaching(
    emails: Iterable[str], addresses: Iterable[ContactAddress], kind: DocumentKind
) -> tuple[ContactAddress, ...]:
    """These addresses with their rules, so that a document of that kind does go to them.

    Where by their rules nobody would take it, each of them does from now on.
    """
    ruled = {one.address.casefold(): one for one in addresses}
    found = tuple(ruled.get(one.casefold(), ContactAddress(one)) for one in emails)
    if addressees(found, kind).to:
        return found
    return tuple(_made_to_take(one, kind) for one in found)


def _made_to_take(one: ContactAddress, kind: DocumentKind) -> ContactAddress:
    kinds = one.kinds | {kind} if one.kinds else one.kinds
    return ContactAddress(one.address, Role.TO, kinds)


def _of(addresses: Iterable[ContactAddress], role: Role) -> tuple[str, ...]:
    return tuple(one.address for one in addresses if one.role is role)
