"""`acuse worker`: works the lanes off."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from acuse.cli.command import Command as Base
from acuse.flow import jobs


class Command(Base):
    """Run jobs until told to stop."""

    help = "Habla con la autoridad y envía el correo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        jobs.work(threads=settings.WORKER_THREADS)
