"""`acuse resend DOCUMENT --to ADDRESS`: mail an accepted document again, by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse.cli import report
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, told
from acuse.cli.management.commands.timeline import find
from acuse.domain.contact import addressees
from acuse.domain.email import read_addresses
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked
from acuse.flow import outside
from acuse.flow.release import send_by_hand
from acuse.store import companies, customers, journeys


class Command(Base):
    """A manual delivery: independent of the switch, never of the verdict."""

    help = "Envía por correo, a mano, un documento aceptado."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which document, and to whom if not to its contact."""
        parser.add_argument("document", help="id o número del documento")
        parser.add_argument("--company", type=int, metavar="ID")
        parser.add_argument("--to", default="", help="correos; vacío, los del contacto")
        parser.add_argument(
            "--confirmed", action="store_true", help="tomar tal cual lo que parece un error"
        )
        parser.add_argument("--wait", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the delivery."""
        row = find(options["document"], options["company"])
        company = companies.load(row.company_id)
        emails = _read(options["to"], company, confirmed=options["confirmed"])
        if not options["to"] and row.customer_id is not None:
            contact = customers.load(row.company_id, row.customer_id)
            emails = addressees(contact.addresses, DocumentKind(row.kind)).everyone
        try:
            send_by_hand(row.company_id, row.pk, emails, by="acuse resend", at=outside.now())
        except Blocked as blocked:
            raise CommandError(f"No se envió.\n{told(blocked.problems)}") from None
        journey = journeys.load(row.company_id, row.pk)
        if options["wait"]:
            journey = report.wait(row.company_id, row.pk, seconds=60)
        if options["json"]:
            self.answer(report.as_json(journey))
        else:
            self.say(report.told(journey))


def _read(told: str, company: Company, *, confirmed: bool) -> tuple[str, ...]:
    """The addresses as told. Raises CommandError where one is none, or none is meant so."""
    found = read_addresses(
        told,
        rehearsal=company.environment is Environment.SANDBOX,
        insisted=confirmed,
        own=company.own_emails,
    )
    wrong = [f"«{one.written}»: {one.reason}." for one in found.rejected]
    wrong += [one.question for one in found.suggestions]
    if any(one.kept for one in found.suggestions):
        wrong.append("Corrígelo, o agrega --confirmed si está bien así.")
    if told and not found.accepted and not wrong:
        wrong.append(f"«{told}» no es un correo. Escríbelo, o quita --to.")
    if wrong:
        raise CommandError(f"No se envió: {' '.join(wrong)}")
    return found.accepted
