"""Configuración > Correo > Copias, without a script; and a copy among the failures."""

from __future__ import annotations

from acuse.domain.copies import CompanyCopy, CopyUse
from acuse.domain.kinds import DocumentKind
from acuse.flow import copies as flow
from acuse.flow import outside
from acuse.store import copies, models
from acuse_sandbox.mail_script import Misbehaviour
from tests.flow.house import BY, House
from tests.flow.news import bring, dsn
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, page, words

ARCHIVE = "archivo@taller.example"


def test_copies_are_written_in_rows_and_taken_back(house: House, enter: Enter) -> None:
    company = house.peru()
    client, place = enter(company), f"/e/{company.id}/configuracion/correo/copias/"
    assert "Copias" in words(client.get(f"/e/{company.id}/configuracion/"))
    told = {
        "address-0": f"{ARCHIVE}; respaldo@taller.example",
        "role-0": "ARCHIVE",
        "address-1": "contador@estudio.example",
        "role-1": "ACCOUNTANT",
        "kinds-1": ["INVOICE"],
    }
    more = client.post(place, told | {"do": "more"})
    assert len(page(more).xpath("//input[starts-with(@name, 'address-')]")) == 4
    assert copies.of_company(company.id) == ()
    saved = client.post(place, told, follow=True)
    assert "Copias guardadas." in saved.content.decode()
    assert copies.of_company(company.id) == (
        CompanyCopy(ARCHIVE),
        CompanyCopy("respaldo@taller.example"),
        CompanyCopy(
            "contador@estudio.example", CopyUse.ACCOUNTANT, frozenset({DocumentKind.INVOICE})
        ),
    )
    wrong = client.post(place, {"address-0": "esto no"})
    assert wrong.status_code == 422
    assert len(page(wrong).xpath("//input[@aria-invalid='true']")) == 1
    twice = client.post(place, {"address-0": ARCHIVE, "address-1": ARCHIVE.upper()})
    assert "Está dos veces" in alerts(twice)
    assert len(copies.of_company(company.id)) == 3
    client.post(place, {"address-0": ""})
    assert copies.of_company(company.id) == ()


def test_another_company_neither_sees_nor_changes_them(house: House, enter: Enter) -> None:
    company = house.peru()
    flow.save(company.id, [CompanyCopy(ARCHIVE)], by=BY, at=outside.now())
    place = f"/e/{company.id}/configuracion/correo/copias/"
    stranger = enter(house.costa_rica(), email="otro@taller.example")
    assert stranger.get(place).status_code == 404
    assert stranger.post(place, {"address-0": ""}).status_code == 404
    assert copies.of_company(company.id) == (CompanyCopy(ARCHIVE),)


def test_a_copy_held_is_tried_again_from_here(house: House, enter: Enter) -> None:
    company = house.peru()
    flow.save(company.id, [CompanyCopy(ARCHIVE)], by=BY, at=outside.now())
    house.issue(company)
    house.run(company)
    bring(dsn(models.Recipient.objects.get(address=ARCHIVE)))
    client, place = enter(company), f"/e/{company.id}/configuracion/correo/copias/"
    assert "Suprimida" in words(client.get(place))
    tried = client.post(f"{place}reintentar/", {"address": ARCHIVE}, follow=True)
    assert "Se vuelve a intentar" in tried.content.decode()
    assert "Suprimida" not in words(tried)
    again = client.post(f"{place}reintentar/", {"address": "a@b.example"}, follow=True)
    assert "no está retenida" in again.content.decode()


def test_a_failed_copy_is_labelled_and_offers_no_contact(house: House, enter: Enter) -> None:
    company = house.peru()
    flow.save(company.id, [CompanyCopy(ARCHIVE)], by=BY, at=outside.now())
    issued = house.issue(company, counterparty=makers.customer())
    house.sandbox.mail.scripts.add({"to": ARCHIVE}, [Misbehaviour("rcpt", 550, "5.1.1 nobody")])
    house.run(company)
    client = enter(company)
    shown = client.get(f"/e/{company.id}/fallos/")
    assert "Copia de archivo" in words(shown)
    assert "Cambiar adónde van" in words(shown)
    assert not page(shown).xpath("//input[@name='emails']")
    document = words(client.get(f"/e/{company.id}/facturas/{issued.id}/"))
    assert "Enviado" in document
    listed = words(client.get(f"/e/{company.id}/facturas/{issued.id}/reenviar/"))
    assert ARCHIVE not in listed
