"""A contact filled from the authority's register, in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import accessible, log_in
from tests.flow.house import House

pytestmark = pytest.mark.browser


def test_a_contact_is_filled_from_its_identification(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.costa_rica()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/contactos/nuevo/")
    search = page.get_by_role("button", name="Buscar en Hacienda")
    search.click()
    expect(page.get_by_role("status")).to_contain_text("Escribe primero la identificación")
    page.get_by_label("Número").fill("199990888")
    search.click()
    expect(page.get_by_label("Nombre o razón social")).to_have_value("Cliente Inventado")
    expect(page.get_by_label("Identificación")).to_have_value("CF")
    expect(page.get_by_label("Actividad económica del receptor")).to_have_value("702001")
    expect(page.get_by_role("status")).to_contain_text("Consultoría de gestión")
    accessible(page, "contacto-de-hacienda")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Contacto guardado.")).to_be_visible()
