"""The mailbox's screen: tried, saved, mended, and what came told in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from acuse.domain.party import Company
from acuse.flow import collect, outside
from acuse.store import companies, mailboxes, models
from acuse_sandbox.reading_script import Fault
from tests.flow.house import House
from tests.flow.news import dsn, mailed
from tests.flow.post import ADDRESS, collected, connect, letter, post
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders
from tests.jurisdictions.co import papers
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, page

FORM = {
    "protocol": "IMAP",
    "host": "IMAP.compradora.example",
    "security": "TLS",
    "port": "",
    "username": ADDRESS,
    "password": "clave",
    "folder": "",
}


@pytest.fixture
def company(house: House) -> Company:
    return house.colombia()


@pytest.fixture
def client(company: Company, enter: Enter) -> Client:
    return enter(company)


def url(company: Company, rest: str = "") -> str:
    return f"/e/{company.id}/configuracion/facturacion/buzon/{rest}"


def test_without_a_mailbox_it_says_what_it_is_for(client: Client, company: Company) -> None:
    response = client.get(url(company))
    text = page(response).text_content()
    assert "No borramos, marcamos ni respondemos nada" in text
    assert "Cuando conectes el buzón" in text
    assert "Desconectar" not in buttons(response)
    received = client.get(f"/e/{company.id}/recibidos/")
    (link,) = page(received).xpath("//*[@class='empty']//a")
    assert link.get("href") == url(company)
    assert "Buzón de recepción" in client.get(f"/e/{company.id}/configuracion/").content.decode()


def test_it_is_tried_before_it_is_saved(client: Client, company: Company, house: House) -> None:
    post(house, letter(), letter())
    response = client.post(url(company), FORM | {"action": "try"})
    assert response.status_code == 200
    (status,) = page(response).xpath("//*[@role='status']")
    assert "hay 2 mensajes" in status.text_content()
    assert mailboxes.active(company.id) is None
    assert 'value="clave"' not in response.content.decode()
    house.sandbox.reading.add({}, [Fault("login", "refuse", "no eres tú")])
    response = client.post(url(company), FORM | {"action": "try"})
    assert "no aceptó el usuario o la contraseña" in alerts(response)
    assert "no eres tú" in alerts(response)


def test_it_is_saved_with_the_usual_port_and_folder(client: Client, company: Company) -> None:
    assert client.post(url(company), FORM).status_code == 302
    kept = mailboxes.active(company.id)
    assert kept is not None
    assert (kept.place.host, kept.place.port, kept.place.folder) == (
        "imap.compradora.example",
        993,
        "INBOX",
    )
    assert b"clave" not in kept.wrapped_password
    response = client.get(url(company))
    assert "Se lee" in page(response).text_content()
    assert "Desconectar" in buttons(response)


def test_an_empty_password_keeps_the_saved_one_for_the_same_server_only(
    client: Client, company: Company
) -> None:
    client.post(url(company), FORM)
    before = mailboxes.active(company.id)
    again = FORM | {"password": "", "port": "143", "security": "STARTTLS"}
    assert client.post(url(company), again).status_code == 302
    kept = mailboxes.active(company.id)
    assert kept is not None
    assert before is not None
    assert (kept.id, kept.place.port) == (before.id, 143)
    elsewhere = again | {"host": "imap.ladron.example"}
    for action in ("save", "try"):
        response = client.post(url(company), elsewhere | {"action": action})
        assert response.status_code == 422
        assert "Escribe la contraseña" in page(response).text_content()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"host": ""}, "Falta. Escríbelo."),
        ({"host": "http://imap.example/"}, "sin http ni barras"),
        ({"username": ""}, "Falta. Escríbelo."),
        ({"port": "x"}, "El puerto es un número"),
        ({"port": "70000"}, "de 1 a 65535"),
        ({"port": "22"}, "Elige uno de ellos"),
        ({"security": "NONE", "host": "localhost"}, "viajaría a la vista"),
        ({"protocol": "NNTP"}, "Elige el protocolo"),
        ({"folder": "x" * 300}, "Caben 200"),
        ({"username": "a\u202eb"}, "sin caracteres invisibles"),
    ],
)
def test_what_cannot_be_is_said_in_its_place(
    client: Client, company: Company, changes: dict[str, str], words: str
) -> None:
    response = client.post(url(company), FORM | changes)
    assert response.status_code == 422
    wrong = " ".join(one.text_content() for one in page(response).xpath("//*[@class='wrong']"))
    assert words in wrong
    assert mailboxes.active(company.id) is None


def test_private_places_are_for_whom_the_operator_allows(
    client: Client, company: Company, settings: Any
) -> None:
    settings.PRIVATE_MAILBOXES = True
    form = FORM | {"security": "NONE", "host": "localhost", "port": "1143"}
    assert client.post(url(company), form).status_code == 302


def test_a_stopped_mailbox_says_why_and_is_mended_by_saving(
    client: Client, company: Company
) -> None:
    client.post(url(company), FORM | {"password": "RECHAZA"})
    collected(company)
    response = client.get(url(company))
    assert "Con tropiezos" in page(response).text_content()
    assert "Próximo intento" in page(response).text_content()
    collected(company)
    response = client.get(url(company))
    assert "Dejamos de leer el buzón" in alerts(response)
    assert "Leer ahora" not in buttons(response)
    client.post(url(company), FORM)
    assert "Se lee" in page(client.get(url(company))).text_content()


def test_each_message_is_told_with_what_became_of_it(traders: Traders, enter: Enter) -> None:
    company = traders.buyer
    refused = letter(("f.xml", papers.invoice()), subject="<b>Suelta</b>")
    good = letter(("z.zip", traders.mailed(traders.sell())))
    post(traders.house, letter(subject="¿Me pagas?"), refused, good)
    connect(company)
    collected(company)
    client = enter(company)
    response = client.get(url(company))
    rows = [
        " ".join(row.text_content().split()) for row in page(response).xpath("//table//tbody/tr")
    ]
    assert len(rows) == 3
    number = models.Received.objects.get().number
    assert "Recibido" in rows[0]
    assert number in rows[0]
    assert "No se guardó" in rows[1]
    assert "f.xml: El archivo es «Invoice»" in rows[1]
    assert "<b>Suelta</b>" in rows[1]
    assert "Nada que guardar" in rows[2]
    assert "como llegó" not in rows[2]
    row = models.IncomingMessage.objects.get(outcome="REFUSED")
    assert client.get(url(company, str(row.pk))).content == refused
    nothing = models.IncomingMessage.objects.get(outcome="NOTHING")
    assert client.get(url(company, str(nothing.pk))).status_code == 404


def test_older_messages_are_on_further_pages(
    client: Client, company: Company, house: House
) -> None:
    post(house, *(letter(subject=f"n{n}") for n in range(33)))
    connect(company)
    while collect.collect(company.id, at=outside.now()).more:
        pass
    response = client.get(url(company))
    (older,) = page(response).xpath("//a[contains(text(),'Más antiguos')]/@href")
    assert len(page(client.get(url(company) + older)).xpath("//tbody/tr")) == 3


def test_it_is_read_at_once_or_no_more(client: Client, company: Company) -> None:
    client.post(url(company), FORM)
    models.Mailbox.objects.update(wake_at=None)
    client.post(url(company, "leer/"))
    assert models.Mailbox.objects.get().wake_at is not None
    client.post(url(company, "desconectar/"))
    assert mailboxes.active(company.id) is None
    assert client.get(url(company, "leer/")).status_code == 405


def test_nobody_sees_anothers_mailbox(house: House, company: Company, enter: Enter) -> None:
    other = house.colombia(serial=papers.BUYER, tax_id=type(company.tax_id)("NIT", papers.BUYER))
    post(house, letter(("f.xml", papers.invoice())))
    connect(company)
    collected(company)
    row = models.IncomingMessage.objects.get()
    client = enter(other, email="otra@taller.example")
    for rest in ("", "leer/", "desconectar/", str(row.pk)):
        assert client.post(url(company, rest)).status_code == 404
    assert client.get(url(other, str(row.pk))).status_code == 404


def test_where_nobody_receives_it_is_for_what_bounces(house: House, enter: Enter) -> None:
    recipient = mailed(house)
    peru = companies.load(recipient.company_id)
    client = enter(peru)
    text = page(client.get(url(peru))).text_content()
    assert "vuelven los rebotes y avisos de lo que enviaste" in text
    assert "proveedores" not in text
    assert "Buzón de recepción" in client.get(f"/e/{peru.id}/configuracion/").content.decode()
    post(house, dsn(recipient), letter(("z.zip", b"PK\x03\x04")))
    connect(peru)
    collected(peru)
    response = client.get(url(peru))
    told, bounced = (
        " ".join(row.text_content().split()) for row in page(response).xpath("//tbody/tr")
    )
    assert "Nada que guardar" in told
    assert f"F001-1: el correo a {recipient.address} no llegó" in bounced
    assert "Anotado en su factura" in bounced
    (link,) = page(response).xpath("//tbody//a/@href")
    assert client.get(link).status_code == 200
