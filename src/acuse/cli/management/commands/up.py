"""`acuse up`: all processes of one host under a small supervisor."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from acuse.cli import world
from acuse.cli.command import Command as Base
from acuse.cli.supervisor import Supervisor


class Command(Base):
    """Sandbox, signer, web, workers, sweeper: started, watched, stopped together."""

    help = "Arranca todo en este servidor."

    def arguments(self, parser: ArgumentParser) -> None:
        """Where the web listens; without a sandbox there are no rehearsals."""
        parser.add_argument("--bind", default="", help="dirección; vacía, 127.0.0.1 y 8000 o libre")
        parser.add_argument("--no-sandbox", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        call_command("migrate", verbosity=0)
        bind = options["bind"] or f"127.0.0.1:{world.free_port(8000)}"
        sandbox, intake = None, str(settings.INTAKE)
        environment = {**os.environ, "ACUSE_BASE_URL": f"http://{bind}"}
        if not options["no_sandbox"]:
            sandbox = world.start(settings.HOME, returns=intake)
            intake = sandbox.returns
            environment |= sandbox.environment()
            environment["ACUSE_SANDBOX_PUBLIC_URL"] = f"http://{bind}"
        processes = Supervisor(environment, logs=settings.HOME / "logs")
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, processes.request_stop)
        try:
            self._start(processes, bind, intake)
            self._tell(bind, sandbox, options["json"])
            processes.watch()
        finally:
            processes.stop()
            if sandbox is not None:
                sandbox.stop()

    def _start(self, processes: Supervisor, bind: str, intake: str) -> None:
        processes.add("signer", "signer")
        processes.add("serve", "serve", "--bind", bind)
        for ordinal in range(settings.WORKERS):
            processes.add(f"worker-{ordinal + 1}", "worker")
        processes.add("sweeper", "sweeper")
        if intake:
            processes.add("intake", "intake", "--bind", intake)

    def _tell(self, bind: str, sandbox: world.Sandbox | None, as_json: bool) -> None:
        found = {
            "web": f"http://{bind}",
            "sandbox": sandbox.http_url if sandbox else None,
            "control": sandbox.control_url if sandbox else None,
            "logs": str(Path(settings.HOME / "logs")),
        }
        if as_json:
            self.answer(found)
            return
        self.say(f"Acuse está en {found['web']} (Ctrl+C para detenerlo)")
        if sandbox is not None:
            self.say(f"El mundo de prueba se mira en {sandbox.control_url}/mailbox")
        self.say("Para entrar, crea una cuenta: acuse user CORREO --company ID")
        self.say(f"Los registros están en {found['logs']}")
        self.stdout.flush()
