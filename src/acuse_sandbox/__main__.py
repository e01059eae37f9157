"""`python -m acuse_sandbox`: serve until told to stop; ports are free ones unless named.

`--setting NAME=VALUE`, as often as wanted, sets what the control port's /settings does, for good.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path

from acuse_sandbox.listener import HOST
from acuse_sandbox.running import Sandbox

STOP = (signal.SIGTERM, signal.SIGINT)


def main() -> None:
    """Serve; the ports go to stdout and to the ports file, as JSON."""
    parser = argparse.ArgumentParser(prog="acuse_sandbox")
    parser.add_argument("--host", default=HOST)
    for port in ("http", "control", "smtp", "imap", "pop3"):
        parser.add_argument(f"--{port}-port", type=int, default=0)
    parser.add_argument("--ports-file", type=Path)
    parser.add_argument("--setting", type=_setting, action="append", default=[], dest="settings")
    given = vars(parser.parse_args())
    given["settings"] = dict(given["settings"])
    ports_file = given.pop("ports_file")
    # Waited for, not handled: a handler that wakes the very thread it interrupts can deadlock.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    try:
        with Sandbox(**given) as sandbox:
            _tell(sandbox, ports_file)
            signal.sigwait(STOP)
    except (OSError, OverflowError) as error:
        sys.exit(f"El sandbox no pudo arrancar: {error}. Elige otros puertos, o 0 para uno libre.")


def _setting(text: str) -> tuple[str, str]:
    """A setting of an authority: sunat.mode=beta."""
    name, is_one, value = text.partition("=")
    if not (name and is_one):
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=VALUE")
    return name, value


def _tell(sandbox: Sandbox, ports_file: Path | None) -> None:
    ports = {
        "http": sandbox.http_port,
        "control": sandbox.control_port,
        "smtp": sandbox.smtp_port,
        "imap": sandbox.imap_port,
        "pop3": sandbox.pop3_port,
        "pid": os.getpid(),
    }
    line = json.dumps(ports)
    if ports_file is not None:
        draft = ports_file.with_name(f"{ports_file.name}.draft")
        draft.write_text(line)
        draft.replace(ports_file)  # whoever waits for the file never sees half of it
    print(line, flush=True)


if __name__ == "__main__":
    main()
