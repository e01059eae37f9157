"""`acuse copies list|set --company ID`: where a company's own copies of what it mails go."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse import jurisdictions
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain import intake_copies
from acuse.domain.copies import CompanyCopy, CopyUse
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import copies as flow
from acuse.flow import outside
from acuse.store import companies, copies

BY = "acuse copies"
OPTIONS = {CopyUse.ARCHIVE: "archive", CopyUse.ACCOUNTANT: "accountant"}
WORDS = {CopyUse.ARCHIVE: "archivo", CopyUse.ACCOUNTANT: "contador"}


class Command(Base):
    """The screen's list, for who runs the installation."""

    help = "Adónde van las copias propias de una empresa: su archivo y su contador."

    def arguments(self, parser: ArgumentParser) -> None:
        """What to do, for which company, and all addresses that there are to be."""
        parser.add_argument("action", choices=("list", "set"))
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        for use, option in OPTIONS.items():
            parser.add_argument(
                f"--{option}",
                action="append",
                default=[],
                metavar="CORREO[:TIPO,TIPO]",
                help=f"una dirección de {WORDS[use]}; sin tipos, recibe todos",
            )
        parser.add_argument("--none", action="store_true", help="quitar todas")
        parser.add_argument(
            "--confirmed", action="store_true", help="tomar tal cual lo que parece un error"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, tell; exit code 1 where it was not done."""
        company = companies.load(options["company"])
        if options["action"] == "set":
            self._set(company, options)
        self._list(company, json=options["json"])

    def _set(self, company: Company, options: dict[str, Any]) -> None:
        told = [_entry(one, use) for use, name in OPTIONS.items() for one in options[name]]
        if bool(told) == options["none"]:
            raise CommandError("Di todas las que debe haber (--archive, --accountant), o --none.")
        raw = {"copies": told, "emailConfirmed": options["confirmed"]}
        try:
            flow.replace(company, raw, by=BY, at=outside.now())
        except Blocked as blocked:
            self.refuse("No se guardó.", blocked.problems, json=options["json"])

    def _list(self, company: Company, *, json: bool) -> None:
        kept = copies.of_company(company.id)
        if json:
            self.answer({"copies": intake_copies.write(kept)})
            return
        for one in kept:
            self.say(_in_words(one, company))
        if not kept:
            self.say("No hay ninguna.")


def _entry(told: str, use: CopyUse) -> dict[str, Any]:
    """An address with its kinds as the API has it."""
    address, colon, kinds = told.partition(":")
    entry: dict[str, Any] = {"address": address, "use": use.value}
    return entry | ({"kinds": kinds.split(",")} if colon else {})


def _in_words(one: CompanyCopy, company: Company) -> str:
    kinds = jurisdictions.find(company.jurisdiction).traits.kinds
    names = ", ".join(known.plural for known in kinds if known.kind in one.kinds)
    return f"{one.address} ({WORDS[one.use]}): {names or 'todos los documentos'}"
