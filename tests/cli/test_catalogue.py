"""`acuse catalogue`: import the authority's file, and say which one is in force."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.cli.test_issue import run

pytestmark = pytest.mark.django_db(transaction=True)
RICE = ("2316100000100", "Arroz integral", "1%")
DESIGN = ("8314100000000", "Diseño y desarrollo de aplicaciones", 0.13)


def workbook(folder: Path, *lines: tuple[object, ...]) -> str:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Catálogo de bienes y servicios"])
    sheet.append(["Categoría 8", "Descripción", "Categoría 9", "Descripción", "Impuesto"])
    for code, words, rate in lines:
        sheet.append([str(code)[:8], "Grupo", code, words, rate])
    path = folder / "catalogo.xlsx"
    book.save(path)
    return str(path)


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("catalogue", *arguments, stdout=out)
    return out.getvalue()


def test_a_workbook_is_imported_shown_and_replaced(tmp_path: Path) -> None:
    assert "solo los 8 códigos de los ejemplos" in said("show", "cabys")
    assert run("catalogue", "show", "cabys") == {"edition": None, "shipped": 8}
    file = workbook(tmp_path, RICE, DESIGN)
    assert run("catalogue", "import", "cabys", file, "--edition=2026") == {
        "entries": 2,
        "new": 2,
        "changed": 0,
        "gone": 0,
    }
    shown = run("catalogue", "show", "cabys")["edition"]
    assert (shown["name"], shown["file_name"], shown["entries"]) == ("2026", "catalogo.xlsx", 2)
    assert "Ya no están: 1." in said("import", "cabys", workbook(tmp_path, RICE))
    assert "CABYS: 1 códigos de catalogo.xlsx" in said("show", "cabys")


def test_bad_lines_are_told_by_their_number_and_nothing_is_imported(tmp_path: Path) -> None:
    file = workbook(tmp_path, RICE, ("23161", "Corto", "1%"), ("8314100000000", "Raro", "trece"))
    problems = run("catalogue", "import", "cabys", file, code=1)["problems"]
    assert [one["field"] for one in problems] == ["rows.4", "rows.5"]
    assert problems[0]["text"].startswith("Línea 4: ")
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("catalogue", "import", "cabys", file, stderr=err)
    assert "no se importó nada" in err.getvalue()
    assert run("catalogue", "show", "cabys")["edition"] is None


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Hay: cabys"):
        call_command("catalogue", "show", "unspsc")
    with pytest.raises(CommandError, match="Di de qué archivo"):
        call_command("catalogue", "import", "cabys")
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("catalogue", "import", "cabys", str(tmp_path / "falta.xlsx"))
