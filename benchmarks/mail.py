"""P9: our SMTP client over one kept connection, against postfix's own smtp-source."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator

from acuse.gateways import smtp
from benchmarks.goals import Goal

MESSAGES = 300
SIZE = 150_000
ROUNDS = 5


def goals() -> Iterator[Goal]:
    """The goal of this module; nothing, and a word why, where postfix's tools are missing."""
    source = shutil.which("smtp-source") or shutil.which("/usr/sbin/smtp-source")
    sink = shutil.which("smtp-sink") or shutil.which("/usr/sbin/smtp-sink")
    if source is None or sink is None:
        print("P9 skipped: no smtp-source and smtp-sink (Debian's postfix has them)")
        return
    port = _free_port()
    server = subprocess.Popen([sink, "-c", f"127.0.0.1:{port}", "100"], stdout=subprocess.DEVNULL)
    try:
        _await(port)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(_smtp_source(source, port))
            ours.append(_own(port))
        ratio = statistics.median(ours) / statistics.median(theirs)
        yield Goal("P9", ratio, 1.0, note="to smtp-source, one kept session")
    finally:
        smtp.close_all()
        server.terminate()
        server.wait()


def _own(port: int) -> float:
    line = b"x" * 74 + b"\r\n"
    prepared = smtp.prepare(b"Subject: x\r\n\r\n" + line * (SIZE // len(line)))
    route = smtp.Route(host="127.0.0.1", port=port)
    start = time.perf_counter()
    for _ in range(MESSAGES):
        outcome = smtp.send(
            prepared,
            sender="a@b.example",
            recipient="c@d.example",
            route=route,
            before_dot=lambda: True,
        )
        assert outcome.code == 250, outcome
    return MESSAGES / (time.perf_counter() - start)


def _smtp_source(source: str, port: int) -> float:
    start = time.perf_counter()
    subprocess.run(
        [source, "-s", "1", "-d", "-l", str(SIZE), "-m", str(MESSAGES), "-f", "a@b.example"]
        + ["-t", "c@d.example", f"127.0.0.1:{port}"],
        check=True,
        capture_output=True,
    )
    return MESSAGES / (time.perf_counter() - start)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
