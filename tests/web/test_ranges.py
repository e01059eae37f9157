"""Numeraciones: what is counted, what ends soon, and how a range comes here."""

from __future__ import annotations

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.flow import outside
from acuse.store import companies, models
from tests.flow.house import House
from tests.jurisdictions.co import makers as colombian
from tests.web.conftest import Enter
from tests.web.forms import alerts, buttons, fields, page

INVOICES = {
    "kind": "INVOICE",
    "series": "fe",
    "first": "1",
    "last": "5000",
    "next": "",
    "valid_from": "2026-01-01",
    "valid_until": "2028-01-01",
    "extra-resolution": "18764000777",
    "extra-resolution_date": "2026-01-01",
}


def place(company: Company, verb: str = "") -> str:
    return f"/e/{company.id}/configuracion/facturacion/numeraciones/{verb}"


def text(response: object) -> str:
    return " ".join(page(response).text_content().split())  # type: ignore[arg-type]


# what is shown


def test_each_range_tells_its_document_its_numbers_and_its_law(house: House, enter: Enter) -> None:
    company = house.colombia()
    shown = text(enter(company).get(place(company)))
    assert "SETP Factura electrónica de venta 990000000 a 995000000 · próximo 990000000" in shown
    assert "19/01/2019 a 19/01/2030 Resolución 18760000001" in shown
    assert "NC Nota crédito 1 a 999999999 · próximo 1 Sin vencimiento 0 %" in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"next": 990000081}, "va en el 80 %: quedan 20 números. Pide otra con tiempo."),
        ({"next": 990000096}, "va en el 95 %: quedan 5 números. Pide otra ahora."),
        ({"days": 30}, "Prorrógala o pide otra con tiempo."),
        ({"days": 7}, "Pide otra o prorrógala ahora."),
    ],
)
def test_what_ends_soon_is_told(
    house: House, enter: Enter, changes: dict[str, int], words: str
) -> None:
    company = house.colombia()
    row = models.NumberingRange.objects.get(company_id=company.id, series="SETP")
    row.first, row.last = 990000001, 990000100
    row.next = changes.get("next", row.first)
    today = outside.now().astimezone(ZoneInfo("America/Bogota")).date()
    row.valid_until = today + timedelta(days=changes.get("days", 300))
    row.save()
    response = enter(company).get(place(company))
    (notice,) = page(response).xpath("//div[@role='note' and contains(@class, 'notice')]")
    assert words in notice.text_content()
    assert "Por terminar" in text(response)


def test_nothing_is_told_of_a_range_that_lasts(house: House, enter: Enter) -> None:
    company = house.colombia()
    response = enter(company).get(place(company))
    assert page(response).xpath("//div[@role='note' and contains(@class, 'notice')]") == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"active": False}, "Inactiva"),
        ({"next": 995000001}, "Agotada"),
        ({"valid_until": "2020-01-01"}, "Vencida"),
        ({"valid_from": "2090-01-01"}, "Aún no rige"),
    ],
)
def test_a_range_that_numbers_nothing_says_why(
    house: House, enter: Enter, changes: dict[str, object], words: str
) -> None:
    company = house.colombia()
    rows = models.NumberingRange.objects.filter(company_id=company.id, series="SETP")
    rows.update(**changes)
    assert words in text(enter(company).get(place(company)))


# by hand


def test_a_range_is_added_by_hand_with_its_authorisation(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    response = client.post(place(company), fields(client.get(place(company)), "range-form"))
    assert response.status_code == 422  # as it opens, it lacks the numbers
    response = client.post(place(company), INVOICES, follow=True)
    assert "Numeración FE agregada." in text(response)
    (made,) = companies.load(company.id).ranges
    assert (made.kind, made.series) == (DocumentKind.INVOICE, "FE")
    assert (made.first, made.last, made.next) == (1, 5000, 1)
    assert str(made.valid_until) == "2028-01-01"
    assert made.extra["resolution"] == "18764000777"
    assert str(made.extra["resolution_date"]) == "2026-01-01"


def test_a_series_of_our_own_needs_no_authorisation(house: House, enter: Enter) -> None:
    company = house.newcomer()
    told = {"kind": "CREDIT_NOTE", "series": "NC", "next": "41", "first": "9", "last": "x"}
    assert enter(company).post(place(company), told).status_code == 302
    (made,) = companies.load(company.id).ranges
    assert (made.kind, made.first, made.next) == (DocumentKind.CREDIT_NOTE, 41, 41)
    assert (made.valid_from, made.extra) == (None, {})


def test_a_range_goes_on_where_another_program_left(house: House, enter: Enter) -> None:
    company = house.newcomer()
    assert enter(company).post(place(company), INVOICES | {"next": "120"}).status_code == 302
    (made,) = companies.load(company.id).ranges
    assert (made.first, made.next) == (1, 120)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "RECIPE", "Elige el documento"),
        ("series", "LARGO", "no es de hasta 4 letras"),
        ("first", "", "lo que dice la autorización"),
        ("first", "0", "número entero"),
        ("last", "٣", "número entero"),
        ("last", "99999999999", "de hasta 10 cifras"),
        ("first", "6000", "es menor que el primero"),
        ("next", "5001", "no está entre 1 y 5000"),
        ("valid_from", "ayer", "La fecha no se entiende"),
        ("valid_until", "", "Falta hasta cuándo rige"),
        ("extra-resolution", "77", "no es de 11 a 14 cifras"),
        ("extra-resolution_date", "2026-02-30", "La fecha no se entiende"),
    ],
)
def test_a_wrong_range_is_not_kept_and_the_form_says_why(
    house: House, enter: Enter, field: str, value: str, words: str
) -> None:
    company = house.newcomer()
    response = enter(company).post(place(company), INVOICES | {field: value})
    assert response.status_code == 422
    assert "No se agregó." in alerts(response)
    wrong = " ".join(one.text_content() for one in page(response).xpath("//p[@class='wrong']"))
    assert words.replace("lo que dice", "que dice") in wrong
    assert companies.load(company.id).ranges == ()
    kept = fields(response, "range-form")
    assert kept["extra-resolution"] == (value if field == "extra-resolution" else "18764000777")


def test_the_key_of_a_range_comes_by_hand_too(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client, key = enter(company), "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
    response = client.post(place(company), INVOICES | {"secret": "no-es-una-clave"})
    assert "La clave técnica tiene 15 caracteres" in text(response)
    assert fields(response, "range-form")["secret"] == ""  # a secret is not shown again
    assert companies.load(company.id).ranges == ()
    spaced = f" {key[:20]} {key[20:]} "
    assert client.post(place(company), INVOICES | {"secret": spaced}).status_code == 302
    credential = outside.credential(companies.load(company.id))
    assert credential.secret("technical_key:18764000777:FE") == key


def test_ranges_of_a_document_do_not_share_numbers(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    client.post(place(company), INVOICES)
    crossed = client.post(place(company), INVOICES | {"first": "5000", "last": "9000"})
    assert "La numeración FE ya existe del 1 al 5000" in text(crossed)
    after = client.post(place(company), INVOICES | {"first": "5001", "last": "9000"})
    assert after.status_code == 302


def test_notes_do_not_take_the_prefix_of_an_authorised_range(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    client.post(place(company), INVOICES)
    response = client.post(place(company), {"kind": "CREDIT_NOTE", "series": "FE"})
    assert response.status_code == 422
    assert "Dale un prefijo propio" in text(response)


def test_where_one_document_is_issued_the_form_is_short(house: House, enter: Enter) -> None:
    company = house.peru()
    client = enter(company)
    response = client.get(place(company))
    form = fields(response, "range-form")
    assert form == {"kind": "INVOICE", "series": "", "next": ""}
    assert not any("Leer numeraciones" in words for words in buttons(response))
    assert client.post(place(company), form | {"series": "f002", "next": "7"}).status_code == 302
    found = {one.series: one for one in companies.load(company.id).ranges}
    assert (found["F002"].next, found["F002"].last) == (7, 99_999_999)
    again = client.post(place(company), form | {"series": "F001"})
    assert "La numeración F001 ya existe" in text(again)


# from the authority


def test_the_authority_is_asked_and_the_answer_is_told(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    assert "Leer numeraciones de la DIAN" in buttons(client.get(place(company)))
    response = client.post(place(company, "leer/"), follow=True)
    assert "Numeraciones leídas: 1 nuevas, 0 conocidas." in text(response)
    house.sandbox.world.settings["dian.fault"] = "page_503"
    response = client.post(place(company, "leer/"), follow=True)
    assert "La DIAN no dio numeraciones." in text(response)


def test_a_company_without_certificate_cannot_ask(house: House, enter: Enter) -> None:
    company = house.newcomer()
    models.Certificate.objects.filter(company_id=company.id).delete()
    response = enter(company).post(place(company, "leer/"), follow=True)
    assert "no tiene certificado digital" in text(response)


# changes


def test_a_range_is_put_to_rest_and_woken(house: House, enter: Enter) -> None:
    company = house.newcomer()
    client = enter(company)
    client.post(place(company), INVOICES)
    (made,) = companies.load(company.id).ranges
    client.post(place(company, f"{made.id}/"))
    assert not companies.load(company.id).ranges[0].active
    client.post(place(company, f"{made.id}/"))
    assert companies.load(company.id).ranges[0].active


def test_an_unused_range_may_be_of_another_document(house: House, enter: Enter) -> None:
    company = house.newcomer()
    told = {
        "nit": colombian.NIT,
        "prefix": "DS",
        "first": 1,
        "last": 900,
        "valid_from": "2026-01-01",
        "valid_until": "2028-01-01",
    }
    house.sandbox.world.settings["dian.range.18764000778"] = json.dumps(told)
    client = enter(company)
    client.post(place(company, "leer/"))
    made = next(one for one in companies.load(company.id).ranges if one.series == "DS")
    (offered,) = page(client.get(place(company))).xpath(f"//select[@id='kind-{made.id}']")
    assert "PURCHASE" in offered.value_options
    assert "CREDIT_NOTE" not in offered.value_options  # no authority gives these numbers
    client.post(place(company, f"{made.id}/"), {"kind": "PURCHASE"})
    made = next(one for one in companies.load(company.id).ranges if one.series == "DS")
    assert made.kind is DocumentKind.PURCHASE
    models.NumberingRange.objects.filter(pk=made.id).update(next=2)
    response = client.post(place(company, f"{made.id}/"), {"kind": "INVOICE"}, follow=True)
    assert "ya numeró documentos" in text(response)
    made = next(one for one in companies.load(company.id).ranges if one.series == "DS")
    assert made.kind is DocumentKind.PURCHASE


def test_the_ranges_of_others_are_not_there(house: House, enter: Enter) -> None:
    mine, other = house.newcomer(), house.peru()
    theirs = companies.load(other.id).ranges[0]
    client = enter(mine)
    assert client.post(place(mine, f"{theirs.id}/")).status_code == 404
    assert client.get(place(other)).status_code == 404
    assert companies.load(other.id).ranges[0].active
