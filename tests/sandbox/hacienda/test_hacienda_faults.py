"""The faults that Hacienda can play, and the settings that ask for them."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from acuse_sandbox.hacienda.options import Fault, read
from tests.sandbox.hacienda.changes import put
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import (
    LIST,
    POST,
    TOKEN,
    USER,
    Place,
    clave,
    envelope,
    good,
    verifies,
)
from tests.sandbox.hacienda.signing import sign


def wrong(number: int = 1) -> bytes:
    """A document that is rejected for its total."""
    root = factura(number=number)
    put("ResumenFactura/TotalVenta", "1.00000")(root)
    return sign(root)


def sent(place: Place, document: bytes) -> str:
    assert place.send(document).status == 202
    return clave(document)


def faulty(place: Place, fault: Fault) -> None:
    place.set("fault", fault.value)


def test_a_verdict_may_come_without_its_xml(place: Place) -> None:
    which = sent(place, good())
    faulty(place, Fault.NO_XML)
    body = json.loads(place.ask(which).body)
    assert (body["ind-estado"], "respuesta-xml" in body) == ("aceptado", False)
    place.set("fault", "")
    assert place.judged(which).state == "aceptado"


def test_the_xml_may_say_the_contrary_of_the_state(place: Place) -> None:
    faulty(place, Fault.WRONG_MESSAGE)
    verdict = place.verdict(good())
    assert (verdict.state, verdict.message) == ("aceptado", "3")
    other = place.verdict(wrong(2))
    assert (other.state, other.message) == ("rechazado", "1")


def test_hacienda_may_fail_by_itself(place: Place) -> None:
    faulty(place, Fault.ERROR)
    which = sent(place, good())
    assert json.loads(place.ask(which).body)["ind-estado"] == "error"
    assert place.outcomes()[-1] == ("ask", "fault")


def test_lines_may_end_in_a_carriage_return(place: Place) -> None:
    faulty(place, Fault.CARRIAGE_RETURNS)
    verdict = place.verdict(wrong())
    assert b"&#13;" in verdict.content
    assert "-111" in verdict.records


def test_a_rejection_may_name_nobody(place: Place) -> None:
    faulty(place, Fault.UNKNOWN_ISSUER)
    assert place.verdict(wrong()).text("NombreEmisor") == "DESCONOCIDO"
    assert place.verdict(good(number=2)).text("NombreEmisor") != "DESCONOCIDO"


def test_a_rejection_may_begin_with_the_word_accepted(place: Place) -> None:
    faulty(place, Fault.ACCEPTED_WORDS)
    verdict = place.verdict(wrong())
    assert (verdict.state, verdict.message) == ("rechazado", "3")
    assert "aceptado" in verdict.detail.splitlines()[0]


def test_the_xml_may_be_altered_after_hacienda_signed_it(place: Place) -> None:
    faulty(place, Fault.BROKEN_SIGNATURE)
    which = sent(place, good())
    content = b64decode(json.loads(place.ask(which).body)["respuesta-xml"])
    assert not verifies(content, place.hacienda.certificate)


@pytest.mark.parametrize(("fault", "status"), [(Fault.PAGE_502, 502), (Fault.GATEWAY_403, 403)])
def test_what_stands_before_hacienda_may_answer_instead(
    place: Place, fault: Fault, status: int
) -> None:
    place.token()
    faulty(place, fault)
    assert place.send(good()).status == status
    assert place.ask(clave(good())).status == status
    place.set("fault", "")
    assert place.ask(clave(good())).status == 404


def test_a_document_may_get_lost_on_its_way(place: Place) -> None:
    faulty(place, Fault.LOST)
    document = good()
    assert place.send(document).hang
    assert place.ask(clave(document)).status == 404
    assert place.outcomes()[0] == ("send", "fault")
    place.set("fault", "")
    assert place.verdict(document).state == "aceptado"


def test_the_xml_may_be_anothers(place: Place) -> None:
    faulty(place, Fault.WRONG_CLAVE)
    which = sent(place, good())
    for _ in range(3):
        content = b64decode(json.loads(place.ask(which).body)["respuesta-xml"])
        assert verifies(content, place.hacienda.certificate)
        assert which.encode() not in content
    place.set("fault", "")
    assert place.judged(which).state == "aceptado"


def test_hacienda_may_fail_for_a_while(place: Place) -> None:
    place.set("processing_seconds", "10")
    place.set("error_seconds", "86400")
    which = sent(place, good())
    states = []
    for seconds in (9, 2, 86398, 1):
        place.later(seconds=seconds)
        states.append(json.loads(place.ask(which).body)["ind-estado"])
    assert states == ["procesando", "error", "error", "aceptado"]


def test_a_user_may_be_blocked(place: Place) -> None:
    kept = json.loads(place.login().body)["refresh_token"]
    place.set("blocked", USER)
    assert place.login().status == 403
    fields = {"grant_type": "refresh_token", "refresh_token": kept, "username": "", "password": ""}
    assert place.login(**fields).status == 403
    assert place.login(username="cpf-01-9999-0888@stag.example").status == 200


def test_a_refresh_token_may_be_dead_at_once(place: Place) -> None:
    place.set("refresh_seconds", "0")
    kept = json.loads(place.login().body)["refresh_token"]
    fields = {"grant_type": "refresh_token", "refresh_token": kept, "username": "", "password": ""}
    assert place.login(**fields).status == 400


def test_a_token_may_live_five_seconds(place: Place) -> None:
    place.set("token_seconds", "5")
    answer = json.loads(place.login().body)
    headers = {"authorization": f"bearer {answer['access_token']}"}
    place.later(seconds=4)
    assert place.call("GET", LIST, headers=headers).status == 200
    place.later(seconds=1)
    assert place.call("GET", LIST, headers=headers).status == 401


@pytest.mark.parametrize(
    ("by", "code"), [({"minutes": -12}, "-53"), ({"days": 13}, "-16"), ({}, None)]
)
def test_clocks_that_differ_are_observed(
    place: Place, by: dict[str, float], code: str | None
) -> None:
    place.later(**by)
    verdict = place.verdict(good())
    assert (verdict.state, verdict.records) == ("aceptado", [code] if code else [])


# the sentence of staging


@pytest.mark.parametrize("word", ["recibido", "aceptado", "procesado"])
def test_staging_begins_with_its_sentence(place: Place, word: str) -> None:
    place.set("staging_word", word)
    accepted, rejected = place.verdict(good()), place.verdict(wrong(2))
    sentence = (
        f"Este comprobante fue {word} en el ambiente de pruebas, por lo cual no tiene validez "
        "para fines tributarios"
    )
    assert accepted.detail == sentence
    assert rejected.detail.splitlines()[:2] == [sentence, ""]


def test_production_says_no_such_thing(place: Place) -> None:
    realm = TOKEN.replace("rut-stag", "rut")
    answer = json.loads(place.login(realm, client_id="api-prod").body)
    headers = {"authorization": f"bearer {answer['access_token']}"}
    for document in (good(), wrong(2)):
        body = json.dumps(envelope(document)).encode()
        assert place.call("POST", POST, body, headers=headers).status == 202
    assert place.judged(clave(good())).detail == ""
    assert place.judged(clave(wrong(2))).detail.startswith("El comprobante tiene")


def test_a_token_of_one_realm_is_not_refreshed_in_the_other(place: Place) -> None:
    kept = json.loads(place.login().body)["refresh_token"]
    fields = {"grant_type": "refresh_token", "refresh_token": kept, "client_id": "api-prod"}
    response = place.login(TOKEN.replace("rut-stag", "rut"), **fields)
    assert response.status == 400


def test_quotes_in_a_record_are_doubled(place: Place) -> None:
    if not place.hacienda.uses_schemas:
        pytest.skip("no published schemas (ACUSE_AUTHORITY_DIR)")
    root = factura()
    put("CondicionVenta", 'a"b')(root)
    assert 'a""b' in place.verdict(sign(root)).detail


@pytest.mark.parametrize(
    "name",
    [
        "fault",
        "token_seconds",
        "tolerance",
        "nada",
        "idp",
        "callback",
        "staging_word",
        "unknown_documents",
    ],
)
def test_a_setting_that_makes_no_sense_is_not_passed_over(name: str) -> None:
    with pytest.raises((KeyError, ValueError, ArithmeticError)):
        read({f"hacienda.{name}": "disparate"})


def test_settings_of_others_are_not_haciendas() -> None:
    assert read({"sunat.mode": "beta"}) == read({})
