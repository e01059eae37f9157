"""P9: mails of 150 KB a second over one kept connection, against Postfix's own smtp-source.

Both talk to the same smtp-sink.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from acuse.gateways import smtp
from benchmarks.goals import Goal

SIZE = 150 * 1024
SLICE = 0.4  # seconds
SLICES = 9
SPREAD = 0.15  # a run whose baseline moves more than that is repeated
RUNS = 4
UNPACKED = Path(__file__).parents[1] / ".mta"  # where scripts/unpack_mta.sh lays Debian's
ELSEWHERE = f"/usr/sbin:/usr/local/sbin:/usr/libexec/postfix:{UNPACKED / 'usr/sbin'}"
LIBRARIES = f"{UNPACKED}/usr/lib/postfix:{UNPACKED}/usr/lib/x86_64-linux-gnu"


class Missing(Exception):
    """A tool that the comparison needs is not installed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Mails a second of both, and their ratio."""

    ours: float
    baseline: float
    spread: float

    @property
    def ratio(self) -> float:
        """How many mails we send while smtp-source sends one."""
        return self.ours / self.baseline


def ratio() -> Compared:
    """Both measured in turns against one sink; raises Missing without Postfix's tools."""
    source = tool("smtp-source")
    with sink() as port:
        for _ in range(RUNS):
            compared = _compare(source, port)
            if compared.spread <= SPREAD:
                break
    return compared


def tool(name: str) -> str:
    """Where a tool of Postfix's lies; raises Missing."""
    found = shutil.which(name) or shutil.which(name, path=ELSEWHERE)
    if not found:
        raise Missing(f"{name} is missing: run scripts/unpack_mta.sh")
    return found


def _environment() -> dict[str, str]:
    known = os.environ.get("LD_LIBRARY_PATH", "")
    return {**os.environ, "LD_LIBRARY_PATH": f"{known}:{LIBRARIES}".lstrip(":")}


@contextmanager
def sink() -> Iterator[int]:
    """The port of a server that takes every mail and keeps none."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen(
        [tool("smtp-sink"), *user, f"127.0.0.1:{port}", "100"], env=_environment()
    )
    try:
        _wait_for(port)
        yield port
    finally:
        smtp.close_all()
        sink.terminate()
        sink.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 5
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _compare(source: str, port: int) -> Compared:
    start = median(_timed(lambda: _source(source, port, 1)) for _ in range(5))
    contenders: list[Callable[[int], float]] = [
        lambda mails: _timed(lambda: _source(source, port, mails)) - start,
        lambda mails: _timed(lambda: _ours(port, mails)),
    ]
    mails = [max(20, int(SLICE / (contender(50) / 50))) for contender in contenders]
    rates: list[list[float]] = [[], []]
    for turn in range(SLICES):
        for who in (0, 1) if turn % 2 else (1, 0):
            rates[who].append(mails[who] / contenders[who](mails[who]))
    baseline = median(rates[0])
    quartiles = sorted(rates[0])[SLICES // 4], sorted(rates[0])[-1 - SLICES // 4]
    return Compared(median(rates[1]), baseline, (quartiles[1] - quartiles[0]) / baseline)


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def pace(port: int, size: int) -> float:
    """Mails of that size a second by smtp-source over one kept session."""
    source, mails = tool("smtp-source"), 2000
    start = median(_timed(lambda: _source(source, port, 1, size)) for _ in range(5))
    took = median(_timed(lambda: _source(source, port, mails, size)) for _ in range(3))
    return mails / (took - start)


def _source(source: str, port: int, mails: int, size: int = SIZE) -> None:
    to = ["-f", "a@acuse.example", "-t", "b@acuse.example"]
    one_session = ["-d", "-s", "1", "-l", str(size), "-m", str(mails)]
    command = [source, *one_session, *to, f"127.0.0.1:{port}"]
    subprocess.run(command, check=True, env=_environment())


LINE = b"QUJD" * 19 + b"\r\n"
MESSAGE = smtp.prepare(b"Subject: acta\r\n\r\n" + LINE * (SIZE // len(LINE)))


def _ours(port: int, mails: int) -> None:
    route = smtp.Route("127.0.0.1", port)
    for _ in range(mails):
        outcome = smtp.send(
            MESSAGE,
            sender="a@acuse.example",
            recipient="b@acuse.example",
            route=route,
            before_dot=lambda: True,
        )
        if outcome.code != 250:
            raise RuntimeError(f"the sink refused: {outcome}")


def goals() -> Iterator[Goal]:
    """The goal of this module; nothing, and a word why, without Postfix's tools."""
    try:
        compared = ratio()
    except Missing as missing:
        print(f"P9 not measured: {missing}")
        return
    note = f"to smtp-source, whose slices spread {compared.spread:.0%}"
    if compared.spread > SPREAD:
        note += ": the machine was not quiet, this does not count"
    yield Goal("P9", compared.ratio, 1.0, note=note)
