"""`python -m acuse_sandbox`: serve until told to stop; ports are free ones unless named."""

from __future__ import annotations

import argparse
import json
import os
import signal
import threading
from pathlib import Path

from acuse_sandbox.running import Sandbox


def main() -> None:
    """Serve; the ports go to stdout and to the ports file, as JSON."""
    parser = argparse.ArgumentParser(prog="acuse_sandbox")
    for port in ("http", "control", "smtp"):
        parser.add_argument(f"--{port}-port", type=int, default=0)
    parser.add_argument("--ports-file", type=Path)
    given = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Sandbox(
        http_port=given.http_port, control_port=given.control_port, smtp_port=given.smtp_port
    ) as sandbox:
        _tell(sandbox, given.ports_file)
        stop.wait()


def _tell(sandbox: Sandbox, ports_file: Path | None) -> None:
    ports = {
        "http": int(sandbox.http_url.rpartition(":")[2]),
        "control": int(sandbox.control_url.rpartition(":")[2]),
        "smtp": sandbox.smtp_port,
        "pid": os.getpid(),
    }
    line = json.dumps(ports)
    if ports_file is not None:
        draft = ports_file.with_suffix(".draft")
        draft.write_text(line)
        draft.rename(ports_file)
    print(line, flush=True)


if __name__ == "__main__":
    main()
