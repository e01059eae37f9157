"""When a road of mail is left alone: the fault is ours, so the road waits and not the documents.

Source: reliability.md F70 and F80, design.md 3.5 (refused before a recipient was named).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Effect(StrEnum):
    """What the end of an attempt says of the road it took."""

    WORKED = "WORKED"  # the server takes our mail, whatever it said of this address
    REFUSED = "REFUSED"  # it does not want us: log-in, protection, sender
    SILENT = "SILENT"  # it was not to be had, this time
    DOUBTED = "DOUBTED"  # it speaks of us to one address: believed when others meet it, too
    BUSY = "BUSY"  # too much at once


@dataclass(frozen=True, slots=True)
class Road:
    """How a road stands: open, resting for a while, or paused since a refusal.

    `refusals` in a row: from OPEN_AT on it is paused for them, and one probe goes first.
    """

    refusals: int = 0
    paused_until: datetime | None = None
    paused_since: datetime | None = None
    reason: str = ""

    @property
    def broken(self) -> bool:
        """Whether it has been paused for a fault of ours, and nothing has gone through since."""
        return self.refusals >= OPEN_AT

    def shut(self, at: datetime) -> bool:
        """Whether nothing is to take it now."""
        return self.paused_until is not None and self.paused_until > at


OPEN_AT = 3  # silences in a row that open the breaker; a refusal counts for all of them
PAUSES = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))  # the last repeats
REST = timedelta(minutes=1)
PROBING = timedelta(minutes=5)  # for the probe's word; a silent worker's is not awaited longer
LONGEST_WAIT = PAUSES[-1]


def after(road: Road, effect: Effect, reason: str, *, probe: bool, at: datetime) -> Road:
    """How the road stands after an attempt by it.

    While it is shut only its probe counts: what was under way when it shut says nothing new.
    """
    if road.shut(at) and not probe:
        return road
    match effect:
        case Effect.WORKED:
            return Road()
        case Effect.BUSY:
            return Road(road.refusals, at + REST, road.paused_since or at, reason)
        case Effect.SILENT | Effect.DOUBTED:
            refusals = road.refusals + 1
        case Effect.REFUSED:
            refusals = max(road.refusals, OPEN_AT - 1) + 1
    if refusals < OPEN_AT:
        return Road(refusals)
    pause = PAUSES[min(refusals - OPEN_AT, len(PAUSES) - 1)]
    since = road.paused_since if road.broken else at
    return Road(refusals, at + pause, since, reason)


def unproven(road: Road, at: datetime) -> Road:
    """The road may be tried at once; where it was broken, by one probe first."""
    return replace(road, paused_until=at) if road.shut(at) else road
