"""Documents of every kind as a person sees them: issued, corrected by a note, kept as drafts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.store import models
from tests.e2e.hands import accessible, log_in
from tests.flow.house import House
from tests.jurisdictions.co import makers as colombian

pytestmark = pytest.mark.browser


def test_a_note_to_an_accepted_invoice(page: Page, live_server: Any, house: House) -> None:
    company = house.colombia()
    issued = house.issue(company)
    house.run(company)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{issued.id}/")
    page.get_by_text("Nueva nota").click()
    accessible(page, "detalle-con-notas")
    page.get_by_role("link", name="Nota crédito").click()
    expect(page.get_by_label("Número", exact=True)).to_have_value(issued.number)
    expect(page.locator("#totals")).to_contain_text("119.000,00")
    accessible(page, "nota-nueva")
    page.get_by_label("Motivo", exact=True).select_option("3")
    page.get_by_label("Precio sin impuesto").fill("10000")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Borrador guardado.")).to_be_visible()
    accessible(page, "borrador")
    page.get_by_role("link", name="Editar").click()
    expect(page.get_by_label("Precio sin impuesto")).to_have_value("10000")
    accessible(page, "editar-borrador")
    page.get_by_role("button", name="Emitir").click()
    expect(page.get_by_role("heading", name="NC1")).to_be_visible()
    house.run(company)
    expect(page.locator("#chips")).to_contain_text("Aceptada", timeout=10_000)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/")
    accessible(page, "lista-de-varios-tipos")
    page.get_by_label("Tipo de documento").select_option("CREDIT_NOTE")
    page.get_by_role("button", name="Filtrar y buscar").click()
    expect(page.get_by_role("link", name="NC1")).to_be_visible()
    expect(page.get_by_role("link", name=issued.number)).to_have_count(0)


def test_another_kind_is_chosen_by_keyboard_and_keeps_what_was_typed(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.colombia()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/nueva/")
    page.get_by_label("Producto o servicio").fill("Asesoría")
    page.get_by_text("Más de esta línea").click()
    page.get_by_text("Más datos", exact=True).click()
    accessible(page, "documento-nuevo-abierto")
    kind = page.get_by_label("Tipo de documento")
    kind.focus()
    kind.select_option("DEBIT_NOTE")
    expect(page.get_by_role("heading", name="Documento que corrige")).to_be_visible()
    expect(page.get_by_label("Producto o servicio")).to_have_value("Asesoría")
    expect(kind).to_be_focused()
    page.get_by_role("button", name="Emitir").click()
    expect(page.get_by_role("alert")).to_contain_text("No se emitió y no se usó ningún número")
    accessible(page, "nota-con-errores")


def test_a_rejected_document_is_corrected_in_the_browser(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.colombia()
    issued = house.issue(company, counterparty=colombian.buyer(name="Distribuidora RECHAZA FAK24"))
    house.run(company)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{issued.id}/")
    accessible(page, "rechazada")
    page.get_by_role("button", name="Corregir y volver a emitir").click()
    expect(page.get_by_role("heading", name="Editar borrador")).to_be_visible()
    expect(page.get_by_role("note").filter(has_text="lo rechazó antes")).to_be_visible()
    accessible(page, "corregir")


def test_what_never_arrived_and_what_waits_for_an_outage(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.colombia()
    house.sandbox.world.settings["dian.fault"] = "page_503"
    waiting, lost = house.issue(company), house.issue(company)
    rows = models.Submission.objects.filter(document_id=lost.id)
    rows.update(state="IN_FLIGHT")
    rows.update(state="STUCK", wake_at=None, reason="No se pudo enviar.", not_held=True)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{lost.id}/")
    expect(page.get_by_role("button", name="Dejar sin uso")).to_be_visible()
    accessible(page, "sin-llegar")
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{waiting.id}/")
    page.get_by_text("no responde?").click()
    page.get_by_label("La autoridad anunció la caída").check()
    accessible(page, "espera-sin-respuesta")
    page.get_by_role("button", name="Emitir en contingencia").click()
    expect(page.locator("#chips")).to_contain_text("En contingencia")
    accessible(page, "en-contingencia")
    page.get_by_label("A quién").fill("Ana Paz")
    page.get_by_role("button", name="Entregado al cliente").click()
    expect(page.locator("#activity")).to_contain_text("impreso, a Ana Paz")
