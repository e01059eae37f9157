"""What a person sees where a page cannot be given: in Spanish, with what to do."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from acuse.project import urls as real
from tests.flow.house import House
from tests.web.conftest import Enter

HOME = 'href="/"'
FAULTS = {
    "403": PermissionDenied("secreto"),
    "400": SuspiciousOperation("secreto"),
    "500": RuntimeError("secreto"),
}


def _fail(_: HttpRequest, kind: str) -> HttpResponse:
    raise FAULTS[kind]


urlpatterns = [path("fails/<kind>/", _fail), *real.urlpatterns]


@pytest.mark.django_db
def test_an_unknown_address_is_told_in_spanish() -> None:
    answer = Client().get("/no/existe/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Aquí no hay nada" in page
    assert "pide otro a quien te lo dio" in page
    assert HOME in page
    assert "Not Found" not in page


def test_another_company_s_page_looks_like_an_absent_one(house: House, enter: Enter) -> None:
    mine, other = house.peru(), house.costa_rica()
    client = enter(mine)
    answer = client.get(f"/e/{other.id}/facturas/")
    assert answer.status_code == 404
    assert answer.content == client.get("/no/existe/").content


@pytest.mark.django_db
def test_a_form_that_lapsed_says_to_load_the_page_again() -> None:
    answer = Client(enforce_csrf_checks=True).post("/cuenta/login/", {"login": "ana"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "El formulario venció" in page
    assert "recarga la página" in page


@pytest.mark.urls("tests.web.test_mishaps")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("403", "Tu usuario no puede hacer esto"),
        ("400", "No pudimos leer"),
        ("500", "Algo falló de nuestro lado"),
    ],
)
@pytest.mark.django_db
def test_each_mishap_has_its_page(kind: str, words: str) -> None:
    answer = Client(raise_request_exception=False).get(f"/fails/{kind}/")
    assert answer.status_code == int(kind)
    page = answer.content.decode()
    assert words in page
    assert HOME in page
    assert "secreto" not in page
