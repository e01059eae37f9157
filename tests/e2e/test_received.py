"""A supplier's invoice as its buyer sees it: uploaded, acknowledged, accepted; and its seller."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import accessible, log_in
from tests.flow.house import House
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders

pytestmark = pytest.mark.browser


def test_an_invoice_is_uploaded_and_answered_in_order(
    page: Page, live_server: Any, traders: Traders, tmp_path: Path
) -> None:
    document_id = traders.sell()
    file = tmp_path / "factura.zip"
    file.write_bytes(traders.mailed(document_id))
    log_in(page, live_server.url, traders.buyer)
    page.get_by_role("link", name="Recibidos").first.click()
    expect(page.get_by_text("Aún no hay documentos de tus proveedores")).to_be_visible()
    accessible(page, "recibidos-vacio")

    page.get_by_label("Archivo ZIP o XML").set_input_files(file)
    page.get_by_role("button", name="Subir").click()
    number = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_text("Todavía no has declarado nada")).to_be_visible()
    expect(page.get_by_text("Antes de la aceptación expresa")).to_be_visible()
    accessible(page, "recibido")

    declare = page.get_by_role("button", name="Declarar acuse de recibo")
    declare.click()
    expect(page.get_by_role("alert")).to_contain_text("Falta quién recibe")
    form = page.get_by_role("form", name="Acuse de recibo")
    form.get_by_label("Número").fill("1020304050")
    form.get_by_label("Nombres").fill("Persona")
    form.get_by_label("Apellidos").fill("De Prueba")
    declare.click()
    expect(page.get_by_role("status")).to_contain_text("firmado y en camino")
    expect(page.get_by_text("En proceso")).to_be_visible()

    traders.house.run(traders.buyer)
    page.reload()
    expect(page.get_by_text("Registrado")).to_be_visible()
    again = page.get_by_role("form", name="Recibo del bien o servicio")
    expect(again.get_by_label("Apellidos")).to_have_value("De Prueba")
    accessible(page, "recibido-con-acuse")
    page.get_by_role("button", name="Declarar recibo del bien").click()
    traders.house.run(traders.buyer)
    page.reload()
    page.get_by_label("Motivo").select_option("02")
    page.get_by_role("button", name="Declarar reclamo").click()
    traders.house.run(traders.buyer)
    page.reload()
    expect(page.get_by_text("Mercancía no entregada totalmente")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Archivo como llegó").click()
    assert Path(saved.value.path()).read_bytes() == file.read_bytes()

    page.get_by_role("link", name="Recibidos").first.click()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    expect(page.get_by_role("cell", name="Reclamo Registrado")).to_be_visible()
    accessible(page, "recibidos")


def test_a_wrong_file_says_what_is_wrong(
    page: Page, live_server: Any, traders: Traders, tmp_path: Path
) -> None:
    file = tmp_path / "otra.xml"
    file.write_text("<otra/>")
    log_in(page, live_server.url, traders.buyer)
    page.get_by_role("link", name="Recibidos").first.click()
    page.get_by_label("Archivo ZIP o XML").set_input_files(file)
    page.get_by_role("button", name="Subir").click()
    expect(page.get_by_role("alert")).to_contain_text("No se guardó.")
    accessible(page, "recibidos-con-error")


def test_the_seller_asks_what_the_buyer_declared(
    page: Page, live_server: Any, traders: Traders
) -> None:
    document_id = traders.sell()
    log_in(page, live_server.url, traders.seller)
    page.goto(f"{live_server.url}/e/{traders.seller.id}/facturas/{document_id}/")
    page.get_by_role("button", name="Consultar eventos").click()
    expect(page.get_by_role("status")).to_contain_text("no ha declarado nada nuevo")
    traders.acknowledge(document_id)
    page.get_by_role("button", name="Consultar eventos").click()
    expect(page.locator("#activity")).to_contain_text("Acuse de recibo")
    accessible(page, "detalle-con-eventos")


def test_the_authority_fills_the_contacts_mailbox(
    page: Page, live_server: Any, traders: Traders
) -> None:
    number = traders.buyer.tax_id.number
    traders.house.sandbox.world.settings[f"dian.acquirer.31-{number}"] = (
        '{"name": "COMPRADOR", "email": "fe@comprador.example"}'
    )
    log_in(page, live_server.url, traders.seller)
    page.goto(f"{live_server.url}/e/{traders.seller.id}/contactos/nuevo/")
    search = page.get_by_role("button", name="Buscar en la DIAN")
    search.click()
    expect(page.get_by_role("status")).to_contain_text("Escribe primero la identificación")
    page.get_by_label("Identificación").select_option("NIT")
    page.get_by_label("Número").fill(number)
    search.click()
    expect(page.get_by_label("Correo", exact=True).first).to_have_value("fe@comprador.example")
    expect(page.get_by_role("status")).to_contain_text("COMPRADOR")
    accessible(page, "contacto-con-sugerencia")


def test_where_nobody_receives_there_is_no_such_room(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    log_in(page, live_server.url, company)
    expect(page.get_by_role("link", name="Contactos").first).to_be_visible()
    expect(page.get_by_role("link", name="Recibidos")).to_have_count(0)
    page.goto(f"{live_server.url}/e/{company.id}/contactos/nuevo/")
    expect(page.get_by_role("button", name="Buscar en")).to_have_count(0)
