"""`acuse enrol --company ID`: the test set, the ranges from the service, the start."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse import jurisdictions
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, as_json, told
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Blocked
from acuse.flow import enrol, numberings, outside
from acuse.store import companies

BY = "acuse enrol"


class Command(Base):
    """The steps of enabling electronic invoicing, each asked for by its own option."""

    help = "Habilita la facturación electrónica: set de pruebas, numeraciones e inicio."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which company, how large its set is, and which steps to take."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        parser.add_argument("--plan", default="", help="INVOICE=8,CREDIT_NOTE=1,DEBIT_NOTE=1")
        parser.add_argument("--accepted", type=int, default=None, help="facturas aceptadas")
        parser.add_argument("--run", action="store_true", help="emitir el set de pruebas")
        parser.add_argument("--ranges", action="store_true", help="leer las numeraciones")
        parser.add_argument("--finish", action="store_true", help="empezar a facturar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the steps; without any, tell how far the set is."""
        company_id = options["company"]
        try:
            answer = self._steps(company_id, options)
        except Blocked as blocked:
            if options["json"]:
                self.answer({"problems": as_json(blocked.problems)})
            raise CommandError(f"No se pudo.\n{told(blocked.problems)}") from None
        if options["json"]:
            self.answer(answer)
            return
        for kind in answer["progress"]:
            self.say(
                f"{kind['name']}: {kind['issued']} de {kind['asked']} emitidas, "
                f"{kind['accepted']} aceptadas, {kind['rejected']} rechazadas"
            )
        if answer["enabled"]:
            self.say("Facturación electrónica habilitada.")

    def _steps(self, company_id: int, options: dict[str, Any]) -> dict[str, Any]:
        company = companies.load(company_id)
        traits = jurisdictions.find(company.jurisdiction).traits
        plan = _plan(options["plan"]) or dict(traits.enrolment.plan if traits.enrolment else ())
        needed = options["accepted"]
        if needed is None:
            needed = traits.enrolment.accepted if traits.enrolment else 0
        at = outside.now()
        issued = enrol.run_test_set(company_id, plan, by=BY, at=at) if options["run"] else 0
        ranges = numberings.fetch(company_id, by=BY, at=at) if options["ranges"] else (0, 0)
        if options["finish"]:
            enrol.finish(company_id, plan, needed, by=BY, at=at)
        return {
            "issued": issued,
            "ranges": {"added": ranges[0], "known": ranges[1]},
            "progress": [
                {
                    "kind": one.kind.value,
                    "name": one.name,
                    "asked": one.asked,
                    "issued": one.issued,
                    "accepted": one.accepted,
                    "rejected": one.rejected,
                }
                for one in enrol.progress(company_id, plan)
            ],
            "enabled": companies.load(company_id).electronic_invoicing,
        }


def _plan(text: str) -> dict[DocumentKind, int]:
    """`INVOICE=8,CREDIT_NOTE=1` as counts by kind."""
    found = {}
    for part in filter(None, text.split(",")):
        name, _, count = part.partition("=")
        if name not in DocumentKind.__members__ or not count.isdigit():
            raise CommandError(f"«{part}» no se entiende. Escribe INVOICE=8,CREDIT_NOTE=1.")
        found[DocumentKind[name]] = int(count)
    return found
