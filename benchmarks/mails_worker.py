"""A worker in the lane of mail until nothing is left; tells mails, resident KB and seconds."""

from __future__ import annotations

import json
import time
from pathlib import Path

EVERY = 250  # mails


def main() -> None:
    """Work, and tell a line of JSON every so many mails."""
    import django

    django.setup()
    from acuse.flow import deliver, outside

    sent, begun, step = 0, time.perf_counter(), 0
    while done := deliver.deliver_due(at=outside.now()):
        sent += done
        if sent // EVERY > step:
            step = sent // EVERY
            _tell(sent, begun)
    _tell(sent, begun)


def _tell(sent: int, begun: float) -> None:
    lines = Path("/proc/self/status").read_text().splitlines()
    resident = int(next(line for line in lines if line.startswith("VmRSS")).split()[1])
    print(json.dumps([sent, resident, time.perf_counter() - begun]), flush=True)


if __name__ == "__main__":
    main()
