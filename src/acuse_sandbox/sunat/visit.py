"""One request on its way through SUNAT: what the ledger will say of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Visit:
    """What is known of a request so far; filled on the way, written to the ledger at the end."""

    purpose: str
    fiscal_id: str = ""
    document: bytes = b""
    outcome: str = "refused"
    ruc: str = ""  # whose manners answer it
