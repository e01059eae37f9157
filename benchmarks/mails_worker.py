"""A worker in the lane of mail, with its threads, until nothing is left.

It tells mails, resident KB and seconds.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

EVERY = 250  # mails


class Told:
    """What the threads have sent together, told as a line of JSON every so many mails."""

    def __init__(self) -> None:
        self._lock, self._begun = Lock(), time.perf_counter()
        self._sent = self._step = 0

    def count(self, sent: int) -> None:
        """So many more."""
        with self._lock:
            self._sent += sent
            if self._sent // EVERY > self._step:
                self._step = self._sent // EVERY
                self.tell()

    def tell(self) -> None:
        """The line."""
        lines = Path("/proc/self/status").read_text().splitlines()
        resident = int(next(line for line in lines if line.startswith("VmRSS")).split()[1])
        print(json.dumps([self._sent, resident, time.perf_counter() - self._begun]), flush=True)


def main() -> None:
    """Work with as many threads as a worker has."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from acuse.flow import jobs, lanes

    told = Told()

    def work() -> None:
        try:
            while done := jobs.turn(lanes.DELIVER):
                told.count(done)
        finally:
            connection.close()

    with ThreadPoolExecutor(settings.WORKER_THREADS) as threads:
        for thread in [threads.submit(work) for _ in range(settings.WORKER_THREADS)]:
            thread.result()
    told.tell()


if __name__ == "__main__":
    main()
