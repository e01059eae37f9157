"""A small supervisor: keeps the processes of one host running until it is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

log = structlog.get_logger()
PAUSES = (0.1, 0.5, 2.0, 5.0)  # before a process that keeps dying is started again
STEADY = 30.0  # seconds after which a process counts as having come up
PATIENCE = 20.0  # seconds for a process to end by itself


@dataclass(slots=True)
class Child:
    """One process: how it is started, and how often it had to be started of late."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    restarts: int = 0


@dataclass(slots=True)
class Supervisor:
    """Starts children, restarts what dies (without limit), stops all."""

    environment: Mapping[str, str]
    logs: Path | None = None
    children: dict[str, Child] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def add(self, name: str, *arguments: str) -> None:
        """Start `python -m acuse ARGUMENTS` under that name and keep it running."""
        child = Child(name, [sys.executable, "-m", "acuse", *arguments])
        self.children[name] = child
        self._start(child)

    def watch(self) -> None:
        """Restart what dies, until `stop`; call it in a thread or as the last thing of a main."""
        while not self._stopping.wait(0.2):
            for child in self.children.values():
                if child.process is not None and child.process.poll() is not None:
                    self._restart(child)

    def watch_in_background(self) -> None:
        """The same in a thread of its own."""
        self._thread = threading.Thread(target=self.watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End all children: politely, then hard."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        running = [c.process for c in self.children.values() if c.process is not None]
        for process in reversed(running):
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def request_stop(self, *_: object) -> None:
        """Make `watch` return: a signal handler."""
        self._stopping.set()

    def kill(self, name: str) -> None:
        """Kill a child the hard way; the watch starts it again. For rehearsals of disaster."""
        process = self.children[name].process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGKILL)

    def _start(self, child: Child) -> None:
        output: int | None = None
        if self.logs is not None:
            self.logs.mkdir(parents=True, exist_ok=True)
            output = os.open(
                self.logs / f"{child.name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
            )
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.arguments,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        if output is not None:
            os.close(output)

    def _restart(self, child: Child) -> None:
        assert child.process is not None
        lived = time.monotonic() - child.started
        child.falls = 0 if lived > STEADY else child.falls + 1
        child.restarts += 1
        log.warning("process died", name=child.name, code=child.process.returncode)
        if child.falls and self._stopping.wait(PAUSES[min(child.falls, len(PAUSES)) - 1]):
            return
        self._start(child)
