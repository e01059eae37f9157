"""The child that reads what came to the address for returned mail: any bytes from anybody.

The reader ends by itself and never raises, but it was written for what is known; what is not may be
slow, or bring down an interpreter. It happens apart, under limits of time and memory.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from acuse.domain.bounce import BounceReason
from acuse.domain.report import Action, Places, Report, ReportKind, Result, Source
from acuse.gateways.child import Child, Ended, Refused

SECONDS = 10.0
CHILD = (sys.executable, "-P", "-m", "acuse.gateways.report_child")


class Unreadable(Exception):
    """The bytes brought the reader to its limits; the message says how it ended."""


class ReportReader:
    """Reads in its child, one report at a time."""

    def __init__(self, command: Sequence[str] = CHILD, *, seconds: float = SECONDS) -> None:
        self._child = Child(command, seconds=seconds)

    def read(self, raw: bytes, *, to: tuple[str, ...]) -> Report:
        """What the bytes are; raises Unreadable."""
        try:
            answer, _ = self._child.ask({"to": list(to)}, raw)
            return report_of(answer["report"])
        except (Refused, Ended, KeyError, TypeError, ValueError, AttributeError) as trouble:
            raise Unreadable(f"{type(trouble).__name__}: {trouble}"[:300]) from trouble

    def close(self) -> None:
        """End the child."""
        self._child.close()


def report_of(raw: Mapping[str, Any]) -> Report:
    """The report as the child meant it: the inverse of `asdict`, through JSON."""
    places = raw["places"]
    return Report(
        kind=ReportKind(raw["kind"]),
        digest=str(raw["digest"]),
        source=Source(raw["source"]),
        results=tuple(map(_result, raw["results"])),
        places=Places(
            return_path=_texts(places["return_path"]),
            envelope_id=_text(places["envelope_id"]),
            returned=_texts(places["returned"]),
            answered=_texts(places["answered"]),
        ),
        detail=_text(raw["detail"]),
        sender=_text(raw["sender"]),
        subject=_text(raw["subject"]),
        whole=bool(raw["whole"]),
        by_program=bool(raw["by_program"]),
    )


def _result(raw: Mapping[str, Any]) -> Result:
    texts = ("address", "status", "said", "original", "remote")
    return Result(
        action=Action(raw["action"]),
        code=int(raw["code"]),
        reason=BounceReason(raw["reason"]),
        **{name: _text(raw[name]) for name in texts},
    )


def _texts(raw: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_text, raw))


def _text(raw: str) -> str:
    """What a database takes: no NUL, no half of a character."""
    return raw.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
