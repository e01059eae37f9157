"""`acuse contacts import`: what it did, which rows not and why, and an exit code that says so."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from acuse.store import customers
from tests.cli.test_issue import run
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House

GOOD = ("RUC,Nombre,Correo", "20999000119,Ana S.A.C.,ana@cliente.example")
BAD = "20999888771,Mala,mala@cliente.example"


def written(folder: Path, *lines: str) -> str:
    path = folder / "clientes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def said(*arguments: str, code: int = 0) -> str:
    out = io.StringIO()
    found = 0
    try:
        call_command("contacts", "import", *arguments, stdout=out, stderr=out)
    except SystemExit as ended:
        found = int(str(ended.code))
    assert found == code, out.getvalue()
    return out.getvalue()


def test_a_file_is_rehearsed_then_imported(house: House, tmp_path: Path) -> None:  # noqa: F811
    company = house.peru()
    at, file = f"--company={company.id}", written(tmp_path, *GOOD)
    assert "Se importarían: 1 nuevos" in said(file, at, "--dry-run")
    assert customers.count(company.id) == 0
    assert "1 nuevos, 0 actualizados, 0 sin cambios, 0 con problemas" in said(file, at)
    assert customers.count(company.id) == 1
    assert "0 nuevos, 0 actualizados, 1 sin cambios" in said(file, at, "--update")
    changed = written(tmp_path, GOOD[0], GOOD[1].replace("ana@", "otra@"))
    assert "1 actualizados" in said(changed, at, "--update")
    assert customers.page(company.id)[0][1].emails == ("otra@cliente.example",)


def test_rows_with_problems_are_told_and_the_exit_code_says_so(
    house: House,  # noqa: F811
    tmp_path: Path,
) -> None:
    company = house.peru()
    at, file = f"--company={company.id}", written(tmp_path, *GOOD, BAD)
    for more in ("--dry-run", ""):
        told = said(file, at, *filter(None, [more]), code=1)
        assert "Línea 3  El RUC 20999888771 no es válido" in told
        assert "1 con problemas" in told
    answer = run("contacts", "import", file, at, code=1)
    assert (answer["new"], answer["same"], answer["failed"]) == (0, 1, 1)
    assert [(one["line"], one["problems"][0]["code"]) for one in answer["rows"]] == [(3, "PE-2017")]


def test_columns_are_named_and_doubtful_addresses_taken_by_option(
    house: House,  # noqa: F811
    tmp_path: Path,
) -> None:
    company = house.costa_rica()
    path = tmp_path / "c.xlsx"
    book = openpyxl.Workbook()
    for line in (["Id", "Quién", "Mail 1"], [3101999888, "Uno S.A.", "na@na.cr"]):
        book.worksheets[0].append(line)
    book.save(path)
    at = f"--company={company.id}"
    assert "XX-IMP-2" in said(str(path), at, code=1)
    mapped = ("--map", "id=number", "--map", "2=name", "--kind", "CJ")
    assert "parece de relleno" in said(str(path), at, *mapped, "--dry-run")
    said(str(path), at, *mapped, "--take", "NA@na.cr")
    ((_, one),) = customers.page(company.id)
    assert (one.tax_id.number, one.emails) == ("3101999888", ("na@na.cr",))


def test_what_is_missing_or_unknown_is_told(house: House, tmp_path: Path) -> None:  # noqa: F811
    at, file = f"--company={house.peru().id}", written(tmp_path, *GOOD)
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("contacts", "import", str(tmp_path / "falta.csv"), at)
    with pytest.raises(CommandError, match="escribe COLUMNA=DATO"):
        call_command("contacts", "import", file, at, "--map", "RUC=clave")
    with pytest.raises(CommandError, match="no tiene la columna «Otra»"):
        call_command("contacts", "import", file, at, "--map", "Otra=name")
    with pytest.raises(CommandError, match="No existe la empresa"):
        call_command("contacts", "import", file, "--company=999999")
