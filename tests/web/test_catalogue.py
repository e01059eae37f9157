"""A line's code is looked up: the field says where, and the catalogue answers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import HttpResponse
from lxml import html

from acuse.domain.catalogue import Entry, Nature
from acuse.domain.party import Company
from tests.flow.house import House
from tests.store.test_catalogues import imported
from tests.web.conftest import Enter
from tests.web.forms import page

FIELD = "items-0-extra-cabys"


def place(company: Company, name: str = "cabys") -> str:
    return f"/e/{company.id}/facturas/nueva/catalogo/{name}/"


def options(response: HttpResponse) -> list[dict[str, str]]:
    assert response.status_code == 200
    found = html.fragment_fromstring(response.content.decode(), create_parent="div")
    return [
        {name.removeprefix("data-"): value for name, value in one.attrib.items() if "data-" in name}
        for one in found.xpath(".//li[@role='option']")
    ]


def test_the_field_says_where_it_is_looked_up_and_what_a_choice_fills(
    house: House, enter: Enter
) -> None:
    company = house.costa_rica()
    client = enter(company)
    for address in ("nueva/", "nueva/linea/?index=0&kind=INVOICE"):
        (field,) = page(client.get(f"/e/{company.id}/facturas/{address}")).xpath(
            f"//input[@name='{FIELD}']"
        )
        assert field.get("data-lookup") == place(company)
        assert field.get("data-rate") == "items-0-tax"
        assert field.get("data-nature") == "items-0-extra-product_kind"
        assert field.get("data-settled") == "items-0-extra-tariff"
        assert field.get("type") == "text"


def test_other_countries_look_nothing_up(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    new = client.get(f"/e/{company.id}/facturas/nueva/")
    assert page(new).xpath("//*[@data-lookup]") == []
    assert client.get(place(company), {"buscar": "arroz"}).status_code == 404


def test_what_is_typed_is_found_with_its_rate(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    client = enter(company)
    shipped = client.get(place(company), {"buscar": "diseno"})
    assert options(shipped) == [
        {
            "code": "8314100000000",
            "rate": "13",
            "nature": "SERVICE",
            "words": "Diseño y desarrollo de aplicaciones de TI · servicio · IVA 13 %",
        }
    ]
    assert "falta importar el CABYS oficial" in shipped.content.decode()
    imported(
        Entry("2316100000200", "Arroz <pulido>", Decimal("0.5"), Nature.GOODS),
        Entry("2316100000300", "Arroz sin tarifa"),
    )
    official = client.get(place(company), {"buscar": "arroz"})
    assert [(one["rate"], one["words"]) for one in options(official)] == [
        ("0.5", "Arroz <pulido> · bien · IVA 0,5 %"),
        ("", "Arroz sin tarifa"),
    ]
    assert "falta importar" not in official.content.decode()


@pytest.mark.parametrize("typed", ["nadatiene", "<b>x</b>", "%00", "%FF%FE", "%%", "x" * 5000])
def test_nothing_found_is_said_and_nothing_breaks(house: House, enter: Enter, typed: str) -> None:
    company = house.costa_rica()
    response = enter(company).get(f"{place(company)}?buscar={typed}")
    assert options(response) == []
    assert "Nada con «" in response.content.decode()
    assert "<b>" not in response.content.decode()


def test_more_than_fits_is_said(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    imported(*(Entry(f"{n:013d}", f"Arroz {n}") for n in range(20)))
    response = enter(company).get(place(company), {"buscar": "arroz"})
    assert len(options(response)) == 12
    assert "Hay más" in response.content.decode()


def test_a_form_that_comes_back_says_what_its_code_is(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    response = enter(company).post(
        f"/e/{company.id}/facturas/nueva/", {"items-0-name": "App", FIELD: "8314100000000"}
    )
    assert response.status_code == 422
    (note,) = page(response).xpath(f"//*[@id='{FIELD}-note']")
    assert note.text_content() == "Diseño y desarrollo de aplicaciones de TI · servicio · IVA 13 %"


def test_only_members_search(house: House, enter: Enter) -> None:
    mine, other = house.costa_rica(), house.peru()
    assert enter(other).get(place(mine), {"buscar": "arroz"}).status_code == 404
