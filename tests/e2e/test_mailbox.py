"""A company connects its mailbox in the browser, and its supplier's invoice comes by itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.flow import jobs, lanes
from tests.e2e.hands import accessible, log_in
from tests.flow.post import ADDRESS, collected, letter, post
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders
from tests.jurisdictions.co import papers

pytestmark = pytest.mark.browser


def test_an_invoice_comes_by_mail(page: Page, live_server: Any, traders: Traders) -> None:
    post(
        traders.house,
        letter(subject="¿Recibiste la factura?"),
        letter(("suelta.xml", papers.invoice()), subject="Factura sin contenedor"),
        letter(("z1.zip", traders.mailed(traders.sell())), subject="999888777;Empresa;FE1;01;E"),
    )
    log_in(page, live_server.url, traders.buyer)
    page.get_by_role("link", name="Recibidos").first.click()
    page.get_by_role("link", name="conecta el buzón").click()
    accessible(page, "buzon-vacio")

    page.get_by_label("Servidor").fill("imap.compradora.example")
    page.get_by_label("Usuario").fill(ADDRESS)
    page.get_by_label("Contraseña").fill("RECHAZA")
    page.keyboard.press("Tab")  # Carpeta
    page.keyboard.press("Tab")  # Guardar
    page.keyboard.press("Tab")  # Probar conexión
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("no aceptó el usuario o la contraseña")
    accessible(page, "buzon-rechazado")
    page.get_by_label("Contraseña").fill("clave")
    page.get_by_role("button", name="Probar conexión").click()
    expect(page.get_by_role("status")).to_contain_text("hay 3 mensajes")
    page.get_by_label("Contraseña").fill("clave")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("status")).to_contain_text("Guardado")
    assert jobs.turn(lanes.COLLECT) == 1

    page.reload()
    expect(page.get_by_text("Nada que guardar")).to_be_visible()
    expect(page.get_by_text("No se guardó", exact=True)).to_be_visible()
    accessible(page, "buzon")
    page.get_by_role("row", name="Recibido").get_by_role("link").first.click()
    expect(page.get_by_text("Todavía no has declarado nada")).to_be_visible()


def test_a_stopped_mailbox_says_what_to_do(page: Page, live_server: Any, traders: Traders) -> None:
    log_in(page, live_server.url, traders.buyer)
    page.goto(f"{live_server.url}/e/{traders.buyer.id}/configuracion/facturacion/buzon/")
    page.get_by_label("Servidor").fill("imap.compradora.example")
    page.get_by_label("Usuario").fill(ADDRESS)
    page.get_by_label("Contraseña").fill("RECHAZA")
    page.get_by_role("button", name="Guardar").click()
    collected(traders.buyer)
    page.reload()
    expect(page.get_by_role("note").last).to_contain_text("Próximo intento")
    accessible(page, "buzon-con-tropiezos")
    collected(traders.buyer)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Dejamos de leer el buzón")
    accessible(page, "buzon-detenido")
