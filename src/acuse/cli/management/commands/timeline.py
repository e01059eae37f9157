"""`acuse timeline ID`: a document's Actividad."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from acuse.cli import report
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.store import activity, journeys, models


class Command(Base):
    """Print each step of a document."""

    help = "Muestra la Actividad de un documento."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which document: its id, or its number with its company."""
        parser.add_argument("document", help="id o número del documento")
        parser.add_argument("--company", type=int, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        row = find(options["document"], options["company"])
        journey = journeys.load(row.company_id, row.pk)
        if options["json"]:
            events = activity.timeline(row.company_id, row.pk)
            found = {**report.as_json(journey), "events": report.events_as_json(events)}
            self.answer(found)
            return
        self.say(report.told(journey))
        for line in report.timeline(row.company_id, row.pk):
            self.say(f"  {line}")


def find(named: str, company: int | None) -> models.Document:
    """The document of that id or number; raises CommandError where it is none or several."""
    rows = models.Document.objects.filter(number=named)
    if named.isdigit() and len(named) < 15:
        rows = rows | models.Document.objects.filter(pk=int(named))
    if company is not None:
        rows = rows.filter(company_id=company)
    found = list(rows[:2])
    if not found:
        raise CommandError(f"No hay documento «{named}».")
    if len(found) > 1:
        raise CommandError(f"Hay varios documentos «{named}». Di de qué empresa: --company ID.")
    return found[0]
