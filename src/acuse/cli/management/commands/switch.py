"""`acuse switch on|off --company ID`: the company's automatic delivery."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, as_json, told
from acuse.domain.problem import Blocked
from acuse.flow import company, outside


class Command(Base):
    """The switch of the mission; where the law keeps it on, it says so."""

    help = "Enciende o apaga el envío automático de documentos electrónicos."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which company, and which way."""
        parser.add_argument("to", choices=("on", "off"))
        parser.add_argument("--company", type=int, required=True, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Turn it."""
        on = options["to"] == "on"
        try:
            changed = company.set_automatic_delivery(
                options["company"], on, by="acuse switch", at=outside.now()
            )
        except Blocked as blocked:
            if options["json"]:
                self.answer({"problems": as_json(blocked.problems)})
            raise CommandError(f"No se cambió.\n{told(blocked.problems)}") from None
        if options["json"]:
            self.answer({"automatic_delivery": on, "changed": changed})
            return
        state = "encendido" if on else "apagado"
        self.say(f"Envío automático {state}." if changed else f"Ya estaba {state}.")
