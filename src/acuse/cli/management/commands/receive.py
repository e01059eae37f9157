"""`acuse receive --company ID FILE…`: keep a supplier's document, verified."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain.problem import Blocked
from acuse.flow import outside
from acuse.flow.receive import LARGEST, TOO_LARGE, take_all
from acuse.store import received

BY = "acuse receive"


class Command(Base):
    """Keep one file; the same one twice is kept once."""

    help = "Guarda el documento de un proveedor (ZIP o XML) después de revisar sus firmas."

    def arguments(self, parser: ArgumentParser) -> None:
        """The company and the file."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        parser.add_argument(
            "file", type=Path, nargs="+", help="el documento y, donde viene aparte, su respuesta"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, keep, tell; exit code 1 where it was not kept."""
        company_id, paths = options["company"], options["file"]
        files, at = tuple(_content(path) for path in paths), outside.now()
        try:
            received_id = take_all(company_id, files, source="cli", by=BY, at=at)[0].id
        except Blocked as blocked:
            self.refuse(f"{paths[0]}: no se guardó.", blocked.problems, json=options["json"])
        kept = received.load(company_id, received_id).document
        if options["json"]:
            self.answer(
                {
                    "id": received_id,
                    "number": kept.number,
                    "fiscal_id": kept.fiscal_id,
                    "issuer": {"type": kept.issuer.kind, "number": kept.issuer.number},
                    "issuer_name": kept.issuer_name,
                    "issued_on": kept.issued_on.isoformat(),
                    "currency": kept.currency,
                    "total": str(kept.total),
                }
            )
            return
        self.say(f"{received_id}  {kept.number}  {kept.issuer_name}  {kept.fiscal_id}")


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(TOO_LARGE.text)
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"No se puede leer {file}: {error.strerror}.") from None
