"""`acuse issue --company ID FILE.json [--wait]`: issue what a file says, each on its own."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from acuse import jurisdictions
from acuse.cli import report
from acuse.cli.command import Command as Base
from acuse.cli.command import as_json, told
from acuse.cli.document_files import Entry, read_file
from acuse.domain.document import Document
from acuse.domain.intake import read_document
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked, Problem
from acuse.flow import outside
from acuse.flow.emit import emit
from acuse.flow.issue import warnings
from acuse.store import companies, journeys

BY = "acuse issue"


class Command(Base):
    """Issue documents; a wrong one uses no number and stops no other."""

    help = "Emite uno o muchos documentos desde un archivo JSON o JSON Lines."

    def arguments(self, parser: ArgumentParser) -> None:
        """The company, the file, whether to wait for verdict and mail."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        parser.add_argument("file", type=Path)
        parser.add_argument("--wait", action="store_true", help="esperar el veredicto y el correo")
        parser.add_argument(
            "--seconds", type=float, default=60.0, help="cuánto esperar por cada uno"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, issue each, tell; exit code 1 if any failed."""
        company = companies.load(options["company"])
        results = [self._one(company, entry, options) for entry in read_file(options["file"])]
        if options["json"]:
            self.answer({"documents": results})
        if any("problems" in result for result in results):
            sys.exit(1)

    def _one(self, company: Company, entry: Entry, options: dict[str, Any]) -> dict[str, Any]:
        document = self._read(company, entry)
        warned: tuple[Problem, ...] = ()
        if isinstance(document, Document):
            warned = warnings(company.id, document, at=outside.now())
            if warned and not options["json"]:
                self.stderr.write(f"{entry.where}: ten en cuenta.\n{told(warned)}")
        found = self._issue(company, document)
        result = {"line": entry.line, **({"warnings": as_json(warned)} if warned else {})}
        if isinstance(found, tuple):
            if not options["json"]:
                self.stderr.write(f"{entry.where}: no se emitió.\n{told(found)}")
            return {**result, "problems": as_json(found)}
        if options["wait"]:
            journey = report.wait(company.id, found, seconds=options["seconds"])
        else:
            journey = journeys.load(company.id, found)
        if not options["json"]:
            self.say(report.told(journey))
        return {**result, **report.as_json(journey)}

    def _issue(
        self, company: Company, document: Document | tuple[Problem, ...]
    ) -> int | tuple[Problem, ...]:
        """The id of the issued document, or all that is wrong with it."""
        if isinstance(document, tuple):
            return document
        try:
            return emit(company.id, document, by=BY, at=outside.now()).id
        except Blocked as blocked:
            return blocked.problems

    def _read(self, company: Company, entry: Entry) -> Document | tuple[Problem, ...]:
        if isinstance(entry.content, Problem):
            return (entry.content,)
        traits = jurisdictions.find(company.jurisdiction).traits
        rehearsal = company.environment is Environment.SANDBOX
        return read_document(entry.content, traits, rehearsal=rehearsal, own=company.own_emails)
