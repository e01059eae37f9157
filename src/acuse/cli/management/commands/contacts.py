"""`acuse contacts import FILE --company ID`: contacts from a CSV or XLSX."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from acuse import jurisdictions
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, as_json
from acuse.domain.contact_columns import Layout, Table, choices
from acuse.domain.contact_plan import Counts, Fate, ImportState, Planned, counted
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import contact_tables, import_contacts, outside
from acuse.store import companies, contact_imports

BY = "acuse contacts"


class Command(Base):
    """The screen's import, for files that come again and again."""

    help = "Importa contactos de un CSV o XLSX; sale con 1 si alguna fila no se importó."

    def arguments(self, parser: ArgumentParser) -> None:
        """Which file, for which company, and what it may do."""
        parser.add_argument("action", choices=("import",), metavar="import")
        parser.add_argument("file", type=Path, metavar="ARCHIVO", help="CSV o XLSX")
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMNA=DATO",
            help="qué tiene una columna (su nombre o su número); DATO vacío la deja fuera",
        )
        parser.add_argument(
            "--kind", default="", help="tipo de las identificaciones que no lo dicen"
        )
        parser.add_argument("--update", action="store_true", help="cambiar también los conocidos")
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="CORREO",
            help="tomar tal cual este correo, aunque parezca un error",
        )
        parser.add_argument("--dry-run", action="store_true", help="solo decir qué pasaría")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say what an import would do."""
        company = companies.load(options["company"])
        try:
            found, layout = contact_tables.of_file(company, _content(options["file"]))
            layout = replace(_mapped(found, layout, options["map"], company), kind=options["kind"])
            planned = contact_tables.planned(company, found, layout, taken=options["take"])
        except Blocked as blocked:
            self.refuse("No se importó nada.", blocked.problems, json=options["json"])
        counts = counted(planned)
        if not options["dry_run"]:
            counts = _imported(company, found, layout, options)
        self._tell(planned, counts, options)
        if counts.failed:
            sys.exit(1)

    def _tell(self, planned: Sequence[Planned], counts: Counts, options: dict[str, Any]) -> None:
        if options["json"]:
            rows = [_row(one) for one in planned if one.row.notes or one.fate is Fate.FAILED]
            self.answer({**asdict(counts), "dry_run": options["dry_run"], "rows": rows})
            return
        for one in planned:
            for problem in one.row.problems:
                self.say(f"Línea {one.row.line}  {problem.text} [{problem.code}]")
            for note in one.row.notes:
                self.say(f"Línea {one.row.line}  {note.text}")
        said = "Se importarían" if options["dry_run"] else "Filas"
        self.say(
            f"{said}: {counts.new} nuevos, {counts.changed} "
            f"{'por actualizar' if options['dry_run'] else 'actualizados'}, "
            f"{counts.same} sin cambios, {counts.failed} con problemas."
        )


def _imported(company: Company, found: Table, layout: Layout, options: dict[str, Any]) -> Counts:
    """What became of the rows."""
    import_id = import_contacts.keep_table(
        company, found, layout, file_name=options["file"].name, by=BY, at=outside.now()
    )
    contact_imports.take(import_id, [one.casefold() for one in options["take"]])
    import_contacts.start(company, import_id, updates=options["update"], at=outside.now())
    import_contacts.work_off(company.id, import_id, at=outside.now())
    kept = contact_imports.load(company.id, import_id)
    assert kept.state is ImportState.DONE, "nobody else ends it"
    return Counts(kept.made, kept.updated, kept.same, kept.failed)


def _mapped(found: Table, layout: Layout, told: Sequence[str], company: Company) -> Layout:
    """The layout with what the options say of columns. Raises CommandError."""
    known = {key for key, _ in choices(jurisdictions.find(company.jurisdiction).traits)}
    columns = list(layout.columns)
    for one in told:
        name, equals, what = one.rpartition("=")
        if not equals or what not in known:
            names = ", ".join(sorted(known - {""}))
            raise CommandError(f"--map {one}: escribe COLUMNA=DATO. Datos: {names}.")
        columns[_place(found, name)] = what
    return Layout(tuple(columns))


def _place(found: Table, name: str) -> int:
    same = [n for n, one in enumerate(found.headings) if one.casefold() == name.casefold()]
    if same:
        return same[0]
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(found.headings):
        return int(name) - 1
    raise CommandError(f"El archivo no tiene la columna «{name}». Tiene: {_named(found)}.")


def _named(found: Table) -> str:
    return ", ".join(one for one in found.headings if one)


def _row(one: Planned) -> dict[str, Any]:
    notes = [
        {"decision": note.decision.value, "text": note.text, "address": note.address}
        for note in one.row.notes
    ]
    return {
        "line": one.row.line,
        "fate": one.fate.value,
        "problems": as_json(one.row.problems),
        "notes": notes,
    }


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(contact_tables.LIMITS.content + 1)
    except OSError as error:
        raise CommandError(f"No se puede leer {file}: {error.strerror}.") from None
