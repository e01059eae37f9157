"""What a body sent to the control port asks for: read whole, or refused with what was wrong."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from acuse_sandbox.mail_script import Misbehaviour
from acuse_sandbox.reading_script import Fault
from acuse_sandbox.world import Script, ScriptedReply

F = TypeVar("F", Misbehaviour, Fault)
LONGEST = 3600.0  # seconds a reply may be held
FAULT_FIELDS: Mapping[str, tuple[type, ...]] = {
    "stage": (str,),
    "code": (int,),
    "text": (str,),
    "action": (str,),
    "kept": (bool,),
    "seconds": (int, float),
    "times": (int,),
}


READING_FIELDS: Mapping[str, tuple[type, ...]] = {
    "stage": (str,),
    "action": (str,),
    "text": (str,),
    "seconds": (int, float),
    "times": (int,),
}


class Misunderstood(Exception):
    """The request cannot be followed; the message says why."""


def body(raw: bytes, *, fields: tuple[str, ...] | None = None) -> dict[str, Any]:
    """The JSON object in a body; only with these fields, where they are named."""
    try:
        found = json.loads(raw or b"{}")
    except ValueError as error:
        raise Misunderstood(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise Misunderstood("the body is a JSON object")
    for name in found:
        if fields is not None and name not in fields:
            raise Misunderstood(f"no field {name!r}; there are {', '.join(fields)}")
    return found


def match(asked: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Whom replies are for, by some of these names; {} for any."""
    found = asked.get("match", {})
    if not isinstance(found, dict):
        raise Misunderstood("match is an object")
    for name, value in found.items():
        if name not in names:
            raise Misunderstood(f"no match by {name!r}; there is {', '.join(names)}")
        if not isinstance(value, str) or not value:
            raise Misunderstood(f"match.{name} is a text, not {value!r}")
    return dict(found)


def replies(asked: Mapping[str, Any]) -> list[object]:
    """The replies asked for, unread; at least one."""
    found = asked.get("replies")
    if not isinstance(found, list) or not found:
        raise Misunderstood("replies is a list of at least one")
    return found


def reply(raw: object) -> ScriptedReply:
    """A scripted reply: "accept", {"reject": "2017"}, {"processing": 3} …"""
    name, value = raw, None
    if isinstance(raw, dict) and len(raw) == 1:
        ((name, value),) = raw.items()
    if not isinstance(name, str) or name not in list(Script):
        raise Misunderstood(f"not a reply: {raw!r}; there are {', '.join(Script)}")
    kind = Script(name)
    if value is None:
        if kind in WANTING or isinstance(raw, dict):
            raise Misunderstood(f"{name} wants a value, as in {{{name!r}: 2}}")
        return ScriptedReply(kind)
    if kind not in VALUED:
        raise Misunderstood(f"{name} takes no value")
    return VALUED[kind](value)


def fault(raw: object) -> Misbehaviour:
    """A fault of the mail server: {"stage": "rcpt", "code": 450, "text": "4.7.1 later"}."""
    return _made(Misbehaviour, raw, FAULT_FIELDS)


def reading_fault(raw: object) -> Fault:
    """A fault of the servers that mail is read from: {"stage": "login", "action": "refuse"}."""
    return _made(Fault, raw, READING_FIELDS)


def _made(kind: Callable[..., F], raw: object, fields: Mapping[str, tuple[type, ...]]) -> F:
    if not isinstance(raw, dict) or "stage" not in raw:
        raise Misunderstood(f"not a fault with a stage: {raw!r}")
    for name, value in raw.items():
        types = fields.get(name)
        if types is None:
            raise Misunderstood(f"no field {name!r}; there are {', '.join(fields)}")
        if type(value) not in types:  # exactly: True is an int otherwise
            raise Misunderstood(f"{name} is {types[0].__name__}, not {value!r}")
    try:
        return kind(**raw)
    except ValueError as error:
        raise Misunderstood(f"{error}: {raw!r}") from error


def shift(asked: Mapping[str, Any]) -> timedelta:
    """By how much the clock shall differ."""
    return timedelta(seconds=_number(asked.get("shift_seconds"), first=-1e9, last=1e9))


def settings(asked: Mapping[str, Any]) -> dict[str, str]:
    """Settings for the authorities: texts by name."""
    for name, value in asked.items():
        if not isinstance(value, str):
            raise Misunderstood(f"setting {name} is a text, not {value!r}")
    return dict(asked)


def _number(value: object, *, first: float, last: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Misunderstood(f"a number was expected, not {value!r}")
    if not (math.isfinite(value) and first <= value <= last):
        raise Misunderstood(f"a number from {first:g} to {last:g} was expected, not {value!r}")
    return float(value)


def _status(value: object) -> int:
    return int(_number(value, first=200, last=599))


def _times(value: object) -> int:
    return int(_number(value, first=1, last=1000))


def _code(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise Misunderstood(f"a code was expected, not {value!r}")
    return str(value)


WANTING = frozenset({Script.SLOW, Script.PROCESSING, Script.UNKNOWN_TICKET})  # say nothing bare
VALUED: Mapping[Script, Callable[[object], ScriptedReply]] = {
    Script.OBSERVE: lambda value: ScriptedReply(Script.OBSERVE, code=_code(value)),
    Script.REJECT: lambda value: ScriptedReply(Script.REJECT, code=_code(value)),
    Script.HTTP: lambda value: ScriptedReply(Script.HTTP, status=_status(value)),
    Script.HTTP_AFTER_ACCEPT: lambda value: ScriptedReply(
        Script.HTTP_AFTER_ACCEPT, status=_status(value)
    ),
    Script.SLOW: lambda value: ScriptedReply(
        Script.SLOW, seconds=_number(value, first=0, last=LONGEST)
    ),
    Script.PROCESSING: lambda value: ScriptedReply(Script.PROCESSING, times=_times(value)),
    Script.UNKNOWN_TICKET: lambda value: ScriptedReply(Script.UNKNOWN_TICKET, times=_times(value)),
}
