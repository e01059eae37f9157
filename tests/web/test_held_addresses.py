"""A contact whose address bounced says so, and offers to try it again."""

from __future__ import annotations

from acuse.store import models
from tests.flow.house import House
from tests.flow.news import bring, dsn, mailed_again, standing
from tests.web.conftest import Enter

BUTTON = "Volver a intentar con esta dirección"


def test_a_held_address_is_shown_and_tried_again(house: House, enter: Enter) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    contact = models.Customer.objects.get(company_id=company.id)
    client, page = enter(company), f"/e/{company.id}/contactos/{contact.pk}/"
    assert BUTTON not in client.get(page).content.decode()
    bring(dsn(recipient))
    shown = client.get(page).content.decode()
    assert BUTTON in shown
    assert "no llega a nadie" in shown

    tried = client.post(f"{page}reintentar/", {"address": recipient.address}, follow=True)
    assert "Se vuelve a intentar" in tried.content.decode()
    assert BUTTON not in tried.content.decode()
    assert standing(recipient) == "DELIVERING"
    assert client.get(f"{page}reintentar/").status_code == 405


def test_another_companys_address_is_not_touched(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    recipient = mailed_again(house, company)
    house.issue(other)
    bring(dsn(recipient))
    contact = models.Customer.objects.get(company_id=other.id)
    address = {"address": recipient.address}
    enter(other).post(f"/e/{other.id}/contactos/{contact.pk}/reintentar/", address)
    stranger = models.Customer.objects.get(company_id=company.id)
    answer = enter(other, email="otro@taller.example").post(
        f"/e/{company.id}/contactos/{stranger.pk}/reintentar/", address
    )
    assert answer.status_code in (403, 404)
    assert standing(recipient) == "SUPPRESSED"
