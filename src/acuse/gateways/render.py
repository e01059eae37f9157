"""The PDF child: a long-lived process with limits that holds the typst compiler."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from acuse.domain.constancia import Constancia
from acuse.domain.face import Face
from acuse.gateways.child import Child, Ended, Refused

SECONDS = 30.0
CHILD = (sys.executable, "-P", "-m", "acuse.gateways.render_child")


class RenderFailed(Exception):
    """No PDF came of this document; the message says what the child told, or how it ended."""


class Renderer:
    """Renders in its child, one document at a time; a child that dies is replaced once."""

    def __init__(self, command: Sequence[str] = CHILD, *, seconds: float = SECONDS) -> None:
        self._child = Child(command, seconds=seconds)

    @property
    def pid(self) -> int | None:
        """The child's process id; None before the first document."""
        return self._child.pid

    def render(self, face: Face, logo: bytes | None) -> bytes:
        """The PDF; raises RenderFailed."""
        return self._made({"face": asdict(face) | {"xml": None}}, face.xml, logo or b"")

    def constancia(self, told: Constancia) -> bytes:
        """The PDF; raises RenderFailed."""
        return self._made({"constancia": asdict(told) | {"signed": None}}, told.signed)

    def _made(self, head: dict[str, Any], *parts: bytes) -> bytes:
        try:
            _, made = self._child.ask(head, *parts)
        except Refused as refusal:
            raise RenderFailed(str(refusal)) from refusal
        except Ended as ended:
            raise RenderFailed(f"the PDF process ended twice: {ended}") from ended
        return made[0]

    def close(self) -> None:
        """End the child."""
        self._child.close()
