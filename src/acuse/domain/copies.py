"""The company's own copies of what it mails: no deliveries to the customer.

Source: design.md 1.5.7, product.md 5.10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem

MOST = 10  # addresses of one company


class CopyUse(StrEnum):
    """Whose copy it is."""

    ARCHIVE = "ARCHIVE"
    ACCOUNTANT = "ACCOUNTANT"


@dataclass(frozen=True, slots=True)
class CompanyCopy:
    """An address of the company's that gets a copy; no `kinds` means documents of every kind."""

    address: str
    use: CopyUse = CopyUse.ARCHIVE
    kinds: frozenset[DocumentKind] = frozenset()


def problems(copies: Sequence[CompanyCopy]) -> Iterator[Problem]:
    """What is wrong with them as a list: an address twice, or too many."""
    names = Counter(one.address.casefold() for one in copies)
    twice = sorted(name for name, many in names.items() if many > 1)
    if twice:
        yield Problem("copies", "XX-CPY-1", f"Está dos veces: {', '.join(twice)}. Deja una.")
    if len(copies) > MOST:
        text = f"Hay {len(copies)} direcciones y caben {MOST}. Deja las que uses."
        yield Problem("copies", "XX-CPY-2", text)


def copied_to(copies: Iterable[CompanyCopy], kind: DocumentKind) -> tuple[str, ...]:
    """The addresses that get a copy of a document of that kind, each once."""
    found: dict[str, str] = {}
    for one in copies:
        if not one.kinds or kind in one.kinds:
            found.setdefault(one.address.casefold(), one.address)
    return tuple(found.values())
