"""Where anybody sees at the authority that a document is what it says."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.face import Field


@dataclass(frozen=True, slots=True)
class Lookup:
    """The authority's own page, and what is typed there, each under the name that it has there.

    `address` opens it, "" where no paper of the authority names one; `where` says in words where it
    is, after "búscalo", and `where_english` after "look it up".
    """

    where: str  # "en la página de SUNAT"
    where_english: str
    values: tuple[Field, ...]
    address: str = ""
