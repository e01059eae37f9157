"""Reenviar: what was sent is shown, today's addresses are proposed, nothing goes twice unseen."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from acuse.domain.activity import EventKind
from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import outside, release
from acuse.flow.issue import Issued
from acuse.store import customers, documents, failing, models
from tests.flow import failed
from tests.flow.house import BY, House
from tests.support.makers import replaced
from tests.web.conftest import Enter
from tests.web.forms import alerts, page, words

OLD = "compras@inventada.example"
NEW = "facturas@inventada.example"


def place(company: Company, issued: Issued) -> str:
    return f"/e/{company.id}/facturas/{issued.id}/reenviar/"


def contact(company: Company, issued: Issued) -> tuple[str, ...]:
    return customers.load(company.id, documents.load(issued.id).customer_id or 0).emails


def move_contact(company: Company, issued: Issued, *emails: str) -> None:
    customer_id = documents.load(issued.id).customer_id
    assert customer_id is not None
    changed = replaced(customers.load(company.id, customer_id), emails=emails)
    company_flow.save_customer(company.id, customer_id, changed, by=BY, at=outside.now())


def ticks(response: HttpResponse) -> dict[str, bool]:
    """The addresses offered, and whether each is ticked."""
    boxes = page(response).xpath("//input[@name='to']")
    return {box.get("value"): box.get("checked") is not None for box in boxes}


def seen(response: HttpResponse) -> str:
    (value,) = page(response).xpath("//input[@name='seen']/@value")
    return str(value)


@pytest.fixture
def sent(house: House) -> tuple[Company, Issued]:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    return company, issued


def test_what_was_sent_is_told_and_todays_addresses_are_proposed(
    sent: tuple[Company, Issued], enter: Enter
) -> None:
    company, issued = sent
    move_contact(company, issued, NEW)
    response = enter(company).get(place(company, issued))
    assert ticks(response) == {NEW: True, OLD: False}
    told = words(response)
    for expected in ("Envío automático", OLD, "Enviado", ".xml", ".pdf"):
        assert expected in told


def test_an_address_that_failed_is_offered_unticked(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    response = enter(company).get(place(company, issued))
    assert ticks(response) == {OLD: False}
    assert "No se pudo enviar" in words(response)
    assert "la dirección no existe" in words(response).lower()


def test_it_is_a_new_delivery_of_its_own_and_the_contact_takes_the_address(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    client = enter(company)
    values = {"seen": seen(client.get(place(company, issued))), "other": NEW, "keep": "on"}
    client.post(place(company, issued), values)
    manual = house.delivery(issued.id, "MANUAL")
    assert (list(manual.wanted), manual.opened_by) == ([NEW], "ana@taller.example")
    assert contact(company, issued) == (NEW,)
    house.run(company)
    assert house.recipients(issued.id) == [(OLD, "FAILED"), (NEW, "SENT")]


def test_the_contact_stays_as_it_is_unless_told(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    client = enter(company)
    values = {"seen": seen(client.get(place(company, issued))), "other": NEW}
    client.post(place(company, issued), values)
    assert contact(company, issued) == (OLD,)


def test_a_second_press_sends_no_second_mail(sent: tuple[Company, Issued], enter: Enter) -> None:
    company, issued = sent
    client = enter(company)
    values = {"seen": seen(client.get(place(company, issued))), "to": OLD, "anyway": "on"}
    client.post(place(company, issued), values)
    again = client.post(place(company, issued), values)
    assert again.status_code == 422
    assert "se pidió otro envío" in alerts(again)
    assert models.Delivery.objects.filter(trigger="MANUAL").count() == 1


def test_while_one_is_in_flight_another_needs_a_second_word(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company, failed.AWAY)
    client = enter(company)
    shown = client.get(place(company, issued))
    assert "Envío automático en camino" in words(shown)
    assert "próximo intento" in words(shown)
    values = {"seen": seen(shown), "to": OLD}
    refused = client.post(place(company, issued), values)
    assert "Hay un envío en camino" in alerts(refused)
    assert ticks(refused) == {OLD: True}
    client.post(place(company, issued), values | {"anyway": "on"})
    assert house.delivery(issued.id, "MANUAL").state == "OPEN"


def test_a_held_mail_does_not_leave_beside_the_one_sent_by_hand(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.without_email(house, company)
    client = enter(company)
    shown = client.get(place(company, issued))
    assert "El contacto no tiene correo" in words(shown)
    client.post(place(company, issued), {"seen": seen(shown), "other": NEW, "keep": "on"})
    house.run(company)
    assert [mail.recipient for mail in house.mail()] == [NEW]
    assert house.delivery(issued.id).reason == "SENT_BY_HAND"
    assert contact(company, issued) == (NEW,)


def test_nothing_goes_without_an_address_or_to_a_wrong_one(
    sent: tuple[Company, Issued], enter: Enter
) -> None:
    company, issued = sent
    client = enter(company)
    told = {"seen": seen(client.get(place(company, issued)))}
    assert "Falta el correo" in alerts(client.post(place(company, issued), told))
    wrong = client.post(place(company, issued), told | {"other": "sin arroba"})
    assert "No se envió" in alerts(wrong)
    assert models.Delivery.objects.filter(trigger="MANUAL").count() == 0


def test_what_is_not_accepted_is_not_sent(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = house.issue(company)
    client = enter(company)
    for response in (
        client.get(place(company, issued), follow=True),
        client.post(place(company, issued), {"seen": "0", "other": NEW}, follow=True),
    ):
        assert "no está aceptado" in alerts(response)
    assert models.Delivery.objects.count() == 0


def test_each_delivery_has_its_own_cause_and_history(
    sent: tuple[Company, Issued], enter: Enter
) -> None:
    company, issued = sent
    release.send_by_hand(company.id, issued.id, (NEW,), by="Beto", at=outside.now())
    told = words(enter(company).get(place(company, issued)))
    assert "A mano, por Beto" in told
    assert "Envío automático" in told


def test_the_companys_own_address_is_asked_about_once(
    sent: tuple[Company, Issued], enter: Enter
) -> None:
    company, issued = sent
    client, at = enter(company), place(company, issued)
    told = {"other": company.email, "seen": seen(client.get(at))}
    asked = client.post(at, told)
    assert "es de tu empresa" in alerts(asked)
    (insisted,) = page(asked).xpath("//input[@name='insisted']/@value")
    assert client.post(at, told | {"insisted": insisted}).status_code == 302


def test_the_failures_of_other_addresses_stay_in_the_inbox(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    client = enter(company)
    values = {"seen": seen(client.get(place(company, issued))), "other": NEW}
    client.post(place(company, issued), values)
    assert failing.counts(company.id, at=outside.now()) == {Cause.BAD_ADDRESS: 1}
    assert EventKind.FAILURE_RESOLVED not in house.told(company, issued.id)


def test_those_that_the_contact_leaves_are_dealt_with_and_told(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    client = enter(company)
    values = {"seen": seen(client.get(place(company, issued))), "other": NEW, "keep": "on"}
    client.post(place(company, issued), values)
    assert failing.counts(company.id, at=outside.now()) == {}
    (told,) = models.Event.objects.filter(document_id=issued.id, kind="recipient.resolved")
    assert (told.facts, told.actor) == ({"to": OLD}, "ana@taller.example")
