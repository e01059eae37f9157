"""The DNS panel: what each record should be, what it is, and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from acuse.domain.party import Company
from acuse.flow import outside, sender_keys
from acuse.store import models, senders
from tests.flow.house import BY, House
from tests.support.dns_server import DnsServer
from tests.support.senders import (
    OWN,
    SHARED,
    offline,
    own_domain,
    published,
    really,
    shared_road,
)
from tests.support.senders import dns as dns
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, page, words


@pytest.fixture
def company(house: House) -> Company:
    shared_road()
    return really(house.peru())


@pytest.fixture
def client(company: Company, enter: Enter) -> Client:
    return enter(company)


def url(company: Company, rest: str = "") -> str:
    return f"/e/{company.id}/configuracion/correo/dominio/{rest}"


def look(client: Client, company: Company) -> Any:
    return client.post(url(company, "comprobar/"), follow=True)


def states(response: Any) -> list[str]:
    found = page(response).xpath("//ul[@class='records']//*[contains(@class, 'chip')]")
    return [one.text_content().strip() for one in found]


def test_a_rehearsal_has_no_dns(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    assert "no sale al mundo" in words(client.get(url(company)))
    refused = client.post(url(company, "llave/"), follow=True)
    assert "no se firma" in alerts(refused)
    assert "Dominio" in words(client.get(f"/e/{company.id}/configuracion/"))


def test_without_a_road_there_is_nothing_to_look_at(house: House, enter: Enter) -> None:
    company = really(house.peru())
    client = enter(company)
    assert "Todavía no hay remitente" in words(client.get(url(company)))
    assert "Todavía no hay remitente" in words(look(client, company))


def test_who_has_no_sender_of_its_own_sees_the_installations(
    client: Client, company: Company, dns: DnsServer
) -> None:
    shown = client.get(url(company))
    assert SHARED in words(shown)
    assert set(states(shown)) == {"Sin comprobar", "No hace falta"}
    assert not [one for one in buttons(shown) if "llave" in one]
    assert "Falta" in states(look(client, company))


def test_from_nothing_to_all_right(client: Client, company: Company, dns: DnsServer) -> None:
    own_domain(company)
    shown = client.get(url(company))
    assert f"los correos salen con {SHARED}" in words(shown)
    assert "Crear la llave DKIM" in buttons(shown)
    made = client.post(url(company, "llave/"), follow=True)
    assert "Publica su registro" in words(made)
    kept = senders.of(company.id)
    assert kept is not None
    assert kept.key is not None
    copied = [one.get("data-copy") for one in page(made).xpath("//button[@data-copy]")]
    assert f"v=DKIM1; k=rsa; p={kept.key.public}" in copied
    assert states(look(client, company))[:2] == ["Correcto", "Falta"]
    published(dns, kept.key)
    models.MailRoute.objects.update(checked_at=None)  # some time has passed
    shown = look(client, company)
    assert set(states(shown)) == {"Correcto"}
    assert "Comprobado ahora" in words(shown)
    assert "los correos salen con" not in words(shown)
    assert "Cambiar la llave DKIM" in buttons(shown)
    waits = client.post(url(company, "llave/"), follow=True)
    assert "DKIM, llave nueva" in words(waits)
    assert "Cambiar la llave DKIM" not in buttons(waits)


def test_offline_it_says_so(client: Client, company: Company, settings: Any) -> None:
    own_domain(company)
    offline(settings)
    shown = look(client, company)
    assert "Sin DNS: no se pudo comprobar" in words(shown)
    assert "Comprobado ahora" not in words(shown)
    assert states(shown)[0] == "No se pudo comprobar"


def test_the_dns_is_not_asked_again_at_once(
    client: Client, company: Company, dns: DnsServer
) -> None:
    look(client, company)
    asked = len(dns.asked)
    look(client, company)
    assert len(dns.asked) == asked > 0


def test_what_stands_in_the_dns_is_shown_as_text(
    client: Client, company: Company, dns: DnsServer
) -> None:
    own_domain(company)
    dns.tell({("tejidos.example", "TXT"): ('"v=spf1 <script>alert(1)</script> -all"',)})
    shown = look(client, company)
    assert b"<script>alert" not in shown.content
    assert "no se entiende «<script>alert(1)</script>»" in words(shown)


def test_a_provider_signs_for_itself(client: Client, company: Company) -> None:
    models.MailRoute.objects.create(
        company_id=company.id, kind="PROVIDER", provider="BREVO", sender=OWN
    )
    assert not [one for one in buttons(client.get(url(company))) if "llave" in one]
    assert "Tu proveedor" in alerts(client.post(url(company, "llave/"), follow=True))


def test_a_strangers_panel_is_not_there(house: House, enter: Enter, company: Company) -> None:
    stranger = enter(house.costa_rica(), email="otra@persona.example")
    for rest in ("", "comprobar/", "llave/"):
        assert stranger.post(url(company, rest)).status_code == 404
    own_domain(company)
    sender_keys.make(company.id, by=BY, at=outside.now())
    assert stranger.get(url(company)).status_code == 404
