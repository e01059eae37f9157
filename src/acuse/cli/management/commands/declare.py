"""`acuse declare --company ID --received N KIND`: sign what we say of a supplier's document."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_own import fields_of
from acuse.domain.party import TaxId
from acuse.domain.problem import Blocked
from acuse.domain.received import ReceptionKind, Signatory
from acuse.flow import counters, declare, outside, wording
from acuse.store import companies, models, received, receptions

BY = "acuse declare"
PERSON = ("type", "number", "first_name", "family_name", "job_title", "department")


class Command(Base):
    """Sign one declaration and put it on its way."""

    help = "Declara sobre un documento recibido (o, por vencimiento del plazo, sobre uno propio)."

    def arguments(self, parser: ArgumentParser) -> None:
        """The subject, the kind, and what the kind needs."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        about = parser.add_mutually_exclusive_group(required=True)
        about.add_argument("--received", type=int, metavar="N", help="documento recibido")
        about.add_argument(
            "--document", type=int, metavar="N", help="documento propio (ACCEPTED_BY_LAPSE)"
        )
        parser.add_argument("kind", choices=[kind.value for kind in ReceptionKind])
        parser.add_argument("--reason", default="", metavar="CODE", help="motivo del reclamo")
        parser.add_argument("--note", default="", help="explicación del reclamo")
        parser.add_argument(
            "--field",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="un campo propio del país; puede repetirse",
        )
        for name in PERSON:
            parser.add_argument(
                f"--person-{name.replace('_', '-')}",
                default="",
                help="quien recibe; sin ninguno, quien recibió la última vez",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        """Declare, tell; exit code 1 where it was not declared."""
        try:
            reception_id = _declare(options)
        except (models.Received.DoesNotExist, models.Document.DoesNotExist):
            raise CommandError("La empresa no tiene ese documento.") from None
        except Blocked as blocked:
            self.refuse("No se declaró.", blocked.problems, json=options["json"])
        sealed, kind = receptions.sealed(reception_id), ReceptionKind(options["kind"])
        if options["json"]:
            found = {"id": reception_id, "kind": kind.value, "number": sealed.number}
            self.answer(found | {"fiscal_id": sealed.fiscal_id})
            return
        words = wording.reception(kind, counters.of(companies.load(options["company"])))
        self.say(f"{sealed.number}  {words}  {sealed.fiscal_id}")


def _declare(options: dict[str, Any]) -> int:
    company_id, kind = options["company"], ReceptionKind(options["kind"])
    by_lapse = kind is ReceptionKind.ACCEPTED_BY_LAPSE
    if by_lapse is not (options["document"] is not None):
        raise CommandError("ACCEPTED_BY_LAPSE lleva --document; los demás, --received.")
    if by_lapse:
        return declare.accept_by_lapse(company_id, options["document"], by=BY, at=outside.now())
    received_id, at = options["received"], outside.now()
    return declare.declare(
        company_id,
        received_id,
        kind,
        reason_code=options["reason"],
        person=declare.who(company_id, received_id, kind, _person(options), at=at),
        note=options["note"],
        extra=_own(options, kind),
        by=BY,
        at=at,
    )


def _own(options: dict[str, Any], kind: ReceptionKind) -> Mapping[str, Any]:
    """The country's own fields by their declared type. Raises Blocked."""
    company = companies.load(options["company"])
    document = received.load(company.id, options["received"]).document
    told = dict(field.partition("=")[::2] for field in options["field"])
    problems = Problems()
    specs = counters.of(company).fields(kind, document, company)
    found = fields_of(Fields({"extra": told}, "", problems), specs)
    if problems.found():
        raise Blocked(problems.found())
    return found


def _person(options: dict[str, Any]) -> Signatory | None:
    """The person named, None where nobody is."""
    told = {name: options[f"person_{name}"].strip() for name in PERSON}
    if not any(told.values()):
        return None
    return Signatory(TaxId(told.pop("type"), told.pop("number")), **told)
