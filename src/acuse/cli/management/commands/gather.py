"""`acuse gather --company ID`: send the summaries of what waits, without waiting for their hour."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, told
from acuse.domain.problem import Blocked
from acuse.flow import outside
from acuse.flow.gather import gather


class Command(Base):
    """Make and send them now; each waits for the authority by itself."""

    help = "Envía ya los resúmenes de los documentos que esperan, sin esperar su hora."

    def arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather, tell how many."""
        try:
            made = gather(options["company"], by="acuse gather", at=outside.now(), now=True)
        except Blocked as blocked:
            raise CommandError(f"No se envió.\n{told(blocked.problems)}") from None
        if options["json"]:
            self.answer({"summaries": made})
            return
        self.say(f"Resúmenes enviados: {made}.")
