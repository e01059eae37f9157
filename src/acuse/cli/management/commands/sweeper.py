"""`acuse sweeper`: finds what no job will come back for; one leader among all hosts."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError, connection

from acuse.cli.command import Command as Base
from acuse.flow import gather, outside, sender_check, sweep, watch

log = structlog.get_logger()
LEADER = 727_001  # the advisory lock of the one sweeper that works
RELEASE_EVERY = 60.0


class Command(Base):
    """Sweep every few seconds while leading; wait while another leads."""

    help = "Recoge lo que quedó a medias: un solo líder entre todos los servidores."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep until told to stop."""
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        released = 0.0
        while not stop.wait(settings.SWEEP_SECONDS):
            try:
                if not self._leads():
                    continue
                sweep.sweep(at=outside.now())
                if time.monotonic() - released > RELEASE_EVERY:
                    sweep.release_all(at=outside.now())
                    sweep.inquire_all(at=outside.now())
                    gather.gather_all(at=outside.now())
                    watch.watch(at=outside.now())
                    sender_check.check_due(at=outside.now())
                    released = time.monotonic()
            except OperationalError:
                log.exception("sweep failed: the database is away")
                connection.close()

    def _leads(self) -> bool:
        """Whether this process holds the leader's lock: of the session, so it dies with it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory'"
                " AND objid = %s AND pid = pg_backend_pid()) OR pg_try_advisory_lock(%s)",
                [LEADER, LEADER],
            )
            row = cursor.fetchone()
            return bool(row and row[0])
