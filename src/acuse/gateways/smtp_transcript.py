"""What was said in one dialogue, for a person to read: bounded, and no secret ever in it."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MOST_LINES = 120
LONGEST = 300
HIDDEN = "•••"
SHORTEST_SECRET = 4  # what is shorter is found everywhere and guards nothing


class Side(StrEnum):
    """Who spoke."""

    CLIENT = "C"
    SERVER = "S"
    NOTE = "·"  # nobody: what happened to the line


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the dialogue, and how many milliseconds after its beginning it was said."""

    side: Side
    text: str
    at_ms: int


@dataclass(slots=True)
class Transcript:
    """Collects the lines; `secrets` are told to it before anything is said."""

    secrets: tuple[str, ...] = field(default=(), repr=False)
    lines: list[Said] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def add(self, side: Side, text: str) -> None:
        """One line; what comes after the last one that fits is left out."""
        if len(self.lines) >= MOST_LINES:
            return
        shown = self._without_secrets(text)[:LONGEST]
        if len(self.lines) == MOST_LINES - 1:
            side, shown = Side.NOTE, "…"
        self.lines.append(Said(side, shown, int((time.monotonic() - self._began) * 1000)))

    def _without_secrets(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return text


def transcript(username: str, password: str) -> Transcript:
    """An empty one that knows what must not be in it, however the server says it back."""
    return Transcript(tuple(_spellings(username, password)))


def _spellings(username: str, password: str) -> Iterable[str]:
    """The password as it is written, and as AUTH writes it; the longest first."""
    if len(password) < SHORTEST_SECRET:
        return ()
    raw = password.encode()
    plain = b"\0" + username.encode() + b"\0" + raw
    found = {password, repr(password)[1:-1]}
    for one in (raw, plain):
        found |= {b64encode(one).decode(), b64encode(one).decode().rstrip("=")}
    return sorted(found, key=len, reverse=True)
