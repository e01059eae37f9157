"""Certificado y credenciales, with what the company allows that hangs from them."""

from __future__ import annotations

from acuse.store import companies
from tests.flow.house import House
from tests.web.conftest import Enter
from tests.web.forms import page, words


def test_the_registers_word_is_asked_where_its_credentials_are_entered(
    house: House, enter: Enter
) -> None:
    company = house.peru()
    client, place = enter(company), f"/e/{company.id}/configuracion/facturacion/certificado/"
    shown = client.get(place)
    assert "Aceptar la palabra del registro de SUNAT" in words(shown)
    given = {"register_client_id": "inventado", "register_client_secret": "inventado"}
    client.post(place, given | {"extra-register_settles": "true"})
    kept = companies.load(company.id)
    assert kept.extra["register_settles"] is True
    assert {"register_client_id", "register_client_secret"} <= kept.secrets
    (chosen,) = page(client.get(place)).xpath("//select[@name='extra-register_settles']")
    assert chosen.value == "true"
    elsewhere = client.get(f"/e/{company.id}/configuracion/empresa/")
    assert not page(elsewhere).xpath("//*[@name='extra-register_settles']")


def test_a_companys_own_fields_are_kept_by_their_type(house: House, enter: Enter) -> None:
    company = house.peru()
    client, place = enter(company), f"/e/{company.id}/configuracion/empresa/"
    told = {
        **{one.get("name"): one.value or "" for one in page(client.get(place)).forms[-1].inputs},
        "extra-summary_hour": "21",
        "extra-receipt_as_xml": "true",
    }
    assert client.post(place, told).status_code == 302
    kept = companies.load(company.id).extra
    assert (kept["summary_hour"], kept["receipt_as_xml"]) == (21, True)
    wrong = client.post(place, told | {"extra-summary_hour": "las nueve"})
    assert wrong.status_code == 422
    assert "no es una cifra" in words(wrong)
