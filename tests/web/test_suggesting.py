"""A contact's form filled from its identification, by what the authority knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from acuse.domain.party import Company
from acuse.store import models
from acuse_sandbox.hacienda.options import Fault
from tests.flow.house import House
from tests.web.conftest import Enter

EMPTY = {
    "type": "CJ",
    "number": "",
    "name": "",
    "address-0": "",
    "extra-activity": "",
    "confirmed": "",
}


@pytest.fixture
def company(house: House) -> Company:
    return house.costa_rica()


def searched(enter: Enter, company: Company, **written: str) -> str:
    answer = enter(company).post(f"/e/{company.id}/contactos/buscar/", EMPTY | written)
    assert answer.status_code == 200
    return str(answer.content.decode())


def field(page: str, name: str) -> str:
    """The value of an input, or the chosen option of a select."""
    start = page.index(f'name="{name}"')
    if page.rfind("<select", 0, start) > page.rfind("<input", 0, start):
        chosen = page[start : page.index("</select>", start)].partition(" selected")[0]
        return chosen.rpartition('value="')[2].rstrip().rstrip('"')
    return page[page.index('value="', start) + 7 :].partition('"')[0]


def test_what_was_empty_is_filled(enter: Enter, company: Company) -> None:
    page = searched(enter, company, number="3-101-999888")
    assert field(page, "name") == "Café Ejemplar de Tarrazú S.A."
    assert field(page, "extra-activity") == "474100"
    assert field(page, "type") == "CJ"
    assert field(page, "number") == "3-101-999888"
    assert "Hacienda tiene: Café Ejemplar" in page
    assert "Dejamos" not in page


def test_what_was_written_stays(enter: Enter, company: Company) -> None:
    written = {"name": "Mi café", "extra-activity": "702001", "address-0": "ana@cafe.example"}
    page = searched(enter, company, number="3101999888", confirmed="x", **written)
    assert {name: field(page, name) for name in written} == written
    assert field(page, "confirmed") == "x"
    assert "Dejamos lo que ya habías escrito" in page


def test_the_kind_of_the_identity_is_put_right(enter: Enter, company: Company) -> None:
    page = searched(enter, company, number="199990888", type="CJ")
    assert field(page, "type") == "CF"
    assert "Cédula física" in page.partition("Hacienda tiene")[2]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"number": ""}, "Escribe primero la identificación"),
        ({"number": "3101777666"}, "Hacienda no tiene datos de 3101777666"),
        ({"number": "AB-12", "type": "EXT"}, "Hacienda no busca por esa identificación"),
        ({"number": "1\n2"}, "Hacienda no busca"),
    ],
)
def test_where_nothing_is_found_it_is_said_and_the_form_stays(
    enter: Enter, company: Company, written: dict[str, str], words: str
) -> None:
    page = searched(enter, company, name="Ana", **written)
    assert words in page
    assert field(page, "name") == "Ana"


def test_a_register_out_of_order_is_said(house: House, enter: Enter, company: Company) -> None:
    house.sandbox.world.settings["hacienda.fault"] = Fault.PAGE_502.value
    page = searched(enter, company, number="3101999888")
    assert "Hacienda no respondió" in page
    assert field(page, "number") == "3101999888"


def test_hostile_words_are_only_text(house: House, enter: Enter, company: Company) -> None:
    name = '<script>alert(1)</script>"><img src=x>'
    taxpayer = {"name": name, "activities": "471101"}
    house.sandbox.world.settings["hacienda.taxpayer.3101777666"] = json.dumps(taxpayer)
    page = searched(enter, company, number="3101777666")
    assert "alert(1)" in page
    assert "<script" not in page
    assert "<img" not in page


def test_nobody_else_searches_for_the_company(
    house: House, enter: Enter, company: Company, client: Any
) -> None:
    place = f"/e/{company.id}/contactos/buscar/"
    assert client.post(place, EMPTY).status_code == 302
    assert enter(house.peru()).post(place, EMPTY).status_code == 404
    assert enter(company, email="otra@taller.example").get(place).status_code == 405


def test_no_log_in_and_no_exchange_is_made(house: House, enter: Enter, company: Company) -> None:
    searched(enter, company, number="3101999888")
    assert [e.purpose for e in house.sandbox.world.ledger.read()] == ["ask"]
    assert not models.ChannelNote.objects.exists()


def test_the_form_offers_it_where_it_can_be_asked(
    house: House, enter: Enter, company: Company
) -> None:
    for other, offered in ((company, True), (house.colombia(), True), (house.peru(), False)):
        email = f"p{other.id}@taller.example"
        page = enter(other, email=email).get(f"/e/{other.id}/contactos/nuevo/").content.decode()
        assert ("Buscar en" in page) is offered


def test_numberings_are_not_asked_where_only_contacts_are(enter: Enter, company: Company) -> None:
    page = (
        enter(company)
        .get(f"/e/{company.id}/configuracion/facturacion/numeraciones/")
        .content.decode()
    )
    assert "Numeraciones" in page
    assert "Leer" not in page
