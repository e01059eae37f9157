"""Habilitación in the browser: the set's progress comes by itself; numberings by hand."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.store import models
from tests.e2e.hands import accessible, log_in
from tests.flow.house import House

pytestmark = pytest.mark.browser


def test_a_company_is_enabled_step_by_step(page: Page, live_server: Any, house: House) -> None:
    company = house.newcomer()
    models.Secret.objects.filter(company_id=company.id).delete()
    house.sandbox.world.settings["dian.asked"] = "2/1/1"
    log_in(page, live_server.url, company)
    page.get_by_role("link", name="Configuración").first.click()
    page.get_by_role("link", name="Habilitación").click()
    accessible(page, "habilitacion-incompleta")
    page.get_by_role("link", name="PIN del software").click()
    expect(page.locator("#software_pin")).to_be_in_viewport()
    page.locator("#software_pin").fill("75315")
    page.locator("form", has=page.locator("#software_pin")).get_by_role(
        "button", name="Guardar"
    ).click()
    page.goto(f"{live_server.url}/e/{company.id}/configuracion/facturacion/habilitacion/")

    for label, count in (("Facturas", "2"), ("Notas débito", "1"), ("Notas crédito", "1")):
        page.get_by_label(label, exact=True).fill(count)
    page.get_by_role("button", name="Correr el set").press("Enter")
    progress = page.locator("#progress")
    expect(progress).to_contain_text("esto se actualiza solo")
    accessible(page, "habilitacion-en-marcha")
    house.run(company)
    expect(progress).to_contain_text("Faltan 2 documentos", timeout=10_000)
    expect(page.get_by_label("Facturas", exact=True)).to_have_value("2")
    page.get_by_role("button", name="Seguir con el set").press("Enter")
    house.run(company)
    expect(progress).to_contain_text("Nada espera respuesta", timeout=10_000)
    expect(page.locator("#state-set")).to_contain_text("Hecho")
    expect(page.locator("#state-start")).to_contain_text("Ahora")
    page.reload()
    expect(page.get_by_label("Facturas", exact=True)).to_have_value("2")
    page.get_by_role("button", name="Empezar a facturar").press("Enter")
    expect(page.locator("#start")).to_contain_text("encendido por ley")
    accessible(page, "habilitacion-terminada")

    page.get_by_role("link", name="envío automático").click()
    switch = page.get_by_role("switch", name="Envío automático de documentos electrónicos")
    expect(switch).to_be_checked()
    expect(switch).to_be_disabled()
    expect(page.get_by_text("Activado por ley")).to_be_visible()
    accessible(page, "datos-generales-por-ley")


def test_a_numbering_is_added_by_hand(page: Page, live_server: Any, house: House) -> None:
    company = house.colombia()
    models.NumberingRange.objects.filter(series="SETP").update(next=994500000)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/configuracion/facturacion/numeraciones/")
    accessible(page, "numeraciones")
    authorised = page.get_by_label("Último número")
    expect(authorised).to_be_visible()
    page.get_by_label("Documento", exact=True).select_option("CREDIT_NOTE")
    expect(authorised).to_be_hidden()
    page.get_by_label("Documento", exact=True).select_option("INVOICE")
    page.get_by_label("Prefijo").fill("FE")
    page.get_by_role("button", name="Agregar").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No se agregó")
    accessible(page, "numeraciones-con-errores")
    page.get_by_label("Primer número").fill("1")
    page.get_by_label("Último número").fill("5000")
    page.get_by_label("Rige desde").fill("2026-01-01")
    page.get_by_label("Vence el").fill("2028-01-01")
    page.get_by_label("Resolución", exact=True).fill("18764000777")
    page.get_by_role("button", name="Agregar").press("Enter")
    expect(page.get_by_text("Numeración FE agregada.")).to_be_visible()
    page.get_by_text("Cambiar FE").click()
    row = page.locator("details", has_text="Cambiar FE")
    row.get_by_label("Es de otro documento").select_option("PURCHASE")
    accessible(page, "numeraciones-cambiar")
    row.get_by_role("button", name="Cambiar el documento").press("Enter")
    expect(page.get_by_text("Numeración FE guardada.")).to_be_visible()
    expect(page.get_by_text("FE Documento soporte")).to_be_visible()
