"""What strangers send: it is refused or rejected, never suffered."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest
from lxml import etree

from acuse_sandbox.world import Response
from tests.sandbox.hacienda import cases_kinds as kinds
from tests.sandbox.hacienda.changes import find
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import BUYER, POST, Place, envelope, good, key
from tests.sandbox.hacienda.signing import sign


def cause(response: Response) -> str:
    return response.headers["X-Error-Cause"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"clave"',
        b"{",
        b"[" * 100_000,
        b'{"clave": ' + b"9" * 10_000 + b"}",
        b'{"clave": NaN}',
        b"\xff\xfe{}",
        b'\xef\xbb\xbf{"clave": "1"}',
        '{"clave": "ñ"}'.encode("latin-1"),
    ],
)
def test_hostile_json_is_refused(place: Place, body: bytes) -> None:
    response = place.call("POST", POST, body)
    assert (response.status, "CR-API-1" in cause(response)) == (400, True)


DOCTYPE = b'<!DOCTYPE FacturaElectronica [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "prefix",
    [DOCTYPE, b'<!DOCTYPE FacturaElectronica SYSTEM "http://127.0.0.1:9/x.dtd">'],
)
def test_a_document_with_a_doctype_is_refused(place: Place, prefix: bytes) -> None:
    message = envelope(good())
    content = prefix + good().partition(b"?>")[2]
    message["comprobanteXml"] = b64encode(content).decode()
    response = place.call("POST", POST, json.dumps(message).encode())
    assert (response.status, "CR-API-2" in cause(response)) == (400, True)


@pytest.mark.parametrize(
    "content",
    [b"<a>" * 5000 + b"</a>" * 5000, b"<a>&amp;&nada;</a>", b"<a\x00/>", b"\x00", b"<a/><b/>"],
)
def test_hostile_xml_is_refused(place: Place, content: bytes) -> None:
    message = envelope(good()) | {"comprobanteXml": b64encode(content).decode()}
    assert place.call("POST", POST, json.dumps(message).encode()).status == 400


def test_a_message_too_large_is_refused(place: Place) -> None:
    assert place.call("POST", POST, b" " * (10 * 1024 * 1024 + 1)).status == 413


@pytest.mark.parametrize("told", ["506\r\nX-Injected: 1", "clave ñ – 50", "x" * 5000])
def test_a_hostile_clave_does_not_reach_the_headers(place: Place, told: str) -> None:
    document = etree.fromstring(good())
    found = document.find("{*}Clave")
    assert found is not None
    found.text = told
    message = envelope(etree.tostring(document)) | {"clave": told}
    response = place.call("POST", POST, json.dumps(message).encode())
    for value in response.headers.values():
        value.encode("latin-1")
        assert "\n" not in value
        assert "\r" not in value


@pytest.mark.parametrize(
    "amount", ["NaN", "Infinity", "1e999999", "-5", "9" * 200, "", "1/0", "0x10"]
)
def test_hostile_amounts_are_judged_not_suffered(place: Place, amount: str) -> None:
    root = factura()
    for found in root.iter("{*}MontoTotal", "{*}TotalComprobante", "{*}Cantidad", "{*}Tarifa"):
        found.text = amount
    assert place.verdict(sign(root)).state == "rechazado"


@pytest.mark.parametrize(
    "issued", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-45T99:00:00Z"]
)
def test_hostile_dates_are_judged_not_suffered(place: Place, issued: str) -> None:
    root = factura()
    found = root.find("{*}FechaEmision")
    assert found is not None
    found.text = issued
    assert place.verdict(sign(root)).state == "rechazado"


@pytest.mark.parametrize("without_papers", [False, True])
@pytest.mark.parametrize("value", ["", "-1", "NaN", "1e9", "9" * 300, "\u0661", " "])
@pytest.mark.parametrize(
    "name",
    ["TotalFactura", "MontoTotalImpuesto", "Mensaje", "FechaEmisionDoc", "NumeroCedulaEmisor"],
)
def test_hostile_answers_are_judged_not_suffered(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    without_papers: bool,
) -> None:
    if without_papers:
        monkeypatch.setenv("ACUSE_AUTHORITY_DIR", "/nonexistent")
    place.verdict(kinds.FIRST)
    root = kinds.message()
    find(root, name).text = value
    document = sign(root, kinds.BOUGHT)
    response = place.send(document, user=BUYER)
    if response.status == 202:
        assert place.judged(key(document), user=BUYER).state == "rechazado"
    else:
        assert (response.status, "CR-API-" in cause(response)) == (400, True)


@pytest.mark.parametrize("number", ["", "506", "9" * 50, "x" * 50, kinds.FIRST_CLAVE.lower() + " "])
def test_hostile_references_are_judged_not_suffered(place: Place, number: str) -> None:
    root = kinds.credit_note()
    find(root, "InformacionReferencia/Numero").text = number
    assert place.verdict(sign(root)).state == "rechazado"


def test_a_note_on_itself_is_on_nothing(place: Place) -> None:
    root = kinds.credit_note()
    find(root, "InformacionReferencia/Numero").text = find(root, "Clave").text
    assert place.verdict(sign(root)).codes == {"CR-REF-2"}


def test_ten_references_to_one_document_are_one(place: Place) -> None:
    place.verdict(kinds.FIRST)
    root = kinds.credit_note()
    reference = find(root, "InformacionReferencia")
    for _ in range(9):
        reference.addnext(etree.fromstring(etree.tostring(reference)))
    assert place.verdict(sign(root)).codes == set()
