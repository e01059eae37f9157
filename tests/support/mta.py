"""Real mail servers out of Debian's packages: unpacked, not installed, run from their own folder.

`scripts/unpack_mta.sh` fetches them, where apt-get is there; tests skip and say so without.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

UNKNOWN, QUOTA = "desconocido@cliente.example", "lleno@lleno.example"
GOOD, GROUP = "ana@cliente.example", "grupo@cliente.example"
SMALL, POLICY, RELAY = "b@ligero.example", "c@estricto.example", "d@ajeno.example"
LATE = "e@tarde.example"
NOBODY = 1  # a port that no test and no program of ours ever takes
UNPACKED = Path(__file__).resolve().parents[2] / ".mta"


@dataclass
class Server:
    """A running mail server; `port` takes mail."""

    port: int
    process: subprocess.Popen[bytes]
    logs: tuple[Path, ...]

    def log(self) -> str:
        """What it said."""
        return "\n".join(one.read_text(errors="replace") for one in self.logs if one.exists())

    def stop(self) -> None:
        """End it and its children."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


def unpacked(program: str) -> Path:
    """Where the packages lie; skips the test where that program is not among them."""
    if os.getuid() != 0:
        pytest.skip("a real mail server needs root to run its parts as others")
    if not (UNPACKED / program).exists():
        pytest.skip(f"{program} is not there: scripts/unpack_mta.sh needs Debian's apt-get")
    return UNPACKED


def came_up(server: Server) -> Server:
    """The server once it takes connections."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return server
        except OSError:
            time.sleep(0.1)
    if server.process.poll() is None:
        server.stop()
    raise AssertionError(f"the mail server did not come up: {server.log()[-2000:]}")


def free_ports(count: int) -> list[int]:
    """Ports that nobody has."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()


def opened_up(home: Path) -> None:
    """Let the server's parts, who are others, reach the folder."""
    for folder in (home, *home.parents):
        if folder.stat().st_mode & 0o055 != 0o055:
            folder.chmod(folder.stat().st_mode | 0o055)
