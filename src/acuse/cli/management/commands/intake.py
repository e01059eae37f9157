"""`acuse intake`: the door for returned mail, behind this host's mail server."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain.returned import Intake as Way
from acuse.flow import outside, returns, track
from acuse.gateways.intake import Intake, Later

BIND = "127.0.0.1:2424"


class Command(Base):
    """Take returned mail in until told to stop."""

    help = "Recibe por LMTP o SMTP lo que vuelve de los correos enviados."

    def arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--bind", default=BIND, help=f"dirección y puerto; {BIND} si no se da")

    def handle(self, *args: Any, **options: Any) -> None:
        """Listen."""
        domain = returns.domain()
        if not domain:
            raise CommandError("Falta ACUSE_RETURN_PATH: la dirección a la que vuelve el correo.")
        host, _, port = options["bind"].rpartition(":")
        if not port.isdigit():
            raise CommandError(f"{options['bind']} no es una dirección con puerto, como {BIND}.")
        server = Intake((host.strip("[]"), int(port)), domain=domain, take=keep)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        self.say(f"Se recibe lo que vuelve a {domain} en {host}:{server.port}")
        self.stdout.flush()
        with server:
            server.serve_forever(poll_interval=0.2)


def keep(raw: bytes, to: tuple[str, ...]) -> None:
    """Keep a message; raises Later while the database is away."""
    try:
        track.take(raw, to=to, intake=Way.SMTP, at=outside.now())
    except (OperationalError, InterfaceError) as away:
        raise Later from away
    finally:
        connection.close()  # its thread ends with the talk, and would leave it open
