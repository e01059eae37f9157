"""`acuse constancia DOCUMENT`: what is on record of a document, signed, as PDF and JSON."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, told
from acuse.cli.management.commands.timeline import find
from acuse.domain.problem import Blocked
from acuse.flow import constancia, outside
from acuse.gateways.render import RenderFailed
from acuse.store import models

BY = "acuse constancia"


class Command(Base):
    """Write both files."""

    help = "Escribe la constancia de un documento, firmada: PDF y JSON."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which document, and where to."""
        parser.add_argument("document", help="id o número del documento")
        parser.add_argument("--company", type=int, metavar="ID")
        parser.add_argument("--out", type=Path, default=Path(), metavar="CARPETA")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make, write, tell where."""
        row, at = find(options["document"], options["company"]), outside.now()
        try:
            files = (
                constancia.paper(row.company_id, row.pk, by=BY, at=at),
                constancia.signed(row.company_id, row.pk, by=BY, at=at).file,
            )
        except models.Document.DoesNotExist:
            raise CommandError("Es un borrador: la constancia es de lo emitido.") from None
        except Blocked as blocked:
            raise CommandError(f"No se hizo.\n{told(blocked.problems)}") from None
        except RenderFailed as failure:
            raise CommandError(f"No se pudo hacer el PDF: {failure}.") from None
        options["out"].mkdir(parents=True, exist_ok=True)
        written = [options["out"] / file.name for file in files]
        for path, file in zip(written, files, strict=True):
            path.write_bytes(file.content)
        if options["json"]:
            self.answer({"files": [str(path) for path in written]})
        else:
            self.say("\n".join(str(path) for path in written))
