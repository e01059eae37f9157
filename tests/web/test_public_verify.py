"""How the page of a document tells to verify it at the authority, whatever the country."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from acuse import jurisdictions
from acuse.store import models
from tests.flow.house import House
from tests.flow.test_public_pages import pages as pages
from tests.web.forms import page
from tests.web.test_public_page import COUNTRIES, mailed
from tests.web.test_public_page import reader as reader


def typed(response: HttpResponse) -> dict[str, str]:
    """What the page says to type at the authority, by its label."""
    return {
        one.xpath("string(dt)"): one.xpath("string(dd/span)")
        for one in page(response).xpath("//dl[@class='typed']/div")
    }


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_page_says_how_to_verify_at_the_authority(
    house: House, pages: None, reader: Client, country: str
) -> None:
    company = COUNTRIES[country](house)
    issued, plain = mailed(house, company)
    assert "Verificar en" not in reader.get(f"/d/{plain}").content.decode()  # a rehearsal
    models.Company.objects.filter(pk=company.id).update(environment="PRODUCTION")
    response = reader.get(f"/d/{plain}")
    authority = jurisdictions.find(company.jurisdiction).traits.words.authority
    (heading,) = page(response).xpath("//h2[contains(., 'Verificar en')]")
    assert heading.text_content().strip() == f"Verificar en {authority}"
    told = typed(response)
    links = page(response).xpath("//section//a[starts-with(@href, 'https://')]/@href")
    if country == "pe":
        assert told["Serie"] + "-" + told["Número"] == issued.number
        assert told["Importe total"] == "118.00"
        assert links == []
    else:
        assert issued.fiscal_id in told.values()
    if country == "co":
        (link,) = links
        assert link.endswith(issued.fiscal_id)
    for button in page(response).xpath("//dl[@class='typed']//button"):
        assert button.get("hidden") is not None  # without a script it would do nothing
        assert button.get("data-copy") in told.values()


def test_a_voided_document_may_be_verified_too(house: House, pages: None, reader: Client) -> None:
    company = house.peru()
    issued, plain = mailed(house, company)
    models.Company.objects.filter(pk=company.id).update(environment="PRODUCTION")
    models.Document.objects.filter(pk=issued.id).update(state="VOIDED")
    assert "Serie" in typed(reader.get(f"/d/{plain}"))  # the authority says that it is no more
