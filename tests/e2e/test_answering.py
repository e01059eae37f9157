"""A supplier's two files as their buyer sees them: uploaded, answered with the country's fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import accessible, log_in
from tests.flow.answerers import Answerers
from tests.flow.answerers import answerers as answerers

pytestmark = pytest.mark.browser


def test_a_document_is_uploaded_with_its_answer_and_accepted_in_part(
    page: Page, live_server: Any, answerers: Answerers, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("factura.xml", "respuesta.xml")]
    for path, content in zip(paths, answerers.files(answerers.sell()), strict=True):
        path.write_bytes(content)
    log_in(page, live_server.url, answerers.buyer)
    page.get_by_role("link", name="Recibidos").first.click()
    page.get_by_label("Archivo ZIP o XML").set_input_files(paths[0])
    page.get_by_role("button", name="Subir").click()
    expect(page.get_by_text("Falta la respuesta de Hacienda").first).to_be_visible()
    expect(page.get_by_role("button", name="Aceptar")).to_have_count(0)
    accessible(page, "recibido-sin-respuesta")

    page.get_by_role("link", name="Recibidos").first.click()
    accessible(page, "recibidos-sin-respuesta")
    page.get_by_label("Archivo ZIP o XML").set_input_files(paths)
    page.get_by_role("button", name="Subir").click()
    expect(page.get_by_text("Contesta a más tardar el")).to_be_visible()
    accessible(page, "recibido-por-contestar")

    part = page.get_by_role("form", name="Aceptación parcial")
    part.get_by_role("button", name="Aceptar en parte").click()
    expect(page.get_by_role("alert")).to_contain_text("Escribe el motivo")
    part.get_by_label("Qué aceptas").fill("Dos de las tres cajas")
    part.get_by_label("Condición del IVA").select_option("01")
    part.get_by_label("IVA por acreditar").fill("650,00")
    part.get_by_role("button", name="Aceptar en parte").click()
    expect(page.get_by_role("status")).to_contain_text("firmado y en camino")
    answerers.house.run(answerers.buyer)
    page.reload()
    expect(page.get_by_text("Registrado")).to_be_visible()
    expect(page.get_by_role("button", name="Rechazar")).to_have_count(0)
    accessible(page, "recibido-contestado")
