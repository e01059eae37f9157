"""`acuse void DOCUMENT --reason TEXT`: ask the authority to take an accepted document back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, told
from acuse.cli.management.commands.timeline import find
from acuse.domain.problem import Blocked
from acuse.flow import outside
from acuse.flow.void import offer, void
from acuse.store import batches


class Command(Base):
    """Sign the message; the document is void only when the authority accepts it."""

    help = "Pide anular un documento aceptado: vale cuando la autoridad lo acepte."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which document, and why."""
        parser.add_argument("document", help="id o número del documento")
        parser.add_argument("--company", type=int, metavar="ID")
        parser.add_argument("--reason", required=True, help="de 3 a 100 caracteres")

    def handle(self, *args: Any, **options: Any) -> None:
        """Void, tell; what would be better is told as well."""
        row = find(options["document"], options["company"])
        at = outside.now()
        try:
            advice = offer(row.company_id, row.pk, at=at).advice
            batch_id = void(row.company_id, row.pk, options["reason"], by="acuse void", at=at)
        except Blocked as blocked:
            raise CommandError(f"No se anuló.\n{told(blocked.problems)}") from None
        number = batches.load(row.company_id, batch_id).number
        if options["json"]:
            self.answer({"id": batch_id, "number": number, "advice": advice})
            return
        self.say(f"{number}: firmado y en camino.")
        if advice:
            self.say(advice)
