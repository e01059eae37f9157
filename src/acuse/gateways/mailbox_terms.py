"""What a visit to a mailbox speaks of, whatever the protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from acuse.domain.mailbox import Trouble

Unknown = Callable[[Sequence[str]], Sequence[str]]  # of these names, those not worked off yet


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one visit takes."""

    messages: int = 25
    message: int = 15 * 1024 * 1024  # bytes; a file of 10 MB in base64 fits
    together: int = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `name` is its own in its mailbox for ever.

    `raw` are its headers alone, or nothing, where it is not `whole`: too large (`size` bytes), or
    the server could not give it.
    """

    name: str
    raw: bytes = field(repr=False)
    size: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """Name and size of each message to fetch, in order; whether more wait behind them."""

    messages: tuple[tuple[str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a visit brought, also where it ended before its end.

    `cursor` is what the next visit is told once all of these are worked off.
    """

    messages: tuple[Message, ...]
    cursor: str
    more: bool
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a first look found: how many messages lie there."""

    count: int


class Visit(Protocol):
    """A talk with a server, logged in; every method raises Broke."""

    count: int

    def listed(self, cursor: str, since: date, unknown: Unknown, limits: Limits) -> Listed:
        """The messages that are not known yet."""
        ...

    def message(self, name: str, size: int, limits: Limits) -> Message:
        """One of them."""
        ...

    def cursor(self, name: str) -> str:
        """How far everything is done once that one is; "" where the server counts by no order."""
        ...

    def leave(self) -> None:
        """End the talk; never raises."""
        ...
