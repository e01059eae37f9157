"""The contact's form tells at its field what cannot be an identity."""

from __future__ import annotations

import pytest

from tests.flow.house import House
from tests.flow.identities import COUNTRIES, RIGHT, WRONG, kept
from tests.web.conftest import Enter
from tests.web.forms import page


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_form_says_it_at_the_field(house: House, enter: Enter, country: str) -> None:
    kind, number, _, hint = WRONG[country]
    company = getattr(house, country)()
    client, place = enter(company), f"/e/{company.id}/contactos/nuevo/"
    told = {"type": kind, "number": number, "name": "Ejemplar"}
    refused = client.post(place, told)
    assert refused.status_code == 422
    (field,) = page(refused).xpath("//input[@aria-invalid='true']")
    assert (field.get("name"), field.value) == ("number", number)
    assert hint in refused.content.decode()
    assert client.post(place, told | {"number": RIGHT[country][1]}).status_code == 302
    assert kept() == [(kind, RIGHT[country][2])]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_kind_that_the_country_does_not_have_is_refused_at_its_field(
    house: House, enter: Enter, country: str
) -> None:
    company = getattr(house, country)()
    told = {"type": "XYZ", "number": "20999888772", "name": "Ejemplar"}
    refused = enter(company).post(f"/e/{company.id}/contactos/nuevo/", told)
    assert refused.status_code == 422
    (field,) = page(refused).xpath("//select[@aria-invalid='true']")
    assert field.name == "type"
