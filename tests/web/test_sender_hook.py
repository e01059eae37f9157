"""Where the provider tells what became of mail: drawn on screen, shown once."""

from __future__ import annotations

import pytest
from django.test import Client

from acuse.domain.party import Company
from acuse.domain.route import Provider, RouteKind
from acuse.flow import hooks
from acuse.store import activity, models
from tests.flow.house import House
from tests.web.conftest import Enter
from tests.web.forms import alerts, page, words


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


@pytest.fixture
def client(company: Company, enter: Enter) -> Client:
    return enter(company)


def place(company: Company) -> str:
    return f"/e/{company.id}/configuracion/correo/remitente/avisos/"


def by(company: Company, provider: Provider) -> None:
    models.MailRoute.objects.create(
        company_id=company.id,
        kind=RouteKind.PROVIDER.value,
        provider=provider.value,
        sender="facturas@tejidos.example",
    )


def test_without_a_provider_there_is_no_such_page(company: Company, client: Client) -> None:
    assert client.get(place(company)).status_code == 404


def test_an_address_with_a_password_is_shown_once(company: Company, client: Client) -> None:
    by(company, Provider.POSTMARK)
    assert "Crear la dirección" in words(client.get(place(company)))
    made = client.post(place(company))
    address, user, password = page(made).xpath("//dl[@class='record']//code/text()")
    assert hooks.find(address.rstrip("/").rpartition("/")[2])
    assert (user, made["Referrer-Policy"]) == ("acuse", "no-referrer")
    again = words(client.get(place(company)))
    assert address not in again
    assert password not in again
    assert "la anterior deja de servir" in again
    assert activity.company_timeline(company.id)[0].facts == {"provider": "POSTMARK"}
    client.post(place(company))
    assert hooks.find(address.rstrip("/").rpartition("/")[2]) is None


def test_who_signs_is_asked_for_what_proves_it(company: Company, client: Client) -> None:
    by(company, Provider.SES)
    refused = client.post(place(company), {"secret": "no es un tema"})
    assert refused.status_code == 422
    assert "No se creó la dirección" in alerts(refused)
    assert "ARN" in words(refused)
    made = client.post(place(company), {"secret": "arn:aws:sns:us-east-1:123456789012:correo"})
    (address,) = page(made).xpath("//dl[@class='record']//code/text()")
    assert hooks.find(address.rstrip("/").rpartition("/")[2])


def test_the_sender_s_page_says_that_nobody_can_tell(company: Company, client: Client) -> None:
    by(company, Provider.RESEND)
    shown = client.get(f"/e/{company.id}/configuracion/correo/remitente/")
    assert "no tiene dónde avisar" in words(shown)
    client.post(place(company), {"secret": "whsec_c2VjcmV0"})
    shown = client.get(f"/e/{company.id}/configuracion/correo/remitente/")
    assert "tiene dónde avisar qué pasó" in words(shown)
