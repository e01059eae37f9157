"""The PDF child: a long-lived process with limits that holds the typst compiler."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from acuse.domain.constancia import Constancia
from acuse.domain.face import Face
from acuse.gateways import wire

SECONDS = 30.0
CHILD = (sys.executable, "-P", "-m", "acuse.gateways.render_child")


class RenderFailed(Exception):
    """No PDF came of this document; the message says what the child told, or how it ended."""


class Renderer:
    """Renders in its child, one document at a time; a child that dies is replaced once."""

    def __init__(self, command: Sequence[str] = CHILD, *, seconds: float = SECONDS) -> None:
        self._command = tuple(command)
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._asked = itertools.count(1)

    @property
    def pid(self) -> int | None:
        """The child's process id; None before the first document."""
        return self._child.pid if self._child else None

    def render(self, face: Face, logo: bytes | None) -> bytes:
        """The PDF; raises RenderFailed."""
        return self._made({"face": asdict(face) | {"xml": None}}, face.xml, logo or b"")

    def constancia(self, told: Constancia) -> bytes:
        """The PDF; raises RenderFailed."""
        return self._made({"constancia": asdict(told) | {"signed": None}}, told.signed)

    def _made(self, head: dict[str, Any], *parts: bytes) -> bytes:
        failure: Exception | None = None
        with self._lock:
            for _ in range(2):
                try:
                    return self._ask(next(self._asked), head, *parts)
                except (OSError, wire.Broken) as error:
                    self._end()
                    failure = error
                except RenderFailed:
                    raise
                except BaseException:
                    self._end()  # its answer is still to come, and would pass for the next one's
                    raise
        raise RenderFailed(f"the PDF process ended twice: {failure}")

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, asked: int, head: dict[str, Any], *parts: bytes) -> bytes:
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        watch = threading.Timer(self._seconds, child.kill)
        watch.start()
        try:
            child.stdin.write(wire.pack(head | {"asked": asked}, *parts))
            child.stdin.flush()
            reply = wire.read(child.stdout.read)
        finally:
            watch.cancel()
        if reply is None:
            raise wire.Broken(f"it ended by itself or after {self._seconds:g} s")
        answer, made = reply
        if answer.get("asked") != asked:
            raise wire.Broken("an answer to another question")
        if "problem" in answer:
            raise RenderFailed(str(answer["problem"]))
        return made[0]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"PATH": "/usr/bin:/bin"},
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):  # a pipe whose reader is gone
                    stream.close()
