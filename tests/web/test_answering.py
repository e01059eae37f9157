"""A received document on the screen: its country's buttons, fields, term and missing answer."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from acuse.store import models
from acuse.xml import parse
from tests.flow.answerers import Answerers
from tests.flow.answerers import answerers as answerers
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders
from tests.web.conftest import Enter


def upload(client: Client, company_id: int, *files: bytes) -> Any:
    named = [SimpleUploadedFile(f"{place}.xml", raw) for place, raw in enumerate(files)]
    return client.post(f"/e/{company_id}/recibidos/", {"file": named}, follow=True)


def test_both_files_are_chosen_at_once(answerers: Answerers, enter: Enter) -> None:
    client, company = enter(answerers.buyer), answerers.buyer
    page = client.get(f"/e/{company.id}/recibidos/").content.decode()
    assert "multiple required" in page
    document, answer = answerers.files(answerers.sell())
    shown = upload(client, company.id, answer, document).content.decode()
    row = models.Received.objects.get()
    assert row.receipt_id is not None
    assert "Contesta a más tardar el" in shown
    assert "vale como aceptado por completo" in shown
    for action in (">Aceptar</button>", ">Aceptar en parte</button>", ">Rechazar</button>"):
        assert action in shown
    listed = client.get(f"/e/{company.id}/recibidos/").content.decode()
    assert "Nada todavía · plazo" in listed


def test_a_document_without_its_answer_is_told_and_has_no_button(
    answerers: Answerers, enter: Enter
) -> None:
    client, company = enter(answerers.buyer), answerers.buyer
    document, answer = answerers.files(answerers.sell())
    shown = upload(client, company.id, document)
    page = shown.content.decode()
    assert "Falta la respuesta de Hacienda" in page
    assert "</button>" not in page.partition("Qué puedes declarar")[2].partition("Lo declarado")[0]
    place = shown.redirect_chain[-1][0]
    assert client.get(f"{place}archivos/respuesta").status_code == 404
    assert client.post(place, {"kind": "ACCEPTED"}).status_code == 422
    listed = client.get(f"/e/{company.id}/recibidos/").content.decode()
    assert "Falta la respuesta de Hacienda" in listed
    upload(client, company.id, answer)
    assert client.get(f"{place}archivos/respuesta").content == answer
    assert "Falta la respuesta" not in client.get(place).content.decode()


def test_the_fields_that_the_country_asks_for_are_signed(
    answerers: Answerers, enter: Enter
) -> None:
    client, received_id = enter(answerers.buyer), answerers.taken()
    place = f"/e/{answerers.buyer.id}/recibidos/{received_id}/"
    told = {
        "kind": "PARTLY_ACCEPTED",
        "PARTLY_ACCEPTED-note": "Solo dos de tres",
        "PARTLY_ACCEPTED-extra-tax_condition": "02",
        "PARTLY_ACCEPTED-extra-tax_credit": "1.500,25",
        "PARTLY_ACCEPTED-extra-activity": "474100",
    }
    refused = client.post(place, told)
    assert refused.status_code == 422
    assert "CR-OWN-72" in refused.content.decode()
    assert 'value="1.500,25"' in refused.content.decode()
    told["PARTLY_ACCEPTED-extra-tax_credit"] = "500,25"
    shown = client.post(place, told, follow=True).content.decode()
    assert "Aceptación parcial: firmado y en camino." in shown
    assert "Solo dos de tres" in shown
    assert "IVA por acreditar: 500.25" in shown
    assert "Condición del IVA: Genera crédito parcial del IVA" in shown
    row = models.Reception.objects.get()
    root = parse.parse(client.get(f"{place}declarado/{row.pk}/xml").content)
    assert parse.child_text(root, "MontoTotalImpuestoAcreditar") == "500.25000"
    assert parse.child_text(root, "Mensaje") == "2"


def test_a_rejection_needs_its_reason(answerers: Answerers, enter: Enter) -> None:
    client, received_id = enter(answerers.buyer), answerers.taken()
    place = f"/e/{answerers.buyer.id}/recibidos/{received_id}/"
    refused = client.post(place, {"kind": "CLAIMED"})
    assert refused.status_code == 422
    assert "Escribe el motivo" in refused.content.decode()
    client.post(place, {"kind": "CLAIMED", "CLAIMED-note": "No lo pedí"})
    row = models.Reception.objects.get()
    assert (row.kind, row.facts) == ("CLAIMED", {"note": "No lo pedí"})
    assert client.post(place, {"kind": "ACKNOWLEDGED"}).status_code == 404


def test_a_country_of_one_file_asks_for_one(traders: Traders, enter: Enter) -> None:
    client = enter(traders.buyer)
    page = client.get(f"/e/{traders.buyer.id}/recibidos/").content.decode()
    assert "multiple" not in page.partition('type="file"')[2].partition(">")[0]
    shown = upload(client, traders.buyer.id, traders.mailed(traders.sell())).content.decode()
    assert ">Declarar acuse de recibo</button>" in shown
    assert "Contesta a más tardar" not in shown
