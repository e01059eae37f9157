"""How long Hacienda asks to be left alone. Source: costa-rica.md 5 (headers) and 5.1 (429)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from acuse.domain.submission import Reply

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(hours=1)
UNTOLD = timedelta(minutes=1)
_SECONDS = re.compile(r"[0-9]{1,10}")
_NONE_LEFT = re.compile(r"0+|-[0-9]+")


def rest(reply: Reply, at: datetime) -> timedelta:
    """For how long the user makes no call: it has none left, or made one too many."""
    left = reply.headers.get("x-ratelimit-remaining", "").strip()
    if reply.status != 429 and not _NONE_LEFT.fullmatch(left):
        return timedelta()
    return until_reset(reply, at)


def until_reset(reply: Reply, at: datetime) -> timedelta:
    """Until X-Ratelimit-Reset (UTC seconds): between a second and an hour, a minute if untold."""
    told = reply.headers.get("x-ratelimit-reset", "")
    wait = UNTOLD
    if _SECONDS.fullmatch(told):
        wait = datetime.fromtimestamp(int(told), UTC) - at
    return min(max(wait, SHORTEST), LONGEST)
