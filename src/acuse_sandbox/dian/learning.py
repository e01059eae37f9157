"""POST /dian/<register> on the control port: an entry of a register, checked before it is kept.

Entries lie among the world's settings, as `options` reads them, and go when these are cleared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acuse_sandbox import entries
from acuse_sandbox.entries import Register, any_text, count, day, moment, text, truth, wrong


def _nit(value: Any) -> object:
    good = isinstance(value, str) and value.isascii() and value.isdigit()
    return value if good else wrong(value, "a NIT without its check digit")


def _state(value: Any) -> object:
    return value if value in ("Aceptado", "Rechazado", "En proceso") else wrong(value, "a state")


REGISTERS: Mapping[str, Register] = {
    # Without `nit` it is of every issuer; a PIN that is not told is not checked.
    "software": Register(("software_id",), {"software_id": text}, {"nit": _nit, "pin": text}),
    "range": Register(
        ("resolution",),
        {
            "resolution": text,
            "first": count,
            "last": count,
            "valid_from": day,
            "valid_until": day,
        },
        {"nit": _nit, "prefix": any_text, "technical_key": text, "resolved_on": day},
    ),
    "rut": Register(("nit",), {"nit": _nit, "name": text}, {"active": truth}),
    "provider": Register(("provider", "nit"), {"provider": _nit, "nit": _nit}, {}),
    "mailbox": Register(("nit",), {"nit": _nit, "email": text}, {}),
    "acquirer": Register(
        ("kind", "number"), {"kind": text, "number": text, "name": text}, {"email": any_text}
    ),
    "test_set": Register(
        ("id",),
        {"id": text},
        {
            "nit": _nit,
            "invoices": count,
            "debit_notes": count,
            "credit_notes": count,
            "needed": count,
            "state": _state,
        },
    ),
    "enabled": Register(("nit",), {"nit": _nit}, {}),
    "contingency": Register(("start",), {"start": moment, "end": moment}, {}),
}


def entry(name: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """The key and the text of an entry; raises ValueError that says what is wrong with it."""
    return entries.entry(REGISTERS, name, told)
