"""The faults that Hacienda can play, and the settings that ask for them."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from acuse_sandbox.hacienda.options import Fault, read
from tests.sandbox.hacienda.changes import put
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import Place, clave, good, verifies
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


def test_quotes_in_a_record_are_doubled(place: Place) -> None:
    if not place.hacienda.uses_schemas:
        pytest.skip("no published schemas (ACUSE_AUTHORITY_DIR)")
    root = factura()
    put("CondicionVenta", 'a"b')(root)
    assert 'a""b' in place.verdict(sign(root)).detail


@pytest.mark.parametrize("name", ["fault", "token_seconds", "tolerance", "nada"])
def test_a_setting_that_makes_no_sense_is_not_passed_over(name: str) -> None:
    with pytest.raises((KeyError, ValueError, ArithmeticError)):
        read({f"hacienda.{name}": "disparate"})


def test_settings_of_others_are_not_haciendas() -> None:
    assert read({"sunat.mode": "beta"}) == read({})
