"""Magic customers: a name that ends in a command decides what becomes of the document."""

from __future__ import annotations

import re

from acuse_sandbox.world import Script, ScriptedReply

_COMMAND = re.compile(
    r"\b(ACEPTA|OBSERVA|RECHAZA|DEMORA)(?:\s+(-?\d{1,5}(?:\.\d+)?))?[\s.,;]*$", re.IGNORECASE
)
KINDS = {
    "ACEPTA": Script.ACCEPT,
    "OBSERVA": Script.OBSERVE,
    "RECHAZA": Script.REJECT,
    "DEMORA": Script.SLOW,
}
LONGEST = 300.0


def magic(name: str) -> ScriptedReply | None:
    """What the customer's name commands: "… RECHAZA 2017", "… DEMORA 3"; None for plain names."""
    found = _COMMAND.search(name)
    if not found:
        return None
    kind = KINDS[found[1].upper()]
    number = found[2] or ""
    if kind is Script.SLOW:
        return ScriptedReply(kind, seconds=min(abs(float(number or 1)), LONGEST))
    return ScriptedReply(kind, code=number)
