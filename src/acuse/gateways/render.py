"""The PDF child: a long-lived process with limits that holds the typst compiler."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict

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
        head = {"face": asdict(face) | {"xml": None}}
        try:
            _, parts = self._child.ask(head, face.xml, logo or b"")
        except Refused as refusal:
            raise RenderFailed(str(refusal)) from refusal
        except Ended as ended:
            raise RenderFailed(f"the PDF process ended twice: {ended}") from ended
        return parts[0]

    def close(self) -> None:
        """End the child."""
        self._child.close()
