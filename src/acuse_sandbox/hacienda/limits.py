"""How many calls a user has left this minute. Source: costa-rica.md 5, "Headers"."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

WINDOW = 60  # seconds; the true one is not published


@dataclass(frozen=True, slots=True)
class Left:
    """What the X-Ratelimit headers say, and whether this call was one too many."""

    limit: int
    remaining: int
    reset: int  # UTC seconds
    exceeded: bool

    @property
    def headers(self) -> dict[str, str]:
        """The three headers that every answer carries."""
        return {
            "X-Ratelimit-Limit": str(self.limit),
            "X-Ratelimit-Remaining": str(self.remaining),
            "X-Ratelimit-Reset": str(self.reset),
        }


class Limits:
    """The calls of every user, by minute."""

    def __init__(self) -> None:
        self._spent: dict[str, tuple[int, int]] = {}  # user -> the minute, calls in it
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._spent.clear()

    def spend(self, user: str, *, limit: int, at: datetime) -> Left:
        """One call more of this user; callers without a token share one account, ""."""
        minute = int(at.timestamp()) // WINDOW
        with self._lock:
            last, calls = self._spent.get(user, (minute, 0))
            calls = calls + 1 if last == minute else 1
            self._spent[user] = (minute, calls)
        return Left(limit, max(0, limit - calls), (minute + 1) * WINDOW, calls > limit)
