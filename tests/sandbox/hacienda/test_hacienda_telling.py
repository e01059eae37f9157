"""GET by clave and the list: states, Hacienda's XML, waiting."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest
from lxml import etree

from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.hacienda import others
from tests.sandbox.hacienda.changes import find, put
from tests.sandbox.hacienda.documents import ISSUER, NAMESPACE, RECEIVER, factura
from tests.sandbox.hacienda.place import BUYER, LIST, Place, clave, good
from tests.sandbox.hacienda.signing import sign, signer


def wrong(number: int = 1) -> bytes:
    """A document that is rejected for its total."""
    root = factura(number=number)
    put("ResumenFactura/TotalVenta", "1.00000")(root)
    return sign(root)


def sent(place: Place, document: bytes) -> str:
    assert place.send(document).status == 202
    return clave(document)


def state(place: Place, which: str) -> str:
    return str(json.loads(place.ask(which).body)["ind-estado"])


def answer(place: Place, which: str) -> etree._Element:
    body = json.loads(place.ask(which).body)
    return etree.fromstring(b64decode(body["respuesta-xml"]))


def test_an_accepted_document_has_haciendas_xml(place: Place) -> None:
    verdict = place.verdict(good())
    told = {etree.QName(child).localname: child.text for child in verdict.root}
    assert told | {"DetalleMensaje": "", "Signature": ""} == {
        "Clave": clave(good()),
        "NombreEmisor": "Café Ejemplar de Tarrazú S.A.",
        "TipoIdentificacionEmisor": "02",
        "NumeroCedulaEmisor": ISSUER,
        "NombreReceptor": "Cliente Inventado",
        "TipoIdentificacionReceptor": "01",
        "NumeroCedulaReceptor": RECEIVER,
        "Mensaje": "1",
        "EstadoMensaje": "Aceptado",
        "DetalleMensaje": "",
        "MontoTotalImpuesto": "975.00000",
        "TotalFactura": "8475.00000",
        "Signature": "",
    }
    assert place.outcomes() == [("send", "pending"), ("ask", "accepted")]


def test_records_of_an_observation_and_of_a_rejection_look_alike(place: Place) -> None:
    place.world.scripts.add("hacienda", {}, [ScriptedReply(Script.OBSERVE)])
    observed = place.verdict(good(number=2))
    rejected = place.verdict(wrong())
    for verdict, first in ((observed, "-16"), (rejected, "-111")):
        lines = verdict.detail.splitlines()
        assert lines[lines.index("[") + 1] == "codigo, mensaje, fila, columna"
        assert lines[lines.index("[") + 2].startswith(f'{first}, "')
        assert lines[lines.index("[") + 2].endswith('", 0, 0')
        assert lines[-1] == "]"
    outcomes = [outcome for purpose, outcome in place.outcomes() if purpose == "ask"]
    assert outcomes == ["observed", "rejected"]


def test_hacienda_answers_with_the_same_bytes_every_time(place: Place) -> None:
    which = sent(place, good())
    assert place.ask(which).body == place.ask(which).body


def test_a_clave_never_received_is_not_known(place: Place) -> None:
    response = place.ask("5" * 50)
    assert (response.status, response.body) == (404, b"")
    assert "X-Error-Cause" in response.headers
    assert place.outcomes() == [("ask", "unknown")]


@pytest.mark.parametrize(
    ("setting", "before"), [("not_found_seconds", 404), ("processing_seconds", 200)]
)
def test_hacienda_may_take_its_time(place: Place, setting: str, before: int) -> None:
    place.set(setting, "30")
    which = sent(place, good())
    place.later(seconds=29)
    assert place.ask(which).status == before
    assert before == 404 or state(place, which) == "procesando"
    place.later(seconds=1)
    assert state(place, which) == "aceptado"


def test_processing_may_be_scripted_by_count(place: Place) -> None:
    place.world.scripts.add("hacienda", {}, [ScriptedReply(Script.PROCESSING, times=2)])
    which = sent(place, good())
    assert [state(place, which) for _ in range(3)] == ["procesando", "procesando", "aceptado"]
    assert [o for p, o in place.outcomes() if p == "ask"] == ["pending", "pending", "accepted"]


def test_an_answer_may_be_about_another_document_once(place: Place) -> None:
    place.world.scripts.add("hacienda", {}, [ScriptedReply(Script.WRONG_DOCUMENT)])
    which = sent(place, good())
    assert find(answer(place, which), "Clave").text != which
    assert find(answer(place, which), "Clave").text == which


def test_another_users_question_is_never_answered(place: Place) -> None:
    which = sent(place, good())
    place.later(days=1)
    body = json.loads(place.ask(which, user="cpj-3-101-999889@stag.example").body)
    assert body["ind-estado"] == "procesando"
    assert state(place, which) == "aceptado"


# what cannot be read


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("CR-ENC", b"\xef\xbb\xbf" + good()),
        ("CR-ENC", sign(factura(), encoding="UTF-16")),
        ("CR-ENC", sign(factura(), encoding="ISO-8859-1")),
        ("CR-NS", good().replace(b"/v4.4/", b"/v4.3/")),
        ("CR-NS", good().replace(b"FacturaElectronica", b"FacturaElectronicaCompra")),
        ("CR-NS", good().replace(f' xmlns="{NAMESPACE}"'.encode(), b"")),
    ],
    ids=["BOM", "UTF-16", "Latin-1", "4.3", "another kind", "no namespace"],
)
def test_what_is_not_a_factura_is_rejected_as_unreadable(
    place: Place, rule: str, content: bytes
) -> None:
    verdict = place.verdict(content)
    assert (verdict.state, verdict.codes, verdict.records) == ("rechazado", {rule}, ["-1"])
    assert verdict.text("NombreEmisor") == "DESCONOCIDO"
    assert verdict.text("TotalFactura") == "0"
    assert verdict.text("MontoTotalImpuesto") is None
    assert verdict.text("NombreReceptor") is None


def test_a_message_under_a_foreign_namespace_is_received_and_unreadable(place: Place) -> None:
    place.verdict(good())
    told = sign(others.message(clave(good())), signer("CPF-01-9999-0888"))
    verdict = place.verdict(told.replace(b"/mensajeReceptor", b"/MensajeReceptor"), user=BUYER)
    assert (verdict.state, verdict.codes) == ("rechazado", {"CR-NS"})


def test_a_schema_error_names_its_row(place: Place) -> None:
    root = factura()
    put("CondicionVenta", "77")(root)
    signed = sign(root)
    verdict = place.verdict(signed.replace(b"<Emisor>", b"\n\n<Emisor>"))
    if not place.hacienda.uses_schemas:
        pytest.skip("no published schemas (ACUSE_AUTHORITY_DIR)")
    assert (verdict.records, verdict.codes) == (["-1"], {"CR-XSD"})
    assert '", 4, ' in verdict.detail


@pytest.mark.parametrize(
    "missing", ["Emisor/Nombre", "CondicionVenta", "ResumenFactura/TotalVenta"]
)
def test_a_missing_element_is_a_schema_error(place: Place, missing: str) -> None:
    root = factura()
    found = find(root, missing)
    parent = found.getparent()
    assert parent is not None
    parent.remove(found)
    verdict = place.verdict(sign(root))
    assert (verdict.records, verdict.codes) == (["-1"], {"CR-XSD"})


def test_rules_are_judged_without_the_schemas_too(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACUSE_AUTHORITY_DIR", "/nonexistent")
    assert not place.hacienda.uses_schemas
    assert place.verdict(good()).state == "aceptado"
    assert "CR-TOT-13" in place.verdict(wrong(2)).codes
    root = factura(number=3)
    root.remove(find(root, "CondicionVenta"))
    assert place.verdict(sign(root)).codes == {"CR-XSD"}


# the list


def test_the_list_shows_a_users_documents_page_by_page(place: Place) -> None:
    claves = [sent(place, good(number=n)) for n in (1, 2, 3)]
    whole = place.call("GET", LIST)
    assert (whole.status, [one["clave"] for one in json.loads(whole.body)]) == (200, claves)
    page = place.call("GET", LIST, query={"offset": "1", "limit": "1"})
    assert (page.status, page.headers["Content-Range"]) == (206, "1-1/3")
    assert [one["clave"] for one in json.loads(page.body)] == claves[1:2]
    stranger = place.call("GET", LIST, user="cpj-3-101-999889@stag.example")
    assert json.loads(stranger.body) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"emisor": "02003101999888"}, 1),
        ({"emisor": "02003101999889"}, 0),
        ({"receptor": "01000199990888"}, 1),
        ({"receptor": "01000199990889"}, 0),
    ],
)
def test_the_list_can_be_narrowed(place: Place, query: dict[str, str], found: int) -> None:
    sent(place, good())
    assert len(json.loads(place.call("GET", LIST, query=query).body)) == found


@pytest.mark.parametrize("query", [{"offset": "-1"}, {"limit": "x"}, {"limit": "9" * 30}])
def test_a_list_asked_for_in_nonsense_is_refused(place: Place, query: dict[str, str]) -> None:
    assert place.call("GET", LIST, query=query).status == 400


def test_one_document_can_be_looked_up_in_the_list(place: Place) -> None:
    which = sent(place, good())
    assert json.loads(place.call("GET", f"{LIST}/{which}").body)["clave"] == which
    assert place.call("GET", f"{LIST}/{'5' * 50}").status == 404


def test_forgetting_everything_forgets_documents_and_numbers(place: Place) -> None:
    which = sent(place, good())
    place.hacienda.clear()
    place.later(seconds=1)
    assert place.ask(which).status == 404
    assert place.verdict(good(security="00000009")).state == "aceptado"
