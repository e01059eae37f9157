"""What the control port writes into an authority's registers, checked before it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Check = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Register:
    """What an entry of a register needs, may have, and by which members it is found."""

    key: tuple[str, ...]
    needs: Mapping[str, Check]
    may: Mapping[str, Check]


def text(value: Any) -> object:
    """A text that is not empty."""
    return value if isinstance(value, str) and value else wrong(value, "a text")


def any_text(value: Any) -> object:
    """A text."""
    return value if isinstance(value, str) else wrong(value, "a text")


def count(value: Any) -> object:
    """A whole number from 0 on."""
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if good else wrong(value, "a whole number")


def truth(value: Any) -> object:
    """True or false."""
    return value if isinstance(value, bool) else wrong(value, "true or false")


def day(value: Any) -> object:
    """A day, YYYY-MM-DD."""
    return date.fromisoformat(str(text(value)))


def moment(value: Any) -> object:
    """A moment that says its offset."""
    found = datetime.fromisoformat(str(text(value)))
    return found if found.tzinfo else wrong(value, "a moment with its offset")


def wrong(value: Any, wanted: str) -> object:
    """Raise ValueError that says what was expected."""
    raise ValueError(f"{wanted} was expected, not {value!r}")


def entry(registers: Mapping[str, Register], name: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """The key and the text of an entry; raises ValueError that says what is wrong with it."""
    register = registers.get(name)
    if register is None:
        raise ValueError(f"no register {name!r}; there are {', '.join(registers)}")
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
