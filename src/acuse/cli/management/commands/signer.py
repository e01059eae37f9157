"""`acuse signer`: the process that alone holds private keys."""

from __future__ import annotations

import signal
from typing import Any

from django.conf import settings

from acuse.cli.command import Command as Base
from acuse.gateways.signer_process import SignerServer
from acuse.gateways.vault import load_or_create_keys


class Command(Base):
    """Serve signatures on a Unix socket that only this user can reach."""

    help = "Firma documentos: el único proceso con las llaves privadas."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop."""
        server = SignerServer(settings.SIGNER_SOCKET, load_or_create_keys(settings.KEYS, "signer"))
        signal.signal(signal.SIGTERM, lambda *_: server.stop())
        server.serve()
