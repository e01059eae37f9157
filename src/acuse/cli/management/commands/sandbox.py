"""`acuse sandbox`: the pretended outside world, in the foreground."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from acuse.cli.command import Command as Base

PORTS = ("http", "control", "smtp", "imap", "pop3")


class Command(Base):
    """Become the sandbox: another program that shares no code with this one."""

    help = "El mundo de prueba: SUNAT, Hacienda, la DIAN y servidores de correo."

    def arguments(self, parser: ArgumentParser) -> None:
        """Ports are free ones where none is named."""
        for port in PORTS:
            parser.add_argument(f"--{port}-port", default="0")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process."""
        ports = [f"--{p}-port={options[f'{p}_port']}" for p in PORTS]
        os.execv(sys.executable, [sys.executable, "-m", "acuse_sandbox", *ports])  # noqa: S606
