"""POST /dian/<register> on the control port: an entry of a register, checked before it is kept.

Entries lie among the world's settings, as `options` reads them, and go when these are cleared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Check = Callable[[Any], object]


def _text(value: Any) -> object:
    return value if isinstance(value, str) and value else _wrong(value, "a text")


def _any_text(value: Any) -> object:
    return value if isinstance(value, str) else _wrong(value, "a text")


def _nit(value: Any) -> object:
    good = isinstance(value, str) and value.isascii() and value.isdigit()
    return value if good else _wrong(value, "a NIT without its check digit")


def _count(value: Any) -> object:
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if good else _wrong(value, "a whole number")


def _truth(value: Any) -> object:
    return value if isinstance(value, bool) else _wrong(value, "true or false")


def _day(value: Any) -> object:
    return date.fromisoformat(str(_text(value)))


def _moment(value: Any) -> object:
    found = datetime.fromisoformat(str(_text(value)))
    return found if found.tzinfo else _wrong(value, "a moment with its offset")


def _state(value: Any) -> object:
    return value if value in ("Aceptado", "Rechazado", "En proceso") else _wrong(value, "a state")


def _wrong(value: Any, wanted: str) -> object:
    raise ValueError(f"{wanted} was expected, not {value!r}")


@dataclass(frozen=True, slots=True)
class Register:
    """What an entry of a register needs, may have, and by which members it is found."""

    key: tuple[str, ...]
    needs: Mapping[str, Check]
    may: Mapping[str, Check]


REGISTERS: Mapping[str, Register] = {
    # Without `nit` it is of every issuer; a PIN that is not told is not checked.
    "software": Register(("software_id",), {"software_id": _text}, {"nit": _nit, "pin": _text}),
    "range": Register(
        ("resolution",),
        {
            "resolution": _text,
            "first": _count,
            "last": _count,
            "valid_from": _day,
            "valid_until": _day,
        },
        {"nit": _nit, "prefix": _any_text, "technical_key": _text, "resolved_on": _day},
    ),
    "rut": Register(("nit",), {"nit": _nit, "name": _text}, {"active": _truth}),
    "provider": Register(("provider", "nit"), {"provider": _nit, "nit": _nit}, {}),
    "mailbox": Register(("nit",), {"nit": _nit, "email": _text}, {}),
    "acquirer": Register(
        ("kind", "number"), {"kind": _text, "number": _text, "name": _text}, {"email": _any_text}
    ),
    "test_set": Register(
        ("id",),
        {"id": _text},
        {
            "nit": _nit,
            "invoices": _count,
            "debit_notes": _count,
            "credit_notes": _count,
            "needed": _count,
            "state": _state,
        },
    ),
    "enabled": Register(("nit",), {"nit": _nit}, {}),
    "contingency": Register(("start",), {"start": _moment, "end": _moment}, {}),
}


def entry(name: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """The key and the text of an entry; raises ValueError that says what is wrong with it."""
    register = REGISTERS.get(name)
    if register is None:
        raise ValueError(f"no register {name!r}; there are {', '.join(REGISTERS)}")
    allowed = {**register.needs, **register.may}
    for member in told:
        if member not in allowed:
            raise ValueError(f"{name} has no {member!r}; it has {', '.join(allowed)}")
    for member in register.needs:
        if member not in told:
            raise ValueError(f"{name} needs {member}")
    for member, value in told.items():
        try:
            allowed[member](value)
        except ValueError as error:
            raise ValueError(f"{name}.{member}: {error}") from error
    return "-".join(str(told[member]) for member in register.key), json.dumps(dict(told))
