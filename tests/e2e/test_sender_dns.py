"""A company proves its domain in the browser: at fault, all right, and without any DNS."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from acuse.store import models, senders
from tests.e2e.hands import accessible, log_in
from tests.flow.house import House
from tests.support.dns_server import text
from tests.support.senders import offline, own_domain, published, really, shared_road, told_by_dns

pytestmark = pytest.mark.browser


def test_a_domain_is_proved(page: Page, live_server: Any, house: House, settings: Any) -> None:
    company = really(house.peru())
    shared_road()
    own_domain(company)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/configuracion/")
    page.get_by_role("link", name="Dominio").click()
    expect(page.get_by_role("note")).to_contain_text("los correos salen con avisos@acuse.example")
    accessible(page, "dns-sin-comprobar")

    offline(settings)
    page.get_by_role("button", name="Comprobar").click()
    expect(page.get_by_text("Sin DNS: no se pudo comprobar").first).to_be_visible()
    accessible(page, "dns-sin-conexion")

    with told_by_dns(settings) as server:
        server.tell({("tejidos.example", "TXT"): (text("v=spf1 mx -all"), text("v=spf1 ~all"))})
        page.get_by_role("button", name="Crear la llave DKIM").click()
        expect(page.get_by_role("status")).to_contain_text("Llave creada")
        models.MailRoute.objects.update(checked_at=None)  # some time has passed
        page.get_by_role("button", name="omprobar").click()
        expect(page.get_by_text("Varios registros", exact=True)).to_be_visible()
        accessible(page, "dns-con-fallas")
        copy = page.get_by_role("button", name="Copiar el valor de DKIM")
        copy.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Copiado")).to_be_visible()
        kept = senders.of(company.id)
        assert kept is not None
        assert kept.key is not None
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"v=DKIM1; k=rsa; p={kept.key.public}"

        published(server, kept.key)
        server.zone["tejidos.example", "TXT"] = (text("v=spf1 include:_spf.acuse.example ~all"),)
        models.MailRoute.objects.update(checked_at=None)
        page.get_by_role("button", name="Volver a comprobar").or_(
            page.get_by_role("button", name="Comprobar")
        ).click()
        expect(page.get_by_text("Correcto", exact=True)).to_have_count(5)
        expect(page.get_by_role("note")).to_have_count(0)
        accessible(page, "dns-correcto")
