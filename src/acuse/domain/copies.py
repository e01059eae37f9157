"""The company's own copies of what it mails: no deliveries to the customer.

Source: design.md 1.5.7, product.md 5.10.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.kinds import DocumentKind


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


def copied_to(copies: Iterable[CompanyCopy], kind: DocumentKind) -> tuple[str, ...]:
    """The addresses that get a copy of a document of that kind, each once."""
    found: dict[str, str] = {}
    for one in copies:
        if not one.kinds or kind in one.kinds:
            found.setdefault(one.address.casefold(), one.address)
    return tuple(found.values())
