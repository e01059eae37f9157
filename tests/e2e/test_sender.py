"""A company sets its own server in the browser, sees why it refuses, and mends it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.store import models
from tests.e2e.hands import accessible, log_in
from tests.flow.house import House
from tests.flow.leaving import LOG_IN, PASSWORD, REFUSED, accepted
from tests.flow.leaving import allowed as allowed
from tests.gateways.smtp_server import ScriptedSmtp

pytestmark = pytest.mark.browser


def test_a_server_is_tried_saved_paused_and_mended(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    models.Company.objects.filter(pk=company.id).update(environment="TEST")
    log_in(page, live_server.url, company)
    page.get_by_role("link", name="Configuración").first.click()
    page.get_by_role("link", name="Remitente").click()
    accessible(page, "remitente-sin-salida")
    page.get_by_role("link", name="Un proveedor de envíos").click()
    accessible(page, "remitente-proveedor")
    page.get_by_role("link", name="Tu servidor SMTP").click()
    script = {"AUTH": [REFUSED, b"235 welcome\r\n", REFUSED, b"235 welcome\r\n"]}
    with ScriptedSmtp(script, extensions=("PIPELINING", *LOG_IN)) as server:
        page.get_by_label("Correo del remitente").fill("ventas@salida.example")
        page.get_by_label("Servidor", exact=False).first.fill("127.0.0.1")
        page.get_by_label("Seguridad").select_option("NONE")
        page.get_by_label("Puerto").fill(str(server.server.port))
        page.get_by_label("Usuario").fill("ventas")
        page.get_by_label("Contraseña").fill(PASSWORD)
        page.keyboard.press("Tab")  # Correos por minuto
        page.keyboard.press("Tab")  # Guardar
        page.keyboard.press("Tab")  # Enviar correo de prueba
        page.keyboard.press("Enter")
        expect(page.get_by_text("no aceptó el usuario o la contraseña")).to_be_visible()
        accessible(page, "remitente-rechazado")
        page.get_by_label("Contraseña").fill(PASSWORD)
        page.get_by_role("button", name="Enviar correo de prueba").click()
        expect(page.get_by_role("status")).to_contain_text("Correo enviado")
        accessible(page, "remitente-probado")
        page.get_by_label("Contraseña").fill(PASSWORD)
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_role("status")).to_contain_text("Guardado")
        accessible(page, "remitente-guardado")

        accepted(house, company)
        house.deliver()
        page.get_by_role("link", name="Fallos").first.click()
        expect(page.get_by_role("alert")).to_contain_text("está en pausa")
        accessible(page, "fallos-en-pausa")
        page.get_by_role("button", name="Probar ahora").click()
        expect(page.get_by_role("status")).to_contain_text("Correo enviado")
        expect(page.get_by_text("está en pausa")).to_have_count(0)
        house.deliver()
    assert models.Recipient.objects.get().state == "SENT"
