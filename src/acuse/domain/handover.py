"""A document given to the customer by other means than our mail: who got it, when and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """How it was given."""

    PRINTED = "PRINTED"
    BY_HAND = "BY_HAND"  # the files, on a medium or screen to screen
    OTHER = "OTHER"  # as the note says


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a person says about it; that person and the moment of saying stand in the event."""

    way: Way
    day: date
    to: str
    note: str = ""

    def facts(self) -> Mapping[str, str]:
        """As the event keeps it."""
        return {
            "way": self.way.value,
            "day": self.day.isoformat(),
            "to": self.to,
            "how": self.note,
        }
