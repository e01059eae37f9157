"""One request on its way through SUNAT: what the ledger will say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.identity import is_ruc
from acuse_sandbox.sunat.soap import Call

USER = re.compile(r"([0-9]{11})(\S+)")
WRONG_PASSWORD = "mala"  # noqa: S105 - the one password that this SUNAT refuses


@dataclass(slots=True)
class Visit:
    """What is known of a request so far; filled on the way, written to the ledger at the end."""

    purpose: str
    fiscal_id: str = ""
    document: bytes = b""
    outcome: str = "refused"


def caller(call: Call) -> str:
    """The RUC whose SOL user calls; raises Fault 0101 to 0103."""
    if not call.username:
        raise Fault("0101")
    match = USER.fullmatch(call.username)
    if match is None or not is_ruc(match[1]):
        raise Fault("0103")
    if not call.password or call.password == WRONG_PASSWORD:
        raise Fault("0102")
    return match[1]
