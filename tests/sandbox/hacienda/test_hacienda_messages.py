"""What a receiver answers to a document has ways of its own: envelope, key, signer, verdict."""

from __future__ import annotations

import json

import pytest

from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.hacienda import others
from tests.sandbox.hacienda.cases_kinds import BOUGHT, FIRST
from tests.sandbox.hacienda.changes import find
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import (
    BUYER,
    LIST,
    USER,
    Place,
    clave,
    envelope,
    good,
    key,
    schema,
)
from tests.sandbox.hacienda.signing import sign


def message(**changes: str) -> bytes:
    return sign(others.message(clave(FIRST), **changes), BOUGHT)


@pytest.mark.parametrize("told", ["1", "2", "3"])
def test_a_message_has_its_own_verdict(place: Place, told: str) -> None:
    place.verdict(FIRST)
    document = message(told=told)
    response = place.send(document, user=BUYER)
    assert response.headers["Location"].endswith(key(document))
    verdict = place.judged(key(document), user=BUYER)
    assert (verdict.state, verdict.codes) == ("aceptado", set())
    assert verdict.text("Clave") == clave(FIRST)
    assert verdict.text("NombreEmisor") == "Café Ejemplar de Tarrazú S.A."
    assert verdict.text("NumeroCedulaReceptor") == "199990888"
    assert verdict.text("TotalFactura") == "8475.00000"
    assert place.judged(clave(FIRST)).state == "aceptado"


@pytest.mark.authority
def test_haciendas_answer_to_a_message_has_the_published_shape(place: Place) -> None:
    published = schema("MensajeHacienda_V4.4.xsd")
    for ordinal, before in enumerate((b"", FIRST), start=1):
        if before:
            place.verdict(before)
        verdict = place.verdict(
            sign(others.message(clave(FIRST), ordinal=ordinal), BOUGHT), user=BUYER
        )
        assert published.validate(verdict.root), published.error_log


def test_a_message_is_asked_for_with_its_consecutivo(place: Place) -> None:
    place.verdict(FIRST)
    document = message()
    place.verdict(document, user=BUYER)
    other = key(document)[:-1] + "2"
    assert place.ask(other, user=BUYER).status == 404
    listed = json.loads(place.call("GET", LIST, user=BUYER).body)
    assert [one["clave"] for one in listed] == [clave(FIRST)]
    assert place.call("GET", f"{LIST}/{key(document)}", user=BUYER).status == 404


def test_only_the_receiver_may_answer(place: Place) -> None:
    place.verdict(FIRST)
    response = place.send(message(), user=USER)
    assert (response.status, "CR-API-6" in response.headers["X-Error-Cause"]) == (403, True)


def test_a_message_is_signed_by_the_receiver(place: Place) -> None:
    place.verdict(FIRST)
    document = sign(others.message(clave(FIRST)))
    assert place.verdict(document, user=BUYER).codes == {"CR-CERT-2"}


def test_a_message_is_received_once(place: Place) -> None:
    place.verdict(FIRST)
    document = message()
    assert place.send(document, user=BUYER).status == 202
    again = place.send(document, user=BUYER)
    assert (again.status, "CR-API-7" in again.headers["X-Error-Cause"]) == (400, True)
    assert place.send(message(told="3"), user=BUYER).status == 202


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        ("CR-API-1", "consecutivoReceptor", None),
        ("CR-API-1", "receptor", None),
        ("CR-API-3", "consecutivoReceptor", "00100001050000000002"),
        ("CR-API-3", "clave", clave(good(number=7))),
        ("CR-API-4", "fecha", "2026-11-25T10:31:00-06:00"),
        (
            "CR-API-4",
            "receptor",
            {"tipoIdentificacion": "01", "numeroIdentificacion": "199990889"},
        ),
        (
            "CR-API-4",
            "emisor",
            {"tipoIdentificacion": "02", "numeroIdentificacion": "3101999889"},
        ),
    ],
)
def test_the_envelope_of_a_message_agrees_with_it(
    place: Place, rule: str, name: str, value: object
) -> None:
    response = place.send(message(), user=BUYER, **{name: value})
    assert (response.status, rule in response.headers["X-Error-Cause"]) == (400, True)


def test_a_message_may_pad_its_numbers(place: Place) -> None:
    place.verdict(FIRST)
    document = sign(others.message(clave(FIRST), receiver="000199990888"), BOUGHT)
    body = envelope(document)
    body["receptor"]["numeroIdentificacion"] = "199990888"
    assert place.send(document, user=BUYER, **body).status == 202
    assert place.judged(key(document), user=BUYER).state == "aceptado"


def test_a_script_finds_a_message_by_its_key_and_the_sellers_name(place: Place) -> None:
    place.verdict(FIRST)
    document = message()
    place.world.scripts.add(
        "hacienda", {"fiscal_id": key(document)}, [ScriptedReply(Script.OBSERVE)]
    )
    assert place.verdict(document, user=BUYER).records == ["-16"]
    root = factura(number=8)
    find(root, "Emisor/Nombre").text = "Proveedor RECHAZA -53"
    place.verdict(sign(root))
    late = sign(others.message(clave(sign(root)), ordinal=2), BOUGHT)
    assert place.verdict(late, user=BUYER).records == ["-53"]


def test_a_message_about_nothing_known_names_nobody(place: Place) -> None:
    verdict = place.verdict(message(), user=BUYER)
    assert (verdict.codes, verdict.text("NombreEmisor")) == ({"CR-MR-3"}, "DESCONOCIDO")
