"""The sender's screen: the four modes, the trial told line by line, and a server that is paused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from acuse.domain.party import Company
from acuse.flow import outside
from acuse.store import models, routes
from tests.flow.house import House
from tests.flow.leaving import LOG_IN, PASSWORD, REFUSED, accepted, set_road, states
from tests.flow.leaving import allowed as allowed
from tests.flow.post import PLACE, connect
from tests.gateways.smtp_server import ScriptedSmtp
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, page, words


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


@pytest.fixture
def client(company: Company, enter: Enter) -> Client:
    """A member; the company's mail really leaves."""
    models.Company.objects.filter(pk=company.id).update(environment="TEST")
    return enter(company)


def url(company: Company, rest: str = "") -> str:
    return f"/e/{company.id}/configuracion/correo/remitente/{rest}"


def form(server: ScriptedSmtp, **changes: str) -> dict[str, str]:
    return {
        "mode": "smtp",
        "sender": "ventas@salida.example",
        "host": "127.0.0.1",
        "port": str(server.server.port),
        "security": "NONE",
        "username": "ventas",
        "password": PASSWORD,
        "per_minute": "",
    } | changes


def dialogue(response: HttpResponse) -> str:
    return " ".join(
        one.text_content() for one in page(response).xpath("//*[@class='dialogue']//code")
    )


def test_without_a_road_it_says_what_is_missing(client: Client, company: Company) -> None:
    told = words(client.get(url(company)))
    assert "Todavía no hay por dónde enviar" in told
    assert "Sin salida" in told
    assert "Remitente" in words(client.get(f"/e/{company.id}/configuracion/"))
    response = client.post(url(company), {"mode": "instalacion", "action": "try"})
    assert response.status_code == 422
    assert "guarda un servidor" in alerts(response)


def test_each_mode_has_its_form(client: Client, company: Company) -> None:
    def names(query: str) -> set[str]:
        found = page(client.get(url(company) + query))
        return {one.get("name") for one in found.xpath("//main//form//input|//main//select")}

    assert {"host", "port", "security", "username", "password"} <= names("?modo=smtp")
    assert "host" not in names("?modo=dominio")
    assert "sender" in names("?modo=dominio")
    assert {"region", "access_key", "password"} <= names("?modo=proveedor&proveedor=ses")
    assert {"domain", "region"} <= names("?modo=proveedor&proveedor=MAILGUN")
    assert "sender" not in names("?modo=instalacion")
    assert client.get(url(company) + "?modo=x&proveedor=y").status_code == 200


def test_a_server_is_tried_before_it_is_saved(client: Client, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        response = client.post(url(company), form(server, action="try"))
        assert response.status_code == 200
        (status,) = page(response).xpath("//*[@id='trial']//*[@role='status']")
        assert "Correo enviado." in status.text_content()
        told = dialogue(response)
        assert "AUTH PLAIN •••" in told
        assert "MAIL FROM:<ventas@salida.example>" in told
        assert "250 2.0.0 queued as ABC123" in told
        assert PASSWORD not in response.content.decode()
        (mail,) = server.mails
        assert b"To: <ana@taller.example>" in mail
        assert b"muestra.xml" in mail
        assert "RCPT TO:<ana@taller.example>" in server.said
    assert routes.kept(company.id) is None


def test_who_sends_by_his_own_server_is_told_who_reads_what_bounces(
    client: Client, company: Company
) -> None:
    """Its return path is the company's: nobody but its own mailbox hears of a bounce."""
    assert "rebota" not in words(client.get(url(company)))
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server)
    response = client.get(url(company))
    (note,) = page(response).xpath("//*[@role='note'][contains(., 'Nadie lee lo que rebota')]")
    told = " ".join(note.text_content().split())
    assert "los rebotes vuelven a ventas@salida.example" in told
    assert "se queda como «Enviado»" in told
    (link,) = note.xpath(".//a")
    assert "Configuración › Facturación › Buzón de recepción" in link.text_content()
    assert client.get(link.get("href")).status_code == 200

    connect(company, replace(PLACE, username="ventas@salida.example"))
    told = words(client.get(url(company)))
    assert "leemos el buzón ventas@salida.example" in told
    assert "Nadie lee" not in told
    assert "termine también en ese buzón" not in told
    connect(company)
    assert "llega a ventas@salida.example termine también" in words(client.get(url(company)))
    models.Mailbox.objects.update(paused_reason="No aceptó la contraseña.")
    told = words(client.get(url(company)))
    assert "Dejamos de leer lo que rebota. No aceptó la contraseña." in told


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ({"AUTH": REFUSED}, "no aceptó el usuario o la contraseña"),
        ({"GREETING": b"554 no\r\n"}, "no quiso seguir"),
        ({"MAIL": b"550 5.7.1 not you\r\n"}, "no acepta al remitente"),
        ({"RCPT": b"550 5.1.1 nobody\r\n"}, "no aceptó tu dirección"),
        ({"DOT": b"554 5.7.1 spam\r\n"}, "no aceptó el mensaje"),
        ({"EHLO": b"250 AUTH NTLM\r\n"}, "no aceptó el usuario"),
    ],
)
def test_what_went_wrong_is_told_with_what_it_means_and_what_to_do(
    client: Client, company: Company, script: dict[str, bytes], what: str
) -> None:
    with ScriptedSmtp(script, extensions=LOG_IN) as server:
        response = client.post(url(company), form(server, action="try"))
    assert response.status_code == 200
    assert what in alerts(response)
    assert not models.Attempt.objects.exists()
    assert routes.kept(company.id) is None


def test_a_server_that_is_not_there_is_told(client: Client, company: Company) -> None:
    with ScriptedSmtp() as gone:
        told = form(gone, action="try")
    assert "No se pudo conectar" in alerts(client.post(url(company), told))


def test_saved_it_is_used_shown_and_cleared(client: Client, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        assert client.post(url(company), form(server, per_minute="30")).status_code == 302
        response = client.get(url(company))
        told = words(response)
        assert "ventas@salida.example" in told
        assert "Sin probar" in told
        assert PASSWORD not in response.content.decode()
        again = form(server, password="", action="try", per_minute="30")
        assert client.post(url(company), again).status_code == 200
        assert "Funciona" in words(client.get(url(company)))
        assert routes.kept(company.id) is not None
        assert client.post(url(company), {"mode": "instalacion"}).status_code == 302
        assert routes.kept(company.id) is None


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"sender": ""}, "Falta"),
        ({"sender": "nadie"}, ""),
        ({"host": "http://smtp.example/"}, "sin http ni barras"),
        ({"port": "x"}, "Es un número"),
        ({"port": "70000"}, "de 1 a 65535"),
        ({"per_minute": "0"}, "de 1 a"),
        ({"security": "SSL"}, "Elige una"),
        ({"password": ""}, "Escribe la contraseña"),
        ({"host": "x" * 300}, "Caben 253"),
    ],
)
def test_what_cannot_be_is_said_in_its_place(
    client: Client, company: Company, changes: dict[str, str], what: str
) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        for action in ("save", "try"):
            response = client.post(url(company), form(server, action=action, **changes))
            assert response.status_code == 422
            wrong = [one.text_content() for one in page(response).xpath("//*[@class='wrong']")]
            assert what in " ".join(wrong)
            assert wrong
        assert server.said == []
    assert routes.kept(company.id) is None


def test_nobody_reaches_the_inside_unless_the_operator_allows(
    client: Client, company: Company, settings: Any
) -> None:
    settings.PRIVATE_MAILBOXES = False
    with ScriptedSmtp(extensions=LOG_IN) as server:
        response = client.post(url(company), form(server, action="try"))
        assert response.status_code == 422
        tls = form(server, action="try", security="STARTTLS", port="587")
        response = client.post(url(company), tls)
        assert "private network" in words(response)
        assert server.said == []


def test_an_own_domain_waits_for_the_dns(client: Client, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(None, server)
        told = {"mode": "dominio", "sender": "facturas@propia.example"}
        assert client.post(url(company), told).status_code == 302
        shown = words(client.get(url(company)))
        assert "facturas@propia.example se usará cuando el DNS diga" in shown
        assert "<ventas@salida.example>" in shown
        response = client.post(url(company), told | {"action": "try"})
        assert "Correo enviado." in words(response)
        assert b"From: " in server.mails[0]
        assert b"ventas@salida.example" in server.mails[0]


def test_a_paused_server_is_told_where_it_is_looked_for_and_tried_at_once(
    client: Client, company: Company, house: House
) -> None:
    script = {"AUTH": [REFUSED, REFUSED, b"235 welcome\r\n"]}
    with ScriptedSmtp(script, extensions=LOG_IN) as server:
        set_road(company, server)
        ids = accepted(house, company)
        house.deliver()
        for address in (
            url(company),
            f"/e/{company.id}/fallos/",
            f"/e/{company.id}/fallos/OUR_SERVER/",
        ):
            response = client.get(address)
            assert "está en pausa" in alerts(response)
            assert "Próximo intento" in alerts(response)
            assert "5.7.8 authentication failed" in alerts(response)
            assert "Probar ahora" in buttons(response)
        assert "no aceptó el usuario" in alerts(client.post(url(company, "probar/")))
        assert routes.closed(company.id, at=outside.now())
        response = client.post(url(company, "probar/"))
        assert "Correo enviado." in words(response)
        assert "está en pausa" not in words(response)
        house.deliver()
        assert states(*ids) == ["SENT"]


def test_a_rehearsal_mails_its_trial_into_the_pretended_world(
    house: House, company: Company, enter: Enter
) -> None:
    client = enter(company)
    response = client.post(url(company), {"mode": "instalacion", "action": "try"})
    assert "Correo enviado." in words(response)
    (mail,) = house.mail()
    assert mail.recipient == "ana@taller.example"
    assert b"MUESTRA" in mail.raw or b"muestra.pdf" in mail.raw
    assert "es un ensayo" in words(client.get(url(company)))


def test_nobody_sees_anothers_sender(house: House, company: Company, enter: Enter) -> None:
    other = house.costa_rica()
    stranger = enter(other, email="otra@taller.example")
    for rest in ("", "probar/"):
        assert stranger.post(url(company, rest)).status_code == 404
    assert enter(company).get(url(company, "probar/")).status_code == 405
