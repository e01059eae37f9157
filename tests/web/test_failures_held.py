"""Bandeja de fallos: what is said and offered where mail to the address is held."""

from __future__ import annotations

from acuse.domain.failure import Cause
from acuse.flow import outside
from acuse.store import models
from tests.flow import failed
from tests.flow.house import House
from tests.flow.test_left_out import withheld
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, words
from tests.web.test_failures import left, place


def test_a_hard_bounce_offers_its_address_and_no_retry(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.bounced(house, company)
    client = enter(company)
    shown = client.get(place(company, "BOUNCED/"))
    assert AGAIN in buttons(shown)
    assert not {"Reintentar", "Reintentar todos"} & set(buttons(shown))
    at = place(company, f"BOUNCED/{failed.mail_of(issued).pk}/hacer/")
    refused = client.post(at, {"do": "retry"}, follow=True)
    assert HELD_BACK in alerts(refused)
    assert "ya no está así" not in words(refused)
    assert left(company) == {Cause.BOUNCED: 1}
    done = client.post(at, {"do": "again"}, follow=True)
    assert "Hecho: 1 en camino otra vez." in words(done)
    assert left(company) == {}
    house.run(company)
    assert [state for _, state in house.recipients(issued.id)] == ["BOUNCED", "SENT"]


def test_an_address_left_out_may_be_tried_from_its_row(house: House, enter: Enter) -> None:
    company = house.peru()
    document_id, address = withheld(house, company)
    client = enter(company)
    shown = client.get(place(company))
    assert AGAIN in buttons(shown)
    assert "Entregada por otro medio" not in words(shown)
    at = place(company, f"ADDRESS_SUPPRESSED/{house.delivery(document_id).pk}/hacer/")
    assert "Hecho" in words(client.post(at, {"do": "again"}, follow=True))
    assert left(company) == {}
    house.run(company)
    assert house.recipients(document_id)[-1] == (address, "SENT")


def test_what_waits_for_its_address_leaves_when_it_may_be_tried(house: House, enter: Enter) -> None:
    company = house.peru()
    first = failed.bounced(house, company)
    failed.mail_of(first)
    models.Recipient.objects.update(resolved_at=outside.now())
    waiting = house.issue(company)
    house.submit(company)
    at = place(company, f"ADDRESS_SUPPRESSED/{house.delivery(waiting.id).pk}/hacer/")
    assert "Hecho" in words(enter(company).post(at, {"do": "again"}, follow=True))
    house.run(company)
    assert [state for _, state in house.recipients(waiting.id)] == ["SENT"]


def test_trying_all_says_which_addresses_are_held(house: House, enter: Enter) -> None:
    company = house.peru()
    for _ in range(2):
        failed.refused(house, company, failed.FULL)
    held = models.Recipient.objects.earliest("id")
    apart = {"address": "otra@inventada.example", "normalised": "otra@inventada.example"}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_recipient DISABLE TRIGGER USER")
        models.Recipient.objects.filter(pk=held.pk).update(**apart)
        cursor.execute("ALTER TABLE store_recipient ENABLE TRIGGER USER")
    models.AddressState.objects.create(
        company_id=company.id, address=apart["address"], state="SUPPRESSED", by="sistema"
    )
    values = {"do": "retry", "upto": str(2**50), "confirmed": "on"}
    client = enter(company)
    told = words(client.post(place(company, "MAILBOX_FULL/hacer/"), values, follow=True))
    assert f"1 en camino otra vez. El correo a {apart['address']} {HELD_BACK}." in told
    assert "Queda 1 de esta causa." in told
    none = client.post(place(company, "MAILBOX_FULL/hacer/"), values, follow=True)
    assert HELD_BACK in alerts(none)
    assert "Ya no había nada que hacer" not in words(none)
    assert (
        client.post(place(company, "MAILBOX_FULL/hacer/"), values | {"do": "again"}).status_code
        == 404
    ), "a word about all addresses is no word about one"


def test_a_retry_that_is_refused_says_why(house: House, enter: Enter) -> None:
    company = house.peru()
    issued = failed.refused(house, company, failed.FULL)
    models.Document.objects.filter(pk=issued.id).update(state="VOIDED")
    at = place(company, f"MAILBOX_FULL/{failed.mail_of(issued).pk}/hacer/")
    told = enter(company).post(at, {"do": "retry"}, follow=True)
    assert "Este documento no está aceptado: no se envía" in alerts(told)
