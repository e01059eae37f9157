"""Bandeja de fallos: what a person sees, mends in its row, decides for all, takes as a file."""

from __future__ import annotations

import csv
import io

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from acuse.domain.alarm import Trouble
from acuse.domain.email import MOST_SHARED
from acuse.domain.failure import Cause
from acuse.domain.party import Company, TaxId
from acuse.flow import outside
from acuse.store import alarms, customers, failing, forwards, models
from acuse.web.csv_file import BOM, safe
from tests.flow import failed
from tests.flow.house import House
from tests.flow.test_stranded import stranded
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, page, words

OTHER = TaxId("RUC", "20999111221")  # of a customer who has no address


def place(company: Company, rest: str = "") -> str:
    return f"/e/{company.id}/fallos/{rest}"


def left(company: Company) -> dict[Cause, int]:
    return failing.counts(company.id, at=outside.now())


def exported(client: Client, company: Company, query: str = "") -> list[list[str]]:
    response = client.get(place(company, f"exportar.csv{query}"))
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response.streaming_content).decode()  # type: ignore[arg-type]  # it is no async one
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM))))


def test_nothing_failed_says_so_and_the_frame_counts_none(house: House, enter: Enter) -> None:
    company = house.peru()
    response = enter(company).get(place(company))
    assert "Todo lo aceptado llegó a tus clientes" in words(response)
    assert not page(response).xpath("//nav//span[@class='count']")


def test_each_cause_has_its_sentence_its_rows_and_its_deeds(house: House, enter: Enter) -> None:
    company = house.peru()
    held = failed.without_email(house, company, tax_id=OTHER)
    full = failed.refused(house, company, failed.FULL)
    response = enter(company).get(place(company))
    told = words(response)
    for expected in ("Falta correo", "Agrégalo aquí", held.number, "Buzón lleno", full.number):
        assert expected in told
    assert "552 5.2.2" in told or "mailbox full" in told
    assert {"Guardar y enviar", "Corregir y reenviar", "Reintentar todos"} <= set(buttons(response))
    counted = page(response).xpath("//nav[@class='rail']//span[@class='count']")[0]
    assert counted.text_content() == "2"


def test_the_address_is_added_in_the_row_and_the_mail_leaves(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.without_email(house, company)
    key = house.delivery(issued.id).pk
    client = enter(company)
    at = place(company, f"NO_EMAIL/{key}/correo/")
    refused = client.post(at, {"emails": "sin arroba"}, follow=True)
    assert "No se guardó" in alerts(refused)
    (kept,) = page(refused).xpath("//input[@name='emails']/@value")
    assert kept == "sin arroba"
    told = client.post(at, {"emails": "nuevo@cliente.example"}, follow=True)
    assert "sale solo" in words(told)
    house.run(company)
    assert house.recipients(issued.id) == [("nuevo@cliente.example", "SENT")]


def test_an_answer_that_did_not_reach_the_company_is_downloaded_there(
    house: House, enter: Enter
) -> None:
    company, other = house.peru(), house.costa_rica()
    recipient = stranded(house, company)
    client = enter(company)
    shown = client.get(place(company))
    for expected in ("Respuestas que no te llegaron", "ana@cliente.example", "5.3.4"):
        assert expected in words(shown)
    assert {"Reintentar", "Resuelto"} <= set(buttons(shown))
    (link,) = page(shown).xpath("//a[contains(@href, 'respuesta.eml')]/@href")
    saved = client.get(link)
    assert f"In-Reply-To: {recipient.message_name}".encode() in saved.content
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["Content-Type"] == "application/octet-stream"
    key = int(link.split("/")[-2])
    assert forwards.stranded(other.id, key) is None
    at = place(company, f"ANSWER/{key}/hacer/")
    assert "Hecho" in words(client.post(at, {"do": "resolve"}, follow=True))
    assert left(company) == {}
    assert client.get(link).status_code == 404


def test_a_doubtful_address_is_asked_about_once(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.without_email(house, company)
    at = place(company, f"NO_EMAIL/{house.delivery(issued.id).pk}/correo/")
    client = enter(company)
    asked = client.post(at, {"emails": "ana@gmial.com", "back": place(company)}, follow=True)
    assert "gmail.com" in alerts(asked)
    (insisted,) = page(asked).xpath("//input[@name='insisted']/@value")
    client.post(at, {"emails": "ana@gmial.com", "insisted": insisted})
    assert left(company) == {}


def test_all_of_a_cause_are_shown_before_they_are_closed(house: House, enter: Enter) -> None:
    company = house.peru()
    for _ in range(2):
        failed.without_email(house, company)
    client = enter(company)
    asked = client.post(place(company, "NO_EMAIL/hacer/"), {"do": "dismiss", "upto": str(2**50)})
    assert "2 documentos." in words(asked)
    assert left(company) == {Cause.NO_EMAIL: 2}
    told = client.post(
        place(company, "NO_EMAIL/hacer/"),
        {"do": "dismiss", "upto": str(2**50), "confirmed": "on"},
        follow=True,
    )
    assert "2 cerrados sin correo." in words(told)
    assert left(company) == {}


def test_one_is_done_at_once_and_twice_says_so(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    at = place(company, f"BAD_ADDRESS/{failed.mail_of(issued).pk}/hacer/")
    client = enter(company)
    assert "Hecho" in words(client.post(at, {"do": "resolve"}, follow=True))
    assert "ya no está así" in alerts(client.post(at, {"do": "resolve"}, follow=True))


@pytest.mark.parametrize(
    ("cause", "do"), [("NO_EMAIL", "release"), ("LATE", "retry"), ("NOBODY", "dismiss")]
)
def test_what_a_cause_does_not_offer_does_not_exist(
    house: House, enter: Enter, cause: str, do: str
) -> None:
    company = house.peru()
    values = {"do": do, "upto": "1", "confirmed": "on"}
    response = enter(company).post(place(company, f"{cause}/hacer/"), values)
    assert response.status_code == 404


def test_another_companys_failures_do_not_exist(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    issued = failed.without_email(house, company)
    key = house.delivery(issued.id).pk
    client = enter(other)
    assert client.get(place(company)).status_code == 404
    values = {"emails": "x@cliente.example"}
    told = client.post(place(other, f"NO_EMAIL/{key}/correo/"), values, follow=True)
    assert "ya no está pendiente" in alerts(told)
    client.post(place(other, f"NO_EMAIL/{key}/hacer/"), {"do": "dismiss"})
    assert left(company) == {Cause.NO_EMAIL: 1}


def test_nobody_is_sent_elsewhere_after_a_deed(house: House, enter: Enter) -> None:
    company = house.peru()
    values = {"do": "resolve", "back": "https://otro.example/"}
    response = enter(company).post(place(company, "BAD_ADDRESS/1/hacer/"), values)
    assert response.headers["Location"] == place(company)


def test_an_incomplete_company_is_led_to_the_field(house: House, enter: Enter) -> None:
    company = house.peru(email="")
    issued = house.issue(company)
    house.submit(company)
    client = enter(company)
    for shown in (place(company), f"/e/{company.id}/facturas/{issued.id}/"):
        response = client.get(shown)
        (link,) = page(response).xpath(
            "//main//p/a[.='Completar']/@href | //li//a[.='Completar']/@href"
        )
        assert link == f"/e/{company.id}/configuracion/empresa/#email"
        assert "XX-COM-1" in words(response)
    form = page(client.get(link.partition("#")[0]))
    assert form.get_element_by_id("email") is not None


def test_a_list_goes_on_a_page_at_a_time(
    house: House, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acuse.web.failures.views.PAGE", 2)
    company = house.peru()
    numbers = [failed.without_email(house, company).number for _ in range(3)]
    client = enter(company)
    first = client.get(place(company, "NO_EMAIL/"))
    (older,) = page(first).xpath("//a[.='Más antiguos']/@href")
    second = client.get(place(company, f"NO_EMAIL/{older}"))
    assert [number in words(first) for number in numbers] == [False, True, True]
    assert [number in words(second) for number in numbers] == [True, False, False]


def test_an_alarm_stands_on_every_page(house: House, enter: Enter) -> None:
    company = house.peru()
    alarms.begin(company.id, Cause.OUR_SERVER, 12, at=outside.now())
    for rest in ("contactos/", "fallos/"):
        response = enter(company, email=f"{rest[:5]}@taller.example").get(f"/e/{company.id}/{rest}")
        assert "Servidor nuestro: 12 documentos en una hora" in alerts(response)


def test_an_alarm_of_a_lost_proof_leads_to_its_records(house: House, enter: Enter) -> None:
    company = house.peru()
    alarms.begin(company.id, Trouble.SENDER_LOST, 0, at=outside.now())
    response = enter(company).get(place(company))
    assert "El DNS ya no prueba tu dominio: tus correos nuevos salen con" in alerts(response)
    (link,) = page(response).xpath("//*[@role='alert']//a/@href")
    assert link == f"/e/{company.id}/configuracion/correo/dominio/"


def test_the_file_has_every_failure_and_no_formula(house: House, enter: Enter) -> None:
    company = house.peru()
    name = '=HYPERLINK("http://x.example")'
    issued = failed.without_email(house, company, tax_id=OTHER, name=name)
    failed.refused(house, company, failed.FULL)
    client = enter(company)
    heading, *rows = exported(client, company)
    assert heading[:3] == ["Causa", "Código", "Documento"]
    assert len(rows) == 2
    assert rows[0][:4] == [
        "Falta correo",
        "NO_EMAIL",
        issued.number,
        '\'=HYPERLINK("http://x.example")',
    ]
    assert [row[1] for row in exported(client, company, "?causa=MAILBOX_FULL")[1:]] == [
        "MAILBOX_FULL"
    ]
    assert client.get(place(company, "exportar.csv?causa=X")).status_code == 404


def test_a_bounce_is_told_in_the_reports_words_everywhere(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.bounced(house, company)
    assert failed.mail_of(issued).answer.startswith("2.0.0"), "what its server said first"
    client = enter(company)
    row = exported(client, company)[1]
    assert row[-1] == "550 5.1.1 no such user"
    again = client.get(f"/e/{company.id}/facturas/{issued.id}/reenviar/")
    for shown in (client.get(place(company)), again):
        assert "550 5.1.1 no such user" in words(shown)
        assert "2.0.0" not in words(shown)
    assert "La dirección no existe, según su servidor" in words(again)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", '"=', "＝"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert safe(f"{start}1+1").startswith("'")
    assert safe("F001-1") == "F001-1"


def test_what_is_shown_is_escaped(house: House, enter: Enter) -> None:
    company = house.peru()
    failed.without_email(house, company, name="<script>alert(1)</script>")
    response = enter(company).get(place(company) + "?fila=1&escrito=<script>")
    assert b"<script>alert" not in response.content
    assert models.Delivery.objects.exists()


def test_the_companys_own_address_is_asked_about_in_the_row(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.without_email(house, company)
    at = place(company, f"NO_EMAIL/{house.delivery(issued.id).pk}/correo/")
    asked = enter(company).post(at, {"emails": company.email}, follow=True)
    assert "es de tu empresa" in alerts(asked)
    assert left(company) == {Cause.NO_EMAIL: 1}


def test_an_address_of_many_contacts_is_asked_about_in_the_row(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.without_email(house, company)
    for number in range(MOST_SHARED):
        other = makers.customer(tax_id=TaxId("RUC", f"2099800{number:04}"))
        customers.save(company.id, None, other, at=outside.now())
    client, told = enter(company), {"emails": other.emails[0]}
    at = place(company, f"NO_EMAIL/{house.delivery(issued.id).pk}/correo/")
    asked = client.post(at, told, follow=True)
    assert "está en más de 5 contactos. ¿Es también de este?" in alerts(asked)
    assert left(company) == {Cause.NO_EMAIL: 1}
    (insisted,) = page(asked).xpath("//input[@name='insisted']/@value")
    client.post(at, told | {"insisted": insisted})
    assert left(company) == {}
