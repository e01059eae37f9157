"""POST /hacienda/<register> on the control port: an entry of a register, checked before it is kept.

Entries lie among the world's settings, as `registers` reads them, and go when these are cleared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from acuse_sandbox import entries
from acuse_sandbox.entries import Register, any_text, day, text, truth, wrong

IDENTIFICATION = re.compile(r"[0-9A-Z-]{1,20}")
PLACE = re.compile(r"[1-7]-[0-9]{2}-[0-9]{2}")
CLAVE = re.compile(r"506[a-zA-Z0-9]{47}")
AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?")
TYPES = re.compile(r"0[1-6]")
STATES = re.compile(r"accepted|rejected")


def _like(form: re.Pattern[str], wanted: str) -> entries.Check:
    def check(value: Any) -> object:
        good = isinstance(value, str) and form.fullmatch(value)
        return value if good else wrong(value, wanted)

    return check


def _places(value: Any) -> object:
    good = isinstance(value, str) and all(map(PLACE.fullmatch, value.split()))
    return value if good else wrong(value, 'places, as in "1-01-01 1-01-02"')


_identification = _like(IDENTIFICATION, "an identification")
REGISTERS: Mapping[str, Register] = {
    # Activities and places are lists with blanks between; none told means any.
    "taxpayer": Register(
        ("identification",),
        {"identification": _identification},
        {
            "name": text,
            "type": _like(TYPES, "a type, 01 to 06"),
            "regime": text,
            "activities": any_text,
            "places": _places,
            "registered": truth,
            "active": truth,
        },
    ),
    # Once one is registered, no other is known.
    "exoneration": Register(
        ("number",), {"number": text}, {"holder": _identification, "until": day}
    ),
    "place": Register(("code",), {"code": _like(PLACE, 'a place, as in "1-01-12"')}, {}),
    # As if it had been received and judged.
    "document": Register(
        ("clave",),
        {"clave": _like(CLAVE, "a clave"), "state": _like(STATES, "accepted or rejected")},
        {
            "kind": text,
            "condition": text,
            "currency": text,
            "tax": _like(AMOUNT, "an amount"),
            "total": _like(AMOUNT, "an amount"),
            "sender": _identification,
        },
    ),
}


def entry(name: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """The key and the text of an entry; raises ValueError that says what is wrong with it."""
    if name not in REGISTERS:
        raise ValueError(f"no such path: POST /hacienda/{name}; there are {', '.join(REGISTERS)}")
    return entries.entry(REGISTERS, name, told)
