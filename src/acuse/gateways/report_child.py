"""The reading child's own program: takes messages, tells what they are, until its pipe closes."""

from __future__ import annotations

import sys
from dataclasses import asdict

from acuse.gateways import wire
from acuse.gateways.confined import confine
from acuse.mail.reports.read import read

MEMORY = 1 << 30


def main() -> None:
    """Serve the parent."""
    confine(MEMORY)
    while (message := wire.read(sys.stdin.buffer.read)) is not None:
        head, (raw,) = message
        told = asdict(read(raw, to=tuple(head["to"])))
        sys.stdout.buffer.write(wire.pack({"asked": head["asked"], "report": told}))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
