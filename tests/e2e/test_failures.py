"""The inbox of failures and the re-sending, as a person works them off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.domain.failure import Cause
from acuse.domain.party import TaxId
from acuse.flow import outside
from acuse.store import alarms, models
from tests.e2e.hands import accessible, log_in
from tests.flow import failed
from tests.flow.house import House
from tests.support.makers import customer

pytestmark = pytest.mark.browser
OTHER, THIRD = TaxId("RUC", "20999111221"), TaxId("RUC", "20999777334")
LONG = "Distribuidora de Insumos Inventados del Sur Oriente y Anexos S.A.C."


def test_failures_are_mended_in_their_rows_and_by_cause(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    log_in(page, live_server.url, company)
    page.get_by_role("link", name="Fallos").first.click()
    expect(page.get_by_text("Todo lo aceptado llegó a tus clientes")).to_be_visible()
    accessible(page, "fallos-vacio")

    held = [failed.without_email(house, company, tax_id=OTHER, name=LONG) for _ in range(7)]
    buyer = customer(tax_id=THIRD, emails=("administracion.y.compras@inventada.example",))
    failed.mail_script(house, failed.UNKNOWN)
    wrong = house.issue(company, counterparty=buyer)
    house.submit(company)
    house.deliver()
    failed.refused(house, company, failed.OURS)
    failed.refused(house, company, failed.FULL)
    stuck = house.issue(company)
    rows = models.Submission.objects.filter(document_id=stuck.id)
    rows.update(state="IN_FLIGHT")
    rows.update(state="STUCK", wake_at=None, reason="La norma no deja enviarlo.")
    alarms.begin(company.id, Cause.OUR_SERVER, 12, at=outside.now())
    page.reload()
    expect(page.get_by_role("heading", name="Falta correo")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Servidor nuestro: 12 documentos")
    accessible(page, "fallos")
    page.get_by_role("link", name="Ver los 7").click()
    accessible(page, "fallos-causa")
    field = page.get_by_label(f"para {held[0].number}", exact=False).first
    field.fill("cliente@insumos.example")
    field.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("sale solo")
    expect(page.get_by_text("Nada por esta causa")).to_be_visible()

    page.goto(f"{live_server.url}/e/{company.id}/fallos/")
    fix = page.get_by_label(f"para {wrong.number}", exact=False)
    expect(fix).to_have_value("administracion.y.compras@inventada.example")
    fix.fill("compras@nueva.example")
    page.get_by_role("button", name="Corregir y reenviar").first.click()
    expect(page.get_by_role("status")).to_contain_text("Se enviará a compras@nueva.example")

    page.get_by_role("button", name="Marcar todos resueltos").first.click()
    expect(page.get_by_text("Salen de esta lista")).to_be_visible()
    accessible(page, "fallos-confirmar")
    page.get_by_role("button", name="Marcar todos resueltos").click()
    expect(page.get_by_role("status")).to_contain_text("1 marcado como resuelto.")


def test_a_bounced_invoice_is_sent_again_with_open_eyes(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{issued.id}/")
    accessible(page, "detalle-fallido")
    page.get_by_role("link", name="Reenviar").click()
    expect(page.get_by_role("checkbox", name="compras@inventada.example")).not_to_be_checked()
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_contain_text("Falta el correo")
    accessible(page, "reenviar")
    page.get_by_label("Otro correo").fill("nuevo@inventada.example")
    page.get_by_label("Guardar en el contacto", exact=False).check()
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("status")).to_contain_text("Se enviará a nuevo@inventada.example")
    page.get_by_role("link", name="Enviar por correo").click()
    expect(page.get_by_text("A mano, por ana@taller.example en camino")).to_be_visible()
    accessible(page, "reenviar-en-camino")
    house.run(company)
    assert [mail.recipient for mail in house.mail()] == ["nuevo@inventada.example"]
