"""The PDF child: a long-lived process with limits that holds the typst compiler."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import asdict

from acuse.domain.face import Face
from acuse.gateways import wire

SECONDS = 30.0
WORKER = "acuse.gateways.render_child"


class RenderFailed(Exception):
    """No PDF came of this document, twice; the message says what the child told."""


class Renderer:
    """Renders in its child, one document at a time; a child that dies is replaced once."""

    def __init__(self, module: str = WORKER, *, seconds: float = SECONDS) -> None:
        self._module = module
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def render(self, face: Face, logo: bytes | None) -> bytes:
        """The PDF; raises RenderFailed."""
        head = asdict(face)
        message = wire.pack({"face": head | {"xml": None}}, face.xml, logo or b"")
        with self._lock:
            for _ in range(2):
                try:
                    return self._ask(message)
                except (OSError, wire.Broken) as error:
                    self._end()
                    failure = error
            raise RenderFailed(f"the PDF process ended: {failure}")

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, message: bytes) -> bytes:
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        watch = threading.Timer(self._seconds, child.kill)
        watch.start()
        try:
            child.stdin.write(message)
            child.stdin.flush()
            reply = wire.read(child.stdout.read)
        finally:
            watch.cancel()
        if reply is None:
            raise wire.Broken("the child ended")
        head, parts = reply
        if "problem" in head:
            raise RenderFailed(str(head["problem"]))
        return parts[0]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-m", self._module],
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
                try:
                    stream.close()
                except OSError:  # a pipe whose reader is gone
                    continue
