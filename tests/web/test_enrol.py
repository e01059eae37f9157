"""Habilitación on one page: what lacks, the set and its progress, the start, the move."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse

from acuse.domain.party import Company, Environment
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import companies, models
from tests.flow.house import BY, House
from tests.jurisdictions.co import makers as colombian
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, fields, page

NUMBERS = {"INVOICE": "2", "DEBIT_NOTE": "1", "CREDIT_NOTE": "1", "accepted": "1"}
LAW = "Resolución 000012"


def place(company: Company, verb: str = "") -> str:
    return f"/e/{company.id}/configuracion/facturacion/habilitacion/{verb}"


def text(response: HttpResponse) -> str:
    return " ".join(page(response).text_content().split())


def states(response: HttpResponse) -> dict[str, str]:
    """The steps and how far they are."""
    return {
        one.get("id"): " ".join(one.xpath("header/span")[0].text_content().split())
        for one in page(response).xpath("//section[header/h2 and header/span]")
    }


def polls(response: HttpResponse) -> bool:
    return bool(page(response).xpath("//*[@id='progress' and @hx-get]"))


# what lacks


def test_what_lacks_is_listed_with_its_name_and_its_screen(house: House, enter: Enter) -> None:
    company = house.newcomer(extra={"organization": "1", "regime": "48", "tax_scheme": "01"})
    models.Certificate.objects.filter(company_id=company.id).delete()
    models.Secret.objects.filter(company_id=company.id).delete()
    company_flow.save(companies.load(company.id), by=BY, at=outside.now())
    response = enter(company).get(place(company))
    assert states(response) == {
        "data": "Ahora",
        "software": "En espera",
        "set": "En espera",
        "ranges": "En espera",
        "start": "En espera",
    }
    links = {one.text: one.get("href") for one in page(response).xpath("//main//section//a")}
    settings = f"/e/{company.id}/configuracion"
    assert links["Certificado digital"] == f"{settings}/facturacion/certificado/#certificate"
    assert links["Identificador del software"] == f"{settings}/empresa/#extra-software_id"
    assert links["Identificador del set de pruebas"] == f"{settings}/empresa/#extra-test_set_id"
    assert links["PIN del software"] == f"{settings}/facturacion/certificado/#software_pin"


def test_every_link_leads_to_a_field_that_is_there(house: House, enter: Enter) -> None:
    bare = {"address": None, "extra": {}, "legal_name": "X", "phone": "x" * 5, "email": "nada"}
    company = house.newcomer(**bare)
    models.Certificate.objects.filter(company_id=company.id).delete()
    models.Secret.objects.filter(company_id=company.id).delete()
    client = enter(company)
    links = page(client.get(place(company))).xpath("//main//section//a/@href")
    aimed = [urlsplit(one) for one in links if "#" in one]
    assert len(aimed) > 5
    for one in aimed:
        there = page(client.get(one.path))
        assert there.xpath(f"//*[@id='{one.fragment}']"), one


def test_a_refused_set_says_what_to_mend(house: House, enter: Enter) -> None:
    company = house.newcomer(extra=colombian.company().extra)
    response = enter(company).post(place(company, "set/"), NUMBERS)
    assert response.status_code == 422
    assert "Identificador del set de pruebas: Falta" in alerts(response)
    assert models.Document.objects.filter(company_id=company.id).count() == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("INVOICE", "dos", "de 0 a 200"),
        ("INVOICE", "201", "de 0 a 200"),
        ("CREDIT_NOTE", "-1", "de 0 a 200"),
        ("accepted", "3", "El set tiene 2 facturas"),
    ],
)
def test_wrong_numbers_are_told_in_place(
    house: House, enter: Enter, field: str, value: str, words: str
) -> None:
    company = house.newcomer()
    response = enter(company).post(place(company, "set/"), NUMBERS | {field: value})
    assert response.status_code == 422
    (wrong,) = page(response).xpath("//p[@class='wrong']")
    assert wrong.get("id") == f"{field}-note"
    assert words in wrong.text_content()
    assert fields(response, "set-form")[field] == value
    assert models.Document.objects.filter(company_id=company.id).count() == 0


# the set


def test_the_numbers_of_a_set_are_the_usual_ones_until_told(house: House, enter: Enter) -> None:
    company = house.newcomer()
    form = fields(enter(company).get(place(company)), "set-form")
    assert form == {"INVOICE": "30", "DEBIT_NOTE": "10", "CREDIT_NOTE": "10", "accepted": "1"}


def test_the_way_from_the_set_to_the_start(house: House, enter: Enter) -> None:
    company = house.newcomer()
    house.sandbox.world.settings["dian.asked"] = "2/1/1"
    client = enter(company)
    assert "Correr el set" in buttons(client.get(place(company)))
    response = client.post(place(company, "set/"), NUMBERS)
    address = response.headers["Location"]
    assert parse_qs(urlsplit(address).query) == {name: [told] for name, told in NUMBERS.items()}

    running = client.get(address)
    assert fields(running, "set-form") == NUMBERS  # a reload keeps what was told
    assert polls(running)
    assert states(running)["set"] == "Ahora"
    assert "Facturas pedidas 2 emitidas 2 aceptadas 0 rechazadas 0" in text(running)
    house.run(company)
    news = client.get(place(company, "avance/"), NUMBERS)
    assert not polls(news)
    assert "Faltan 2 documentos. Las notas corrigen una factura aceptada" in text(news)
    early = client.post(place(company, "inicio/"), NUMBERS | {"accepted": "2", "INVOICE": "3"})
    assert early.status_code == 302  # two are accepted: the portal decides on the rest
    assert companies.load(company.id).electronic_invoicing


def test_the_notes_follow_and_then_the_company_starts(house: House, enter: Enter) -> None:
    company = house.newcomer()
    house.sandbox.world.settings["dian.asked"] = "2/1/1"
    client = enter(company)
    client.post(place(company, "set/"), NUMBERS)
    house.run(company)
    response = client.post(place(company, "set/"), NUMBERS, follow=True)
    assert "Emitimos 2 documentos del set." in text(response)
    house.run(company)
    ready = client.get(place(company), NUMBERS)
    assert states(ready) == {
        "data": "Hecho",
        "software": "Hecho",
        "set": "Hecho",
        "ranges": "Hecho",
        "start": "Ahora",
    }
    response = client.post(place(company, "inicio/"), NUMBERS, follow=True)
    assert set(states(response).values()) == {"Hecho"}
    assert "encendido por ley: en Colombia la entrega" in text(response)
    assert LAW in text(response)
    assert "Pasar a producción" not in buttons(response)  # this server's rehearsal stays here
    assert house.mail() == ()
    general = place(company).replace("habilitacion", "datos-generales")
    assert not any("Enviar los" in words for words in buttons(client.get(general)))


def test_it_does_not_start_before_the_authority_accepted(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    client.post(place(company, "set/"), NUMBERS)
    response = client.post(place(company, "inicio/"), NUMBERS)
    assert response.status_code == 422
    assert "aceptó 0 facturas del set y hacen falta 1" in alerts(response)
    assert fields(response, "set-form") == NUMBERS
    assert not companies.load(company.id).electronic_invoicing


def test_ranges_are_read_and_the_numbers_of_the_set_stay(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    asked = place(company).replace("habilitacion", "numeraciones") + "leer/"
    query = "INVOICE=2&accepted=1"
    response = client.post(asked, {"back": "enrol", "numbers": query})
    assert response.headers["Location"] == f"{place(company)}?{query}#ranges"
    shown = client.get(response.headers["Location"])
    assert "SETP" in text(shown)
    assert fields(shown, "set-form")["INVOICE"] == "2"


# the move


def test_a_company_that_passed_its_rehearsal_moves(house: House, enter: Enter) -> None:
    company = house.newcomer(environment=Environment.TEST)
    client = enter(company)
    assert "Pasar a producción" not in buttons(client.get(place(company)))
    refused = client.post(place(company, "produccion/"), follow=True)
    assert "Primero termina la habilitación" in text(refused)
    company_flow.enable_electronic_invoicing(company.id, by=BY, at=outside.now())
    assert "El certificado y las credenciales se suben allá otra vez" in text(
        client.get(place(company))
    )
    response = client.post(place(company, "produccion/"), follow=True)
    moved = response.context["company"]
    assert moved.environment is Environment.PRODUCTION
    assert "Sube aquí su certificado" in text(response)
    there = client.get(place(moved))
    assert "set" not in states(there)
    assert "Identificador del set de pruebas" not in text(there)


# who sees it


def test_only_where_the_authority_enrols(house: House, enter: Enter) -> None:
    peru, colombia = house.peru(), house.newcomer()
    client = enter(peru, colombia)
    assert client.get(place(peru)).status_code == 404
    assert client.post(place(peru, "set/"), NUMBERS).status_code == 404
    assert "Habilitación" not in text(client.get(f"/e/{peru.id}/configuracion/"))
    assert "Habilitación · por terminar" in text(client.get(f"/e/{colombia.id}/configuracion/"))


def test_a_stranger_sees_and_starts_nothing(house: House, enter: Enter) -> None:
    mine, other = house.peru(), house.newcomer()
    client = enter(mine)
    for verb in ("", "avance/"):
        assert client.get(place(other, verb)).status_code == 404
    for verb in ("set/", "inicio/", "produccion/"):
        assert client.post(place(other, verb), NUMBERS).status_code == 404
    assert models.Document.objects.count() == 0


# the switch of an enabled company


def test_the_switch_stands_on_and_locked_with_its_law(house: House, enter: Enter) -> None:
    company = house.colombia()
    response = enter(company).get(f"/e/{company.id}/configuracion/facturacion/datos-generales/")
    (switch,) = page(response).xpath("//input[@role='switch']")
    assert "checked" in switch.attrib
    assert "disabled" in switch.attrib
    assert "Activado por ley" in text(response)
    assert LAW in text(response)
