"""A child process with limits that does one kind of risky work for its parent, asked in turn."""

from __future__ import annotations

import itertools
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from acuse.gateways import wire

HERE = str(Path(__file__).resolve().parents[2])  # a child runs its parent's program, no other copy


class Refused(Exception):
    """The child did not do it; the message is its own."""


class Ended(Exception):
    """The child ended twice over the same work; the message says how."""


class Child:
    """Works in its process, one piece at a time; a process that dies is replaced once."""

    def __init__(self, command: Sequence[str], *, seconds: float) -> None:
        self._command = tuple(command)
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._asked = itertools.count(1)

    @property
    def pid(self) -> int | None:
        """The process's id; None before the first work."""
        return self._process.pid if self._process else None

    def ask(self, head: Mapping[str, Any], *parts: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """The child's answer; raises Refused or Ended."""
        failure: Exception | None = None
        with self._lock:
            for _ in range(2):
                try:
                    return self._ask(next(self._asked), head, parts)
                except (OSError, wire.Broken) as error:
                    self._end()
                    failure = error
                except Refused:
                    raise
                except BaseException:
                    self._end()  # its answer is still to come, and would pass for the next one's
                    raise
        raise Ended(str(failure))

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(
        self, asked: int, head: Mapping[str, Any], parts: Sequence[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        watch = threading.Timer(self._seconds, process.kill)
        watch.start()
        try:
            process.stdin.write(wire.pack({"asked": asked, **head}, *parts))
            process.stdin.flush()
            reply = wire.read(process.stdout.read)
        finally:
            watch.cancel()
        if reply is None:
            raise wire.Broken(f"it ended by itself or after {self._seconds:g} s")
        answer, answered = reply
        if answer.get("asked") != asked:
            raise wire.Broken("an answer to another question")
        if "problem" in answer:
            raise Refused(str(answer["problem"]))
        return answer, answered

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"PATH": "/usr/bin:/bin", "PYTHONPATH": HERE},
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # a pipe whose reader is gone
                    stream.close()
