"""A request on its way through Hacienda, and how it is refused before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Visit:
    """What is known of a request so far; filled on the way, written to the ledger at the end."""

    purpose: str
    fiscal_id: str = ""
    realm: str = ""  # of the token
    document: bytes = b""
    outcome: str = "refused"


@dataclass(slots=True)
class Refusal(Exception):
    """A request that is not taken: status, and the cause for X-Error-Cause."""

    status: int
    cause: str
