"""Plantillas: own words are checked in place, saved as versions, shown before they go."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from lxml import html as lxml_html

from acuse.domain.party import Company
from acuse.store import models
from tests.flow.house import House
from tests.web.conftest import Enter

SUBJECT = "{{documento.tipo}} {{documento.numero}} – {{empresa.nombre}}"


def url(company: Company, rest: str = "invoice/") -> str:
    return f"/e/{company.id}/configuracion/correo/plantillas/{rest}"


@pytest.fixture
def peru(house: House) -> Company:
    return house.peru()


@pytest.fixture
def client(peru: Company, enter: Enter) -> Client:
    return enter(peru)


def form(**changes: str) -> dict[str, str]:
    return {"subject": SUBJECT, "body": "Va {{documento.numero}}.", "seen": "0"} | changes


def told(response: object) -> str:
    return re.sub(r"\s+", " ", lxml_html.fromstring(response.content).text_content())  # type: ignore[attr-defined]


def test_each_kind_is_listed_with_its_subject(client: Client, peru: Company) -> None:
    page = told(client.get(url(peru, "")))
    for name in ("Factura electrónica", "Boleta de venta electrónica", "Guía de remisión"):
        assert name in page
    assert SUBJECT in page
    assert "Texto de la casa" in page
    assert "Con tus palabras" not in page


def test_the_editor_begins_with_the_words_of_the_house(client: Client, peru: Company) -> None:
    page = lxml_html.fromstring(client.get(url(peru)).content)
    assert page.get_element_by_id("subject").get("value") == SUBJECT
    body = page.get_element_by_id("body").text
    assert body.strip().startswith("Hola, {{cliente.nombre}}:")
    offered = [one.get("value") for one in page.xpath("//button[@name='insert']")]
    assert "documento.identificador" in offered
    assert "Valor resumen (hash)" in page.text_content()


def test_what_is_saved_is_a_version_and_restoring_one_more(client: Client, peru: Company) -> None:
    assert client.post(url(peru), form()).status_code == 302
    assert client.post(url(peru), form(seen="1", body="Otra.")).status_code == 302
    assert "Con tus palabras" in told(client.get(url(peru)))
    assert client.post(url(peru, "invoice/restaurar/")).status_code == 302
    assert client.post(url(peru, "invoice/restaurar/")).status_code == 302  # nothing to restore
    rows = models.MailTemplate.objects.order_by("version").values_list(
        "version", "subject", "body", "by"
    )
    assert list(rows) == [
        (1, "", "Va {{documento.numero}}.", "ana@taller.example"),
        (2, "", "Otra.", "ana@taller.example"),
        (3, "", "", "ana@taller.example"),
    ]
    page = client.get(url(peru))
    assert "Hola, {{cliente.nombre}}:" in told(page)
    assert "Texto de la casa" in told(page)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": "Hola\n\n{{cliente.nombr}}"}, "Línea 3: no existe la variable «cliente.nombr»"),
        ({"body": ""}, "Escribe un texto"),
        ({"body": "x" * 4001}, "aquí caben 4000"),
        ({"body": "{" * 20_000}, "Acórtalo"),
        ({"body": "{{" * 1000}, "sin cerrar"),
        ({"subject": "{{enlace}}"}, "no cabe en el asunto"),
        ({"subject": ""}, "Escribe un texto"),
        ({"subject": "x" * 201}, "aquí caben 200"),
        ({"seen": "4"}, "Alguien guardó la versión 0"),
        ({"seen": "²"}, "Alguien guardó"),
    ],
)
def test_what_is_wrong_is_said_and_kept_as_typed(
    client: Client, peru: Company, changes: dict[str, str], words: str
) -> None:
    response = client.post(url(peru), form(**changes))
    assert response.status_code == 422
    page = lxml_html.fromstring(response.content)
    wrong = " ".join(
        one.text_content() for one in page.xpath("//*[@class='wrong' or @role='alert']")
    )
    assert words in wrong
    assert page.get_element_by_id("subject").get("value") == form(**changes)["subject"]
    assert not models.MailTemplate.objects.exists()


def test_a_subject_is_one_line_whatever_is_posted(client: Client, peru: Company) -> None:
    client.post(url(peru), form(subject="Factura\r\nBcc: x@y.example"))
    assert models.MailTemplate.objects.get().subject == "Factura Bcc: x@y.example"


def test_without_a_script_a_variable_goes_to_the_end(client: Client, peru: Company) -> None:
    response = client.post(url(peru), form(insert="cliente.nombre"))
    page = lxml_html.fromstring(response.content)
    body = page.get_element_by_id("body").text.strip()
    assert body == "Va {{documento.numero}}. {{cliente.nombre}}"
    assert not models.MailTemplate.objects.exists()


def test_a_guia_has_no_total_to_tell(client: Client, peru: Company) -> None:
    response = client.post(url(peru, "despatch/"), form(body="Por {{documento.total}}"))
    assert "estos documentos no lo llevan" in told(response)


def test_the_preview_is_the_mail_with_what_is_typed(client: Client, peru: Company) -> None:
    response = client.post(
        url(peru, "invoice/vista-previa/"), form(body="<b>Va</b> {{documento.numero}}")
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    page = lxml_html.fromstring(response.content)
    (frame,) = page.xpath("//iframe")
    assert "sandbox" in frame.attrib
    assert "&lt;b&gt;Va&lt;/b&gt; 123" in frame.get("srcdoc")
    assert "Factura electrónica 123 – " in page.text_content()
    assert "datos de ejemplo" in page.text_content()
    assert not models.MailTemplate.objects.exists()


def test_the_preview_tells_of_the_last_accepted_document(
    house: House, client: Client, peru: Company
) -> None:
    issued = house.issue(peru)
    house.run(peru)
    response = client.post(url(peru, "invoice/vista-previa/"), form(view="text"))
    page = lxml_html.fromstring(response.content)
    number = models.Document.objects.get(pk=issued.id).number
    assert f"Va {number}." in page.xpath("//pre")[0].text
    assert ".zip" in page.xpath("//pre")[0].text
    assert f"Con los datos de {number}" in page.text_content()


def test_the_preview_says_what_is_wrong(client: Client, peru: Company) -> None:
    response = client.post(url(peru, "invoice/vista-previa/"), form(body="{{x}}"))
    assert "Así no se puede enviar" in told(response)
    assert "no existe la variable «x»" in told(response)


def test_where_the_law_fixes_the_subject_it_is_locked(house: House, enter: Enter) -> None:
    colombia = house.colombia()
    client = enter(colombia)
    response = client.get(url(colombia))
    assert "Lo fija la norma de la DIAN" in told(response)
    assert not lxml_html.fromstring(response.content).xpath("//*[@id='subject']")
    client.post(url(colombia), form(subject="Mío {{x}}"))
    row = models.MailTemplate.objects.get()
    assert (row.subject, row.body) == ("", "Va {{documento.numero}}.")
    assert "lo fija la norma" in told(client.get(url(colombia, "invoice/vista-previa/")))


def test_nobody_touches_anothers_words_nor_a_kind_that_is_not(
    house: House, peru: Company, enter: Enter
) -> None:
    other = house.costa_rica()
    client = enter(other, email="otra@taller.example")
    for rest in ("", "invoice/", "invoice/restaurar/", "invoice/vista-previa/"):
        assert client.post(url(peru, rest), form()).status_code == 404
    for kind in ("despatch", "nada"):
        assert client.get(url(other, f"{kind}/")).status_code == 404
    assert client.get(url(other, "invoice/restaurar/")).status_code == 405


@pytest.mark.parametrize("accepted", [False, True])
def test_the_preview_shows_the_link_that_its_reader_would_get(
    house: House, client: Client, peru: Company, settings: Any, accepted: bool
) -> None:
    settings.PUBLIC_URL = settings.SANDBOX_PUBLIC_URL = "https://facturas.example"
    if accepted:
        house.issue(peru)
        house.run(peru)
    body = "Hola.\n\nMira aquí: {{enlace}}\n\nFin."
    shown = client.post(url(peru, "invoice/vista-previa/"), form(body=body, view="text"))
    (text,) = lxml_html.fromstring(shown.content).xpath("//pre")
    assert "Mira aquí: https://facturas.example/d/" in text.text
    assert models.PublicPage.objects.filter(mailed=False).count() == 0
