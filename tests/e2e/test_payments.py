"""Payments in a real browser: registered by keyboard, the receipt reviewed and issued, all paid."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import accessible, log_in
from tests.flow.house import House
from tests.flow.payers import Payers

pytestmark = pytest.mark.browser


def test_a_sale_on_credit_is_paid_in_two_parts(page: Page, live_server: Any, house: House) -> None:
    payers = Payers(house)
    sold = payers.sell()
    log_in(page, live_server.url, payers.company)
    place = f"{live_server.url}/e/{payers.company.id}/facturas/{sold}/"
    page.goto(place)
    payments = page.get_by_role("region", name="Pagos")
    expect(payments).to_contain_text("Todavía no hay pagos")
    accessible(page, "pagos-vacio")
    payments.get_by_text("Registrar pago").focus()
    page.keyboard.press("Enter")
    amount = page.get_by_label("Monto pagado")
    expect(amount).to_have_value("9870,0528")
    amount.fill("20000")
    accessible(page, "pagos-formulario")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="No se registró")).to_be_visible()
    expect(amount).to_have_attribute("aria-invalid", "true")
    accessible(page, "pagos-con-error")
    amount.fill("5000")
    page.get_by_label("Medio de pago").select_option("SINPE")
    page.get_by_label("Nota").fill("Depósito 4471")
    page.get_by_role("button", name="Proponer el recibo").click()
    expect(page.get_by_text("Este es su recibo")).to_be_visible()
    expect(page.get_by_role("region", name="Paga")).to_contain_text("Depósito 4471")
    accessible(page, "recibo-borrador")
    page.get_by_role("button", name="Emitir").click()
    expect(page.get_by_text("Se emitió")).to_be_visible()
    payers.house.run(payers.company)
    expect(page.locator("#chips")).to_contain_text("Aceptado", timeout=10_000)
    page.get_by_role("region", name="Paga").get_by_role("link").click()
    page.wait_for_url(place)
    expect(payments).to_contain_text("Queda")
    payers.pay(sold, "1000")
    page.reload()
    accessible(page, "pagos-a-medias")
    payers.issue(payers.pay(sold, "3870.05"))
    page.reload()
    expect(payments.get_by_text("Registrar pago")).to_have_count(0)
    accessible(page, "pagos-completo")
