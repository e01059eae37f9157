"""Contacts imported from a file, in the browser."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from acuse.flow import import_contacts, outside
from acuse.store import customers
from tests.e2e.hands import accessible, log_in
from tests.flow.house import House

pytestmark = pytest.mark.browser

LINES: list[list[object]] = [
    ["Nombre/Razón social", "Tipo de identificación", "Número de identificación", "DV", "Correo"],
    ["Textiles Ejemplo S.A.S.", "NIT", 999000111, 4, "compras@ejemplo.example"],
    ["Ana Inventada", "CC", "52.123.456", "", "ana@gmial.com"],
    ["Taller Inventado", "NIT", "999888777-2", "", "taller@ejemplo.example; pepe"],
]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in LINES:
        book.worksheets[0].append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_is_imported(page: Page, live_server: Any, house: House, tmp_path: Path) -> None:
    company = house.colombia()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/contactos/")
    page.get_by_role("link", name="Importar", exact=True).click()
    accessible(page, "importar-vacio")
    file = tmp_path / "clientes con un nombre largo de noviembre.xlsx"
    file.write_bytes(workbook())
    page.get_by_label("Archivo CSV o XLSX").set_input_files(file)
    page.get_by_role("button", name="Subir y revisar").click()

    expect(page.get_by_label("Número de identificación")).to_have_value("number")
    accessible(page, "importar-columnas")
    page.get_by_role("button", name="Revisar las filas").click()

    expect(page.get_by_text("debería ser 1")).to_be_visible()
    expect(page.get_by_text("¿Quisiste escribir ana@gmail.com?")).to_be_visible()
    accessible(page, "importar-revisar")
    page.get_by_label("Tomar ana@gmial.com tal cual").check()
    page.get_by_role("button", name="Importar 2 contactos nuevos").click()

    expect(
        page.get_by_text("2 nuevos, 0 actualizados, 0 sin cambios, 1 con problemas")
    ).to_be_visible()
    accessible(page, "importar-resultado")
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar filas con problemas").click()
    assert "Taller Inventado" in download.value.path().read_text(encoding="utf-8")
    found = {one.name: one.emails for _, one in customers.page(company.id)}
    assert found == {
        "Ana Inventada": ("ana@gmial.com",),
        "Textiles Ejemplo S.A.S.": ("compras@ejemplo.example",),
    }
    page.goto(f"{live_server.url}/e/{company.id}/contactos/importar/")
    accessible(page, "importar-otra-vez")


def test_a_big_import_says_how_far_it_is_and_when_it_ends(
    page: Page, live_server: Any, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    monkeypatch.setattr(import_contacts, "BATCH", 2)
    monkeypatch.setattr(import_contacts, "AT_ONCE", 2)
    lines = [f"{n},Persona {n},p{n}@cliente.example" for n in range(10_000_000, 10_000_005)]
    content = "\n".join(["DNI,Nombre,Correo", *lines]).encode()
    import_contacts.keep(company, content, file_name="gente.csv", by="x", at=outside.now())
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/contactos/importar/")
    page.get_by_role("link", name="gente.csv").click()
    page.get_by_role("button", name="Importar 5 contactos nuevos").click()
    expect(page.get_by_text("Van 2 de 5 filas")).to_be_visible()
    accessible(page, "importar-en-marcha")
    import_contacts.import_due(at=outside.now())
    expect(page.get_by_role("heading", name="Importación terminada")).to_be_visible(timeout=15_000)
