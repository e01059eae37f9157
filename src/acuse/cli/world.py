"""The pretended outside world as a child process, and what can be asked of it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Sandbox:
    """A running sandbox: its addresses, and the process behind them."""

    http_url: str
    control_url: str
    smtp: str
    imap: str
    pop3: str
    returns: str  # where it hands over what comes back of mail
    process: subprocess.Popen[bytes]

    def environment(self) -> dict[str, str]:
        """What the other processes must be told of it."""
        return {
            "ACUSE_SANDBOX_URL": self.http_url,
            "ACUSE_SANDBOX_SMTP": self.smtp,
            "ACUSE_SANDBOX_IMAP": self.imap,
            "ACUSE_SANDBOX_POP3": self.pop3,
            "ACUSE_INTAKE": self.returns,
        }

    def ask(self, path: str) -> Any:
        """The control port's answer to a GET, from JSON."""
        with urllib.request.urlopen(f"{self.control_url}{path}", timeout=10) as answer:  # noqa: S310
            return json.load(answer)

    def tell(self, path: str, body: object) -> Any:
        """The control port's answer to a POST."""
        request = urllib.request.Request(  # noqa: S310
            f"{self.control_url}{path}", data=json.dumps(body).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


class SandboxSilent(Exception):
    """The sandbox did not come up; its log says why."""


def start(home: Path, *, returns: str = "", within: float = 20.0) -> Sandbox:
    """A sandbox on free ports of this machine.

    `returns` is where this installation takes in what comes back; a free port where it says none.
    """
    returns = returns or f"127.0.0.1:{free_port()}"
    home.mkdir(parents=True, exist_ok=True)
    ports_file = home / "sandbox.json"
    ports_file.unlink(missing_ok=True)
    with (home / "sandbox.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "acuse_sandbox"),
                *("--ports-file", str(ports_file)),
                *("--setting", f"mail.returns={returns}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + within
    while not ports_file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise SandboxSilent(f"El sandbox no arrancó: mira {home / 'sandbox.log'}.")
        time.sleep(0.02)
    ports = json.loads(ports_file.read_text())
    return Sandbox(
        http_url=f"http://127.0.0.1:{ports['http']}",
        control_url=f"http://127.0.0.1:{ports['control']}",
        smtp=f"127.0.0.1:{ports['smtp']}",
        imap=f"127.0.0.1:{ports['imap']}",
        pop3=f"127.0.0.1:{ports['pop3']}",
        returns=returns,
        process=process,
    )


def free_port(wished: int = 0) -> int:
    """The wished port of this machine if it is free, else one that is."""
    for port in (wished, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")
