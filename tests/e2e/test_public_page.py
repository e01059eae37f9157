"""The public page in a real browser: read without an account, its visit told by its own script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from acuse.store import models
from acuse.store import public_pages as kept
from tests.e2e.hands import accessible, keep_picture, log_in
from tests.flow.house import House
from tests.flow.test_public_pages import LINK, token
from tests.flow.test_public_pages import pages as pages
from tests.web.test_public_page import patient as patient

pytestmark = pytest.mark.browser
UNAUTOMATED = "Object.defineProperty(navigator, 'webdriver', { get: () => false })"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def test_a_customer_reads_and_the_company_sees_it(
    page: Page, browser: Browser, live_server: Any, house: House, pages: None, patient: None
) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    plain = token(house.mail()[0])
    context = browser.new_context(locale="es", user_agent=AGENT)
    context.add_init_script(UNAUTOMATED)
    customer = context.new_page()
    elsewhere: list[str] = []
    customer.on(
        "request",
        lambda one: None if one.url.startswith(live_server.url) else elsewhere.append(one.url),
    )
    with customer.expect_response("**/visto") as beacon:
        customer.goto(f"{live_server.url}/d/{plain}")
    assert beacon.value.status == 204
    accessible(customer, "pagina-publica")
    customer.emulate_media(color_scheme="dark")
    keep_picture(customer, "pagina-publica-oscura")
    customer.emulate_media(color_scheme="light")
    customer.keyboard.press("Tab")
    expect(customer.get_by_role("link", name="English")).to_be_focused()
    customer.keyboard.press("Tab")
    expect(customer.get_by_role("link", name="PDF")).to_be_focused()
    with customer.expect_download() as taken:
        customer.keyboard.press("Enter")
    assert taken.value.suggested_filename == "20999888772-01-F001-1.pdf"
    assert [one for one in elsewhere if not one.startswith("data:image/")] == []
    assert context.cookies() == []
    (row,) = kept.of_document(issued.id)
    assert (row.people, row.downloads) == (1, 1)
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/facturas/{issued.id}/")
    expect(page.locator("ol.activity")).to_contain_text("Alguien abrió la página pública")
    accessible(page, "detalle-con-enlaces")
    page.get_by_role("button", name="Nuevo enlace").click()
    assert LINK.fullmatch(page.get_by_label("Enlace").input_value())
    accessible(page, "enlace-nuevo")
    page.get_by_role("link", name="Volver al documento").click()
    page.get_by_role("button", name="Revocar").click()
    expect(page.get_by_text("Revocado: desde ahora")).to_be_visible()
    customer.goto(f"{live_server.url}/d/{plain}")
    expect(customer.get_by_role("heading")).to_contain_text("no abre ningún documento")
    accessible(customer, "pagina-publica-revocada")
    context.close()


def test_a_driven_browser_counts_as_a_machine(
    page: Page, live_server: Any, house: House, pages: None, patient: None
) -> None:
    company = house.colombia()
    issued = house.issue(company)
    house.run(company)
    with page.expect_response("**/visto"):
        page.goto(f"{live_server.url}/d/{token(house.mail()[0])}")
    accessible(page, "pagina-publica-co")
    (row,) = kept.of_document(issued.id)
    assert row.people == 0
    assert row.machines > 0


@pytest.mark.parametrize("country", ["peru", "colombia", "costa_rica"])
def test_what_is_typed_at_the_authority_is_copied_or_chosen_whole(
    browser: Browser, live_server: Any, house: House, pages: None, country: str
) -> None:
    company = getattr(house, country)()
    house.issue(company)
    house.run(company)
    plain = token(house.mail()[0])
    models.Company.objects.filter(pk=company.id).update(environment="PRODUCTION")
    context = browser.new_context(locale="es", permissions=["clipboard-read", "clipboard-write"])
    customer = context.new_page()
    with customer.expect_response("**/visto"):
        customer.goto(f"{live_server.url}/d/{plain}")
    accessible(customer, f"pagina-publica-verificar-{country}")
    customer.get_by_role("link", name="English").click()
    expect(customer.get_by_role("heading", name="Download")).to_be_visible()
    accessible(customer, f"pagina-publica-{country}-en")
    row = customer.locator("dl.typed > div").last
    value = row.locator("dd > span").inner_text()
    row.get_by_role("button").click()
    expect(row.get_by_role("button")).to_contain_text("Copied")
    assert customer.evaluate("navigator.clipboard.readText()") == value
    context.close()

    without = browser.new_context(locale="es", java_script_enabled=False)
    customer = without.new_page()
    customer.goto(f"{live_server.url}/d/{plain}")
    expect(customer.locator("dl.typed button").first).to_be_hidden()
    shown = customer.locator("dl.typed > div").last.locator("dd > span")
    expect(shown).to_have_text(value)
    expect(shown).to_have_css("user-select", "all")
    without.close()
