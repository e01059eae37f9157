"""A person gives the mail its own words and sees at once what the customer will read."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import accessible, keep_picture, log_in
from tests.flow.house import House

pytestmark = pytest.mark.browser


def mailed_html(house: House) -> str:
    parsed = message_from_bytes(house.mail()[-1].raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    part = parsed.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_own_words_are_written_seen_saved_and_mailed(
    page: Page, live_server: Any, house: House
) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    log_in(page, live_server.url, company)
    page.get_by_role("link", name="Configuración").first.click()
    page.get_by_role("link", name="Plantillas").click()
    accessible(page, "plantillas")
    page.get_by_role("link", name="Factura electrónica", exact=True).click()
    shown = page.frame_locator("iframe[name=preview]")
    mail = shown.frame_locator("iframe")
    expect(mail.get_by_text("te envió la factura electrónica")).to_be_visible()
    accessible(page, "plantilla")

    body = page.get_by_role("textbox", name="Mensaje")
    body.fill("Buenos días, :\n\nGracias por tu compra.")
    body.evaluate("field => field.setSelectionRange(13, 13)")
    page.get_by_role("button", name="Nombre del cliente").click()
    expect(body).to_have_value("Buenos días, {{cliente.nombre}}:\n\nGracias por tu compra.")
    expect(body).to_be_focused()
    expect(mail.get_by_text("Buenos días, COMERCIAL LA INVENTADA")).to_be_visible()
    page.get_by_text("Teléfono", exact=True).click()
    expect(mail.get_by_text("Gracias por tu compra.")).to_be_visible()
    assert (page.locator("iframe[name=preview]").bounding_box() or {})["width"] <= 362
    keep_picture(page, "plantilla-telefono")
    page.get_by_text("Solo texto").click()
    expect(shown.locator("pre")).to_contain_text("Gracias por tu compra.\n\nAdjuntos:")
    accessible(page, "plantilla-texto")

    body.fill("Hola {{cliente.nombr}}")
    expect(shown.get_by_text("¿Quisiste decir «cliente.nombre»?")).to_be_visible()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("alert")).to_contain_text("No se guardó")
    expect(shown.get_by_text("Así no se puede enviar")).to_be_visible()
    accessible(page, "plantilla-con-error")
    page.get_by_role("textbox", name="Mensaje").fill("Buenos días, {{cliente.nombre}}:\n\nGracias.")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    expect(page.get_by_text("versión 1")).to_be_visible()

    house.issue(company)
    house.run(company)
    look_at_the_mail(page, mailed_html(house), "correo")
    page.goto(f"{live_server.url}/e/{company.id}/configuracion/correo/plantillas/invoice/")
    page.get_by_role("button", name="Restaurar el texto de la casa").click()
    expect(page.get_by_text("Texto de la casa", exact=True)).to_be_visible()


def look_at_the_mail(page: Page, html: str, name: str) -> None:
    """The mail as it is read on a desk and on a phone, by day and by night: nothing sticks out."""
    letter = page.context.new_page()
    for width, scheme in ((600, "light"), (360, "light"), (360, "dark")):
        letter.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        letter.set_viewport_size({"width": width, "height": 800})
        letter.set_content(html)
        expect(letter.get_by_text("Buenos días")).to_be_visible()
        keep_picture(letter, f"{name}-{width}-{scheme}")
        assert letter.evaluate("document.documentElement.scrollWidth") <= width
    letter.close()


def test_a_subject_that_the_law_fixes_is_locked(page: Page, live_server: Any, house: House) -> None:
    company = house.colombia()
    log_in(page, live_server.url, company)
    page.goto(f"{live_server.url}/e/{company.id}/configuracion/correo/plantillas/invoice/")
    expect(page.get_by_text("Lo fija la norma de la DIAN")).to_be_visible()
    accessible(page, "plantilla-colombia")
