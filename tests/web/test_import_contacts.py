"""Contacts from a file on screen: each step says what it found, and nothing is written before."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from acuse import jurisdictions
from acuse.domain.contact_columns import Column, guess
from acuse.domain.party import Company
from acuse.flow import contact_tables, import_contacts, outside
from acuse.store import contact_imports, customers, models
from tests.flow.house import House
from tests.web import forms
from tests.web.conftest import Enter

FILE = """RUC;Razón social;Correo
20999000119;Ana S.A.C.;ana@cliente.example
20999888771;=Mala;mala@cliente.example
20999888772;Luis S.A.C.;"luis@cliente.example; na@na.pe; pepe"
"""


def place(company: Company, rest: str = "") -> str:
    return f"/e/{company.id}/contactos/importar/{rest}"


def upload(client: Client, company: Company, content: str | bytes = FILE) -> HttpResponse:
    raw = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("clientes.csv", raw)
    answer: HttpResponse = client.post(place(company), {"file": file})
    return answer


def kept(company: Company) -> contact_imports.Kept:
    return contact_imports.latest(company.id, 1)[0]


def uploaded(client: Client, company: Company, content: str | bytes = FILE) -> str:
    """The address of the page with its rows."""
    assert upload(client, company, content).status_code == 302
    return place(company, f"{kept(company).id}/")


def told(answer: HttpResponse) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=","))


def test_a_file_is_uploaded_looked_at_and_imported(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    assert "Importar" in forms.words(client.get(f"/e/{company.id}/contactos/"))
    answer = upload(client, company)
    rows = place(company, f"{kept(company).id}/")
    assert answer["Location"] == f"{rows}columnas/"
    shown = client.get(answer["Location"])
    assert forms.page(shown).get_element_by_id("column-0").value == "number"
    assert "20999000119 · 20999888771" in forms.words(shown)
    columns = {"column-0": "number", "column-1": "name", "column-2": "emails", "kind": ""}
    assert client.post(f"{rows}columnas/", columns)["Location"] == rows
    words = forms.words(client.get(rows))
    assert "Nuevos 2" in words
    assert "Con problemas 1" in words
    assert "debería ser 2" in words
    assert "«pepe» no se toma como correo: no tiene arroba" in words
    assert "Tomar na@na.pe tal cual" in words
    assert customers.count(company.id) == 0

    done = client.post(rows, {"do": "start", "seen": "na@na.pe", "take": "na@na.pe"}, follow=True)
    assert "2 nuevos, 0 actualizados, 0 sin cambios, 1 con problemas" in forms.words(done)
    found = {one.name: one.emails for _, one in customers.page(company.id)}
    assert found == {
        "Ana S.A.C.": ("ana@cliente.example",),
        "Luis S.A.C.": ("luis@cliente.example", "na@na.pe"),
    }


def test_an_address_is_taken_and_left_again(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    rows = uploaded(client, company)

    def tick(*taken: str) -> list[str]:
        client.post(rows, {"do": "take", "seen": ["NA@na.pe"], "take": list(taken)})
        (box,) = forms.page(client.get(rows)).xpath("//input[@name='take']")
        return [box.get("value")] if box.get("checked") is not None else []

    assert tick("na@na.pe") == ["na@na.pe"]
    assert kept(company).taken == ("na@na.pe",)
    assert tick() == []
    assert kept(company).taken == ()
    client.post(rows, {"do": "take", "take": "x@y.pe"})
    assert kept(company).taken == (), "only what the page showed is chosen on it"


def test_known_contacts_change_only_where_ticked(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    other = FILE.replace("ana@", "otra@")
    client.post(uploaded(client, company), {"do": "start"})
    rows = uploaded(client, company, other)
    assert "Actualizar también el contacto que ya existe" in forms.words(client.get(rows))
    client.post(rows, {"do": "start"})
    assert kept(company).updated == 0
    rows = uploaded(client, company, other)
    client.post(rows, {"do": "start", "updates": "on"})
    assert kept(company).updated == 1
    assert models.Customer.objects.get(tax_id="20999000119").emails == ["otra@cliente.example"]


def test_rows_with_problems_come_as_a_file_that_may_be_uploaded_again(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    client = enter(company)
    rows = uploaded(client, company)
    heading, line = told(client.get(f"{rows}problemas.csv"))
    assert heading[:3] == ["RUC", "Razón social", "Correo"]
    assert heading[-2:] == ["Línea", "Por qué no se importó"]
    assert line[:3] == ["20999888771", "'=Mala", "mala@cliente.example"]
    assert line[-2] == "3"
    assert "debería ser 2" in line[-1]
    mended = "\n".join([",".join(heading[:3]), ",".join(line[:3])]).replace("771", "772")
    client.post(uploaded(client, company, mended), {"do": "start"})
    assert [one.name for _, one in customers.page(company.id)] == ["=Mala"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no hay filas"),
        (b"PK\x03\x04" + b"x" * 100, "XLSX"),
        (b"x" * (contact_tables.LIMITS.content + 1), "pesa más de 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    house: House, enter: Enter, content: bytes, words: str
) -> None:
    company = house.peru()
    answer = upload(enter(company), company, content)
    assert answer.status_code == 422
    assert words.casefold() in forms.alerts(answer).casefold()
    assert not contact_imports.latest(company.id)


def test_no_file_at_all_says_so(house: House, enter: Enter) -> None:
    company = house.peru()
    answer = enter(company).post(place(company))
    assert answer.status_code == 422
    assert "Elige el archivo" in forms.alerts(answer)


def test_columns_that_cannot_be_are_told_and_rows_lead_back_to_them(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    client = enter(company)
    rows = uploaded(client, company, "a,b\n20999000119,Ana")
    assert client.get(rows)["Location"] == f"{rows}columnas/"
    assert client.post(rows, {"do": "start"})["Location"] == f"{rows}columnas/"
    answer = client.post(f"{rows}columnas/", {"column-0": "name", "column-1": "name"})
    assert answer.status_code == 422
    assert "Dos columnas dicen ser" in forms.alerts(answer)
    client.post(f"{rows}columnas/", {"column-0": "number", "column-1": "name"})
    assert "Nuevos 1" in forms.words(client.get(rows))


def test_many_rows_are_shown_a_page_at_a_time(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    lines = [f"{n},Persona {n}" for n in range(10_000_000, 10_000_060)]
    rows = uploaded(client, company, "\n".join(["DNI,Nombre", *lines]))
    first = forms.words(client.get(rows))
    assert "1 a 25 de 60" in first
    assert "Anteriores" not in first
    last = forms.words(client.get(f"{rows}?ver=nuevos&pagina=3"))
    assert "51 a 60 de 60" in last
    assert "Siguientes" not in last
    for odd in ("999999", "-1", "x", "²"):
        assert client.get(f"{rows}?pagina={odd}&ver=x").status_code == 200


def test_a_running_import_says_how_far_it_is(
    house: House, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    client = enter(company)
    monkeypatch.setattr(import_contacts, "BATCH", 1)
    monkeypatch.setattr(import_contacts, "AT_ONCE", 1)
    rows = uploaded(client, company)
    words = forms.words(client.post(rows, {"do": "start"}, follow=True))
    assert "Van 1 de 3 filas" in words
    assert client.post(f"{rows}descartar/", follow=True).status_code == 200
    assert kept(company).done == 1, "it is not dropped while it runs"
    import_contacts.import_due(at=outside.now())
    assert "Importación terminada" in forms.words(client.get(rows))
    assert "Borrado" not in forms.words(client.get(rows))
    client.post(f"{rows}descartar/")
    assert contact_imports.latest(company.id) == ()
    assert customers.count(company.id) == 2


def test_an_old_servers_address_stays_in_the_form_but_no_new_one_enters(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    client = enter(company)
    client.post(uploaded(client, company, FILE.replace("ana@", "ana..s@")), {"do": "start"})
    contact = models.Customer.objects.get(tax_id="20999000119")
    form = f"/e/{company.id}/contactos/{contact.pk}/"
    values = {"type": "RUC", "number": contact.tax_id, "name": "Ana", "wish": "AS_COMPANY"}
    assert client.post(form, values | {"address-0": "ana..s@cliente.example"}).status_code == 302
    assert client.post(form, values | {"address-0": "ana..t@cliente.example"}).status_code == 422


def test_another_companys_import_is_not_found(house: House, enter: Enter) -> None:
    company, other = house.peru(), house.costa_rica()
    rows = uploaded(enter(company), company)
    stranger = enter(other, email="otro@taller.example")
    import_id = kept(company).id
    for rest in ("", "columnas/", "problemas.csv"):
        assert stranger.get(f"{rows}{rest}").status_code == 404
        assert stranger.get(place(other, f"{import_id}/{rest}")).status_code == 404
    assert stranger.post(place(other, f"{import_id}/"), {"do": "start"}).status_code == 404
    assert stranger.post(place(other, f"{import_id}/descartar/")).status_code == 404
    assert enter(other, email="x@taller.example").get(f"{rows}descartar/").status_code == 404
    assert customers.count(company.id) == 0


def test_each_countrys_template_is_understood(house: House, enter: Enter) -> None:
    for company in (house.peru(), house.costa_rica(), house.colombia()):
        client = enter(company, email=f"ana{company.id}@taller.example")
        answer = client.get(place(company, "plantilla.csv"))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        traits = jurisdictions.find(company.jurisdiction).traits
        headings = next(csv.reader([text], delimiter=";" if ";" in text else ","))
        columns = guess(headings, traits).columns
        assert all(columns), dict(zip(headings, columns, strict=True))
        assert len(set(columns)) == len(columns)
        assert {Column.NUMBER, Column.NAME, Column.EMAILS} <= set(columns)


def test_the_rows_of_a_file_whose_columns_are_not_known_lead_to_the_columns(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    client = enter(company)
    upload(client, company, "zzz;yyy\n1;2\n")
    key = kept(company).id
    response = client.get(place(company, f"{key}/problemas.csv"))
    assert response.status_code == 302
    assert response["Location"] == place(company, f"{key}/columnas/")
