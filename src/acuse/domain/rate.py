"""How many mails may take a road: never more than so many in any minute, and no faster in bursts.

A bucket of a tenth of them that fills by the rest within the minute (reliability.md F80).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """The tokens of a road as they were at a moment; never filled yet, it is full."""

    per_minute: int
    tokens: float = 0.0
    at: datetime | None = None

    @property
    def holds(self) -> int:
        """How many may go at once."""
        return max(1, -(-self.per_minute // 10))

    @property
    def a_second(self) -> float:
        """Tokens that come in a second: with what the bucket holds, never too many in a minute."""
        return (self.per_minute + 1 - self.holds) / MINUTE

    def now(self, at: datetime) -> float:
        """The tokens in it at that moment; a clock that went back fills nothing."""
        if self.at is None:
            return float(self.holds)
        since = max(0.0, (at - self.at).total_seconds())
        return min(float(self.holds), self.tokens + since * self.a_second)

    def take(self, wanted: int, at: datetime) -> tuple[int, Bucket]:
        """How many of the wanted may go now, and the bucket after that."""
        level = self.now(at)
        granted = min(wanted, int(level))
        when = at if self.at is None else max(at, self.at)
        return granted, Bucket(self.per_minute, level - granted, when)

    def wait(self, at: datetime) -> timedelta:
        """How long until the next may go."""
        missing = 1 - self.now(at)
        return timedelta(seconds=max(0.0, missing) / self.a_second)
