"""What the rules know of the world besides documents: taxpayers, exonerations, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from acuse_sandbox.hacienda.rulebook import tables


@dataclass(frozen=True, slots=True)
class Taxpayer:
    """A line of the register; no activities or places told means any."""

    identification: str
    name: str
    kind: str
    regime: str = "General"
    activities: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # "1-01-01"
    registered: bool = True
    active: bool = True


@dataclass(frozen=True, slots=True)
class Exoneration:
    """A document of exoneration: whose it is ("" for anybody's), and its last day."""

    holder: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The registers; empty ones find nothing wrong."""

    taxpayers: Mapping[str, Taxpayer] = field(default_factory=dict)  # without leading zeros
    exonerations: Mapping[str, Exoneration] = field(default_factory=dict)
    places: frozenset[str] = frozenset()  # beside those of the tables

    def find(self, identification: str) -> Taxpayer | None:
        """The taxpayer told of, None for all others."""
        return self.taxpayers.get(identification.lstrip("0"))

    def is_missing(self, identification: str) -> bool:
        """Whether nobody active is registered under this identification."""
        told = self.find(identification)
        if told is not None:
            return not (told.registered and told.active)
        return tables.UNKNOWN.fullmatch(identification) is not None

    def has_place(self, province: str, canton: str, district: str) -> bool:
        """Whether there is such a district."""
        if "-".join((province, canton, district)) in self.places:
            return True
        if not (canton.isdecimal() and district.isdecimal()):
            return False
        cantons = tables.DISTRICTS.get(province, ())
        exists = 1 <= int(canton) <= len(cantons) and 1 <= int(district) <= cantons[int(canton) - 1]
        return exists or (province, canton, district) in tables.ODD_PLACES

    def holds(self, number: str, *, holder: str, on: date) -> bool:
        """Whether a document of exoneration is good for this person on that day."""
        if not self.exonerations:
            return True
        found = self.exonerations.get(number)
        if found is None or (found.until is not None and found.until < on):
            return False
        return found.holder.lstrip("0") in ("", holder.lstrip("0"))
