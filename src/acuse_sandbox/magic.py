"""Magic customers: a name that ends in a command decides what becomes of the document."""

from __future__ import annotations

import re

from acuse_sandbox.world import Script, ScriptedReply

_COMMAND = re.compile(
    r"\b(?:(?P<accept>ACEPTA)"
    r"|(?P<judge>OBSERVA|RECHAZA)(?:\s+(?P<code>-?\d{1,5}|[A-Z]{2,4}\d{2,3}[a-z]?))?"
    r"|DEMORA\s+(?P<seconds>\d{1,5}(?:[.,]\d{1,3})?))\W*$",
    re.IGNORECASE | re.ASCII,
)
JUDGED = {"OBSERVA": Script.OBSERVE, "RECHAZA": Script.REJECT}
LONGEST = 300.0  # seconds; beyond it a name is more likely a mistake than a wish


def magic(name: str) -> ScriptedReply | None:
    """What the customer's name commands: "… RECHAZA FAU04", "… DEMORA 3"; None for plain names.

    Without a code, OBSERVA and RECHAZA leave its choice to the authority.
    """
    found = _COMMAND.search(name)
    if found is None:
        return None
    if found["seconds"]:
        seconds = float(found["seconds"].replace(",", "."))
        return ScriptedReply(Script.SLOW, seconds=min(seconds, LONGEST))
    if found["judge"]:
        return ScriptedReply(JUDGED[found["judge"].upper()], code=_code(found["code"] or ""))
    return ScriptedReply(Script.ACCEPT)


def _code(told: str) -> str:
    """A code as authorities write it, whatever the name's case: FAD06, FAJ43b."""
    return told[:-1].upper() + told[-1:].lower()
