"""`acuse endpoint --company ID [NAME [URL]]`: where a company's documents go, as to an OSE."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse import jurisdictions
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, told
from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import companies


class Command(Base):
    """Show them, set one, or with an empty address go back to the authority's own.

    For who runs the installation alone: it makes this program talk to another machine.
    """

    help = "Muestra o cambia la dirección de un servicio de la autoridad, como la de un OSE."

    def arguments(self, parser: ArgumentParser) -> None:
        """Whose, which, and where."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        parser.add_argument("name", nargs="?", default="", metavar="SERVICIO")
        parser.add_argument("url", nargs="?", default=None, metavar="URL", help="vacía: la usual")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it where one is given; tell all of them."""
        company_id, name, url = options["company"], options["name"], options["url"]
        if url is not None:
            try:
                company_flow.set_endpoint(
                    company_id, name, url, by="acuse endpoint", at=outside.now()
                )
            except Blocked as blocked:
                raise CommandError(f"No se cambió.\n{told(blocked.problems)}") from None
        company = companies.load(company_id)
        services = jurisdictions.find(company.jurisdiction).traits.services
        if options["json"]:
            self.answer({one: company.endpoints.get(one, "") for one, _ in services})
            return
        for one, words in services:
            self.say(f"{one:8} {company.endpoints.get(one) or 'la usual'}  ({words})")
