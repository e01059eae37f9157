"""Configuración > Integraciones > API: a token is shown once, and revoked for good."""

from __future__ import annotations

from django.test import Client

from acuse.store import models
from tests.flow.house import House
from tests.web.conftest import Enter
from tests.web.forms import page


def entered(plain: str) -> int:
    headers = {"Authorization": f"Bearer {plain}"}
    return Client().get("/api/v1/company", headers=headers).status_code


def test_a_token_is_made_shown_once_listed_and_revoked(house: House, enter: Enter) -> None:
    company = house.peru()
    client, place = enter(company), f"/e/{company.id}/configuracion/integraciones/api/"
    assert place in client.get(f"/e/{company.id}/configuracion/").content.decode()
    made = client.post(place, {"name": "Caja del centro"})
    (plain,) = page(made).xpath("//code[@id='token']/text()")
    assert "no-store" in made["Cache-Control"]
    assert entered(plain) == 200
    again = client.get(place).content.decode()
    assert plain not in again
    assert f"acuse_{plain.split('_')[1]}" in again
    assert "Caja del centro" in again
    token = models.ApiToken.objects.get()
    assert token.last_used_at
    client.get(f"{place}{token.pk}/revocar/")
    assert entered(plain) == 200
    told = client.post(f"{place}{token.pk}/revocar/", follow=True).content.decode()
    assert "Revocado" in told
    assert "Caja del centro" not in told
    assert entered(plain) == 401


def test_a_token_without_a_name_is_not_made(house: House, enter: Enter) -> None:
    company = house.peru()
    response = enter(company).post(f"/e/{company.id}/configuracion/integraciones/api/", {})
    assert response.status_code == 422
    assert "Falta el nombre" in response.content.decode()
    assert not models.ApiToken.objects.exists()


def test_members_of_other_companies_see_and_revoke_none(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    place = f"/e/{company.id}/configuracion/integraciones/api/"
    owner = enter(company)
    owner.post(place, {"name": "Tienda"})
    token = models.ApiToken.objects.get()
    stranger = enter(other, email="ajena@taller.example")
    assert stranger.get(place).status_code == 404
    assert stranger.post(f"{place}{token.pk}/revocar/").status_code == 404
    theirs = f"/e/{other.id}/configuracion/integraciones/api/"
    stranger.post(f"{theirs}{token.pk}/revocar/")
    token.refresh_from_db()
    assert token.revoked_at is None
