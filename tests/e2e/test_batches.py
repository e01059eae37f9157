"""Boletas sent by summary, one of them voided, and a guía's form, as a shopkeeper sees them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.cli import rehearsal_peru as rehearsal
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, TaxId
from acuse.flow import company as company_flow
from tests.e2e.hands import accessible, log_in
from tests.flow.house import House
from tests.support import makers

pytestmark = pytest.mark.browser
PERSON = makers.customer(tax_id=TaxId("DNI", "40112233"), name="Rosa Inventada", emails=())


@pytest.fixture
def retailer(house: House) -> Company:
    company = house.peru(extra={"annex": "0000", "summary_hour": 21})
    for one in rehearsal.RANGES[1:]:
        company_flow.add_range(company.id, one)
    return company


def test_a_summary_is_sent_and_one_of_its_boletas_voided(
    page: Page, live_server: Any, house: House, retailer: Company
) -> None:
    log_in(page, live_server.url, retailer)
    page.get_by_role("link", name="Resúmenes y bajas").first.click()
    expect(page.get_by_text("Aún no hay resúmenes ni bajas")).to_be_visible()
    accessible(page, "resumenes-vacio")
    boletas = [
        house.issue(retailer, kind=DocumentKind.RECEIPT, counterparty=PERSON) for _ in range(2)
    ]
    page.reload()
    expect(page.get_by_text("2 documentos esperan el resumen de su día")).to_be_visible()
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.get_by_role("status")).to_contain_text("Se envió 1 resumen")
    house.run(retailer)
    page.reload()
    accessible(page, "resumenes")
    page.get_by_role("link", name="RC-").click()
    expect(page.get_by_role("cell", name="Aceptado")).to_have_count(2)
    accessible(page, "resumen")

    page.get_by_role("link", name=boletas[0].number).click()
    page.get_by_text(f"Anular {boletas[0].number}").click()
    page.get_by_label("Motivo").first.fill("La clienta devolvió todo")
    accessible(page, "anular")
    page.get_by_role("button", name="Pedir la anulación").click()
    expect(page.get_by_role("status")).to_contain_text("Anulación firmada y en camino")
    house.run(retailer)
    page.reload()
    expect(page.get_by_text("Anulada", exact=True).first).to_be_visible()
    accessible(page, "anulada")


def test_the_form_of_a_guia_has_its_own_fields(
    page: Page, live_server: Any, retailer: Company
) -> None:
    log_in(page, live_server.url, retailer)
    page.get_by_role("link", name="Nuevo documento").first.click()
    page.goto(page.url + "?tipo=DESPATCH")
    expect(page.get_by_label("Partida: dirección")).to_be_visible()
    expect(page.get_by_label("Forma de pago")).to_have_count(0)
    accessible(page, "guia-nueva")
