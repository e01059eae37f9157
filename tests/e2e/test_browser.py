"""The mission as a person sees it: flip the switch, issue, read the mail, read Actividad."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.flow import outside
from acuse.flow.draft import draft
from tests.e2e.hands import accessible, log_in
from tests.flow.house import BY, House
from tests.support import makers

pytestmark = pytest.mark.browser


def test_the_switch_an_invoice_and_its_mail(page: Page, live_server: Any, house: House) -> None:
    company = house.peru(automatic_delivery=False)
    log_in(page, live_server.url, company)
    accessible(page, "lista-vacia")

    page.get_by_role("link", name="Configuración").first.click()
    page.get_by_role("link", name="Datos generales").click()
    switch = page.get_by_role("switch", name="Envío automático de documentos electrónicos")
    expect(switch).not_to_be_checked()
    switch.check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Cambios guardados")).to_be_visible()
    expect(switch).to_be_checked()
    expect(page.get_by_text("Tu empresa puede emitir: sí · enviar: sí")).to_be_visible()
    accessible(page, "datos-generales")

    page.get_by_role("link", name="Nuevo documento").first.click()
    page.get_by_label("Identificación").select_option("RUC")
    page.get_by_label("Número").fill(makers.OTHER_RUC)
    page.get_by_label("Nombre o razón social").fill("Bodega La Inventada S.A.C.")
    page.get_by_label("Correo", exact=True).fill("compras@bodega.example")
    page.get_by_label("Producto o servicio").fill("Chompa de alpaca")
    page.get_by_label("Cantidad").fill("2")
    page.get_by_label("Precio").fill("50")
    expect(page.locator("#totals")).to_contain_text("S/ 118.00")
    accessible(page, "nueva-factura")
    page.get_by_role("button", name="Emitir").click()
    expect(page.get_by_role("heading", name="F001-1")).to_be_visible()
    expect(page.locator("#chips")).to_contain_text("En proceso")

    house.run(company)
    expect(page.locator("#activity")).to_contain_text("SUNAT lo aceptó", timeout=10_000)
    expect(page.locator("#activity")).to_contain_text("Enviado a compras@bodega.example")
    expect(page.locator("#chips")).to_contain_text("Aceptada")
    expect(page.locator("#chips")).to_contain_text("Enviado")
    accessible(page, "detalle")
    (mail,) = house.mail()
    assert mail.recipient == "compras@bodega.example"

    page.goto(f"{live_server.url}/e/{company.id}/facturas/")
    expect(page.get_by_role("link", name="F001-1")).to_be_visible()
    accessible(page, "lista")


def test_adding_the_address_releases_the_held_mail(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.costa_rica()
    customer = makers.costa_rican_document().counterparty
    without = makers.replaced(customer, emails=())
    issued = house.issue(company, counterparty=without)
    house.run(company)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{issued.id}/")
    expect(page.locator("#chips")).to_contain_text("Retenido")
    expect(page.get_by_role("alert")).to_contain_text("el cliente no tiene correo")
    accessible(page, "retenida")
    page.get_by_role("link", name="Agregar correo").click()
    accessible(page, "contacto")
    page.get_by_label("Correo", exact=True).fill("nuevo@cliente.example")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Contacto guardado.")).to_be_visible()
    accessible(page, "contactos")
    house.run(company)
    assert [mail.recipient for mail in house.mail()] == ["nuevo@cliente.example"]


def test_a_wrong_invoice_says_what_to_mend_and_uses_no_number(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/nueva/")
    page.get_by_label("Número").fill("20999888771")
    page.get_by_label("Nombre o razón social").fill("Bodega La Inventada S.A.C.")
    page.get_by_label("Producto o servicio").fill("Chompa")
    page.get_by_label("Precio").fill("50")
    page.get_by_role("button", name="Emitir").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("No se emitió y no se usó ningún número")
    expect(alert).to_contain_text("su último dígito debería ser 2")
    accessible(page, "factura-con-errores")
    assert house.next_number(company) == 1


@pytest.mark.parametrize(
    "path",
    [
        "configuracion/empresa/",
        "configuracion/facturacion/certificado/",
        "configuracion/correo/aperturas/",
        "configuracion/integraciones/api/",
    ],
)
def test_the_other_rooms_are_accessible(
    page: Page, live_server: Any, house: House, path: str
) -> None:
    company = house.costa_rica()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/{path}")
    accessible(page, path.strip("/").replace("/", "-"))


def test_a_draft_is_discarded_from_its_page(page: Page, live_server: Any, house: House) -> None:
    company = house.peru()
    document = makers.document(number=None, date=None)
    draft_id = draft(company.id, document, by=BY, at=outside.now())
    log_in(page, live_server.url, company)
    place = f"{live_server.url}/e/{company.id}/facturas/{draft_id}/"
    page.goto(place)
    page.get_by_text("Descartar borrador").click()
    accessible(page, "borrador-por-descartar")
    page.get_by_role("button", name="Descartar").click()
    expect(page.get_by_role("status")).to_contain_text("Borrador descartado")
    page.goto(place)
    accessible(page, "borrador-descartado")
    expect(page.get_by_role("button", name="Emitir")).to_have_count(0)
