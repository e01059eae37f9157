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


def test_a_contacts_addresses_are_written_in_rows(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/contactos/nuevo/")
    page.get_by_label("Número").fill("20998000123")
    page.get_by_label("Nombre o razón social").fill("Inversiones Ejemplo S.A.C.")
    pasted = "pagos@cliente.example; copia@cliente.example; socio@cliente.example"
    page.get_by_label("Correo", exact=True).first.fill(pasted)
    page.get_by_role("button", name="Agregar otro correo").click()
    expect(page.get_by_role("group", name="Correo 4")).to_be_visible()
    expect(page.get_by_label("Nombre o razón social")).to_have_value("Inversiones Ejemplo S.A.C.")
    second, third = (page.get_by_role("group", name=f"Correo {n}") for n in (2, 3))
    second.get_by_label("Recibe como").select_option("Copia")
    third.get_by_label("Recibe como").select_option("Copia oculta")
    third.locator("summary").click()
    third.get_by_label("Facturas", exact=True).check()
    accessible(page, "contacto-con-direcciones")
    page.get_by_role("button", name="Quitar el correo 4").click()
    expect(page.get_by_role("group", name="Correo 4")).to_have_count(0)
    page.get_by_label("Nombre o razón social").press("Enter")  # saves, and takes nothing away
    expect(page.get_by_text("Contacto guardado.")).to_be_visible()
    page.get_by_role("link", name="Inversiones Ejemplo S.A.C.").click()
    expect(page.get_by_text("Sin verificar")).to_have_count(3)
    hidden = page.get_by_role("group", name="Correo 3")
    expect(hidden.get_by_label("Correo", exact=True)).to_have_value("socio@cliente.example")
    expect(hidden.get_by_label("Recibe como")).to_have_value("BLIND")
    expect(hidden.locator("summary")).to_contain_text("Facturas")
    accessible(page, "contacto-guardado")
    page.set_viewport_size({"width": 360, "height": 740})
    accessible(page, "contacto-angosto")


def test_the_companys_copies_have_a_page_of_their_own(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/configuracion/")
    page.get_by_role("link", name="Copias").click()
    accessible(page, "copias-sin-ninguna")
    page.get_by_label("Correo", exact=True).fill("archivo@taller.example; no soy un correo")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("«no soy un correo»")).to_be_visible()
    accessible(page, "copias-mal-escritas")
    page.get_by_label("Correo", exact=True).fill("archivo@taller.example")
    page.get_by_role("button", name="Agregar otro correo").click()
    second = page.get_by_role("group", name="Correo 2")
    second.get_by_label("Correo", exact=True).fill("contador@estudio.example")
    second.get_by_label("Es para").select_option("Contador")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Copias guardadas.")).to_be_visible()
    expect(page.get_by_text("Sin verificar")).to_have_count(2)
    accessible(page, "copias")
