"""`acuse catalogue import|show NAME [FILE]`: the authorities' catalogues."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from acuse import jurisdictions
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain.catalogue import Catalogue
from acuse.domain.problem import Blocked
from acuse.flow import catalogue as importing
from acuse.flow import outside
from acuse.gateways.spreadsheet import LARGEST
from acuse.store import catalogues

BY = "acuse catalogue"


class Command(Base):
    """For who runs the installation: all its companies look their codes up in the same table."""

    help = "Actualiza el catálogo de una autoridad desde su archivo oficial, o dice cuál hay."

    def arguments(self, parser: ArgumentParser) -> None:
        """What to do, with which catalogue, from which file."""
        parser.add_argument("action", choices=("import", "show"), metavar="import|show")
        parser.add_argument("name", metavar="CATÁLOGO")
        parser.add_argument("file", type=Path, nargs="?", metavar="ARCHIVO", help="CSV o XLSX")
        parser.add_argument("--edition", default="", help="cómo llama la autoridad a esta versión")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import or show; exit code 1 where nothing was imported."""
        known = jurisdictions.catalogues()
        catalogue = known.get(options["name"])
        if catalogue is None:
            raise CommandError(f"No hay un catálogo así. Hay: {', '.join(sorted(known))}.")
        if options["action"] == "show":
            self._show(catalogue, options)
        else:
            self._import(catalogue, options)

    def _import(self, catalogue: Catalogue, options: dict[str, Any]) -> None:
        file = options["file"]
        if file is None:
            raise CommandError("Di de qué archivo: acuse catalogue import CATÁLOGO ARCHIVO.")
        try:
            found = importing.import_file(
                catalogue,
                _content(file),
                file_name=file.name,
                name=options["edition"],
                by=BY,
                at=outside.now(),
            )
        except Blocked as blocked:
            self.refuse(f"{file}: no se importó nada.", blocked.problems, json=options["json"])
        if options["json"]:
            self.answer(asdict(found))
            return
        self.say(f"{catalogue.title}: {found.entries} códigos.")
        self.say(f"Nuevos: {found.new}. Cambiados: {found.changed}. Ya no están: {found.gone}.")

    def _show(self, catalogue: Catalogue, options: dict[str, Any]) -> None:
        found = catalogues.edition(catalogue)
        if options["json"]:
            shipped = None if found else len(catalogue.shipped)
            self.answer({"edition": asdict(found) if found else None, "shipped": shipped})
        elif found is None:
            self.say(
                f"{catalogue.title}: solo los {len(catalogue.shipped)} códigos de los ejemplos. "
                f"Importa el archivo oficial: acuse catalogue import {catalogue.name} ARCHIVO"
            )
        else:
            when = f"{found.at:%Y-%m-%d %H:%M} UTC"
            self.say(f"{catalogue.title}: {found.entries} códigos de {found.file_name}, {when}.")
            if found.name:
                self.say(f"Versión: {found.name}.")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"No se puede leer {file}: {error.strerror}.") from None
