"""Configuración > Correo > Aperturas: an image in the mail, of whoever wants one, and its count."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from acuse.domain.activity import EventKind
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.flow.issue import Issued
from acuse.store import models
from acuse.store import public_pages as kept
from acuse_sandbox.mailbox import shown
from tests.flow.house import BY, House
from tests.flow.test_public_pages import pages as pages
from tests.web.conftest import Enter
from tests.web.forms import alerts, page, words
from tests.web.test_public_page import BROWSER
from tests.web.test_public_page import patient as patient

PIXEL = re.compile(r'<img [^>]*src="https://papeles\.ejemplar\.example(/d/[\w-]{22}/correo\.gif)"')


@pytest.fixture
def program() -> Client:
    """A mail program in somebody's hands that shows images."""
    return Client(headers={"user-agent": BROWSER, "sec-fetch-mode": "no-cors"})


def pixels(house: House) -> list[str]:
    return [one for mail in house.mail() for one in PIXEL.findall(shown(mail)["html"])]


def mailed_with(house: House) -> tuple[Issued, str]:
    company = house.peru()
    company_flow.set_counts_opens(company.id, True, by=BY, at=outside.now())
    issued = house.issue(company)
    house.run(company)
    (pixel,) = pixels(house)
    return issued, pixel


def told(issued: Issued) -> list[str]:
    rows = models.Event.objects.filter(document_id=issued.id)
    return [one.kind for one in rows if one.kind == EventKind.MAIL_OPENED]


def test_no_mail_has_an_image_unless_the_company_says_so(house: House, pages: None) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    assert house.mail()
    assert "<img" not in shown(house.mail()[0])["html"]


def test_an_opened_mail_is_counted_and_told_once(
    house: House, pages: None, patient: None, program: Client
) -> None:
    issued, pixel = mailed_with(house)
    got = program.get(pixel)
    assert (got.status_code, got["Content-Type"]) == (200, "image/gif")
    with Image.open(io.BytesIO(got.content)) as image:
        assert image.size == (1, 1)
        assert image.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)
    assert "no-store" in got["Cache-Control"]
    assert not got.cookies
    program.get(pixel)
    (row,) = kept.of_document(issued.id)
    assert (row.opens, row.machine_opens, row.people, row.downloads) == (2, 0, 0, 0)
    assert len(told(issued)) == 1


@pytest.mark.parametrize(
    "agent",
    ["Mozilla/5.0", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) (via ggpht.com GoogleImageProxy)"],
)
def test_a_program_that_loads_images_for_its_people_is_no_reader(
    house: House, pages: None, patient: None, agent: str
) -> None:
    issued, pixel = mailed_with(house)
    assert Client(headers={"user-agent": agent}).get(pixel).status_code == 200
    (row,) = kept.of_document(issued.id)
    assert (row.opens, row.machine_opens) == (0, 1)
    assert told(issued) == []


def test_a_scanner_in_the_way_of_the_mail_opens_nothing(
    house: House, pages: None, program: Client
) -> None:
    issued, pixel = mailed_with(house)
    program.get(pixel)  # seconds after it left
    assert told(issued) == []


def test_the_switch_is_off_and_says_what_it_can_tell(
    house: House, pages: None, enter: Enter, patient: None, program: Client
) -> None:
    company = house.peru()
    client, place = enter(company), f"/e/{company.id}/configuracion/correo/aperturas/"
    assert "Aperturas · avisar cuando se abre un correo; apagado" in words(
        client.get(f"/e/{company.id}/configuracion/")
    )
    shown_page = client.get(place)
    assert not page(shown_page).get_element_by_id("counts_opens").checked
    saved = client.post(place, {"counts_opens": "on"}, follow=True)
    assert page(saved).get_element_by_id("counts_opens").checked
    issued = house.issue(company)
    house.run(company)
    program.get(pixels(house)[0])
    detail = words(client.get(f"/e/{company.id}/facturas/{issued.id}/"))
    assert "Aperturas1 de personas · 0 de máquinas" in detail
    assert "Alguien abrió probablemente el correo enviado a" in detail
    client.post(place, {})
    house.issue(company)
    house.run(company)
    assert len(pixels(house)) == 1


def test_without_public_pages_it_cannot_be_turned_on(
    house: House, enter: Enter, settings: Any
) -> None:
    settings.PUBLIC_URL = settings.SANDBOX_PUBLIC_URL = ""
    company = house.peru()
    client, place = enter(company), f"/e/{company.id}/configuracion/correo/aperturas/"
    assert "sin ellas ningún correo puede avisar" in words(client.get(place))
    refused = client.post(place, {"counts_opens": "on"})
    assert refused.status_code == 422
    assert "ACUSE_PUBLIC_URL" in alerts(refused)
    assert not models.Company.objects.get().counts_opens
