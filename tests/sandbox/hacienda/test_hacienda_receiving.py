"""POST /recepcion: what is received, and what is refused at once."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from acuse_sandbox.server import dispatcher
from acuse_sandbox.world import Request, Response
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import POST, Place, clave, envelope, good
from tests.sandbox.hacienda.signing import sign


def cause(response: Response) -> str:
    return response.headers["X-Error-Cause"]


def test_a_document_is_received_before_it_is_judged(place: Place) -> None:
    document = good()
    response = place.send(document)
    assert (response.status, response.body) == (202, b"")
    (entry,) = place.world.ledger.read(fiscal_id=clave(document))
    assert (entry.purpose, entry.outcome, entry.document) == ("send", "pending", document)


def test_the_location_is_where_the_verdict_will_be(place: Place) -> None:
    world = dispatcher({"hacienda": place.hacienda.handle})
    document = good()
    headers = {
        "host": "sandbox.example:8000",
        "authorization": f"bearer {place.token()}",
        "content-type": "application/json",
    }
    body = json.dumps(envelope(document)).encode()
    sent = world(Request("POST", f"/hacienda{POST}", {}, headers, body))
    location = urlsplit(sent.headers["Location"])
    assert (location.scheme, location.netloc) == ("http", "sandbox.example:8000")
    asked = world(Request("GET", location.path, {}, headers, b""))
    assert json.loads(asked.body)["clave"] == clave(document)


Spoil = Callable[[dict[str, Any]], None]


def lacking(*path: str) -> Spoil:
    def spoil(message: dict[str, Any]) -> None:
        for name in path[:-1]:
            message = message[name]
        del message[path[-1]]

    return spoil


def having(value: object, *path: str) -> Spoil:
    def spoil(message: dict[str, Any]) -> None:
        for name in path[:-1]:
            message = message[name]
        message[path[-1]] = value

    return spoil


ANOTHER = clave(good(number=7))


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("CR-API-1", lacking("clave")),
        ("CR-API-1", lacking("fecha")),
        ("CR-API-1", lacking("emisor")),
        ("CR-API-1", lacking("emisor", "numeroIdentificacion")),
        ("CR-API-1", lacking("comprobanteXml")),
        ("CR-API-1", having(50625112600310199988800100001010000000001112345678, "clave")),
        ("CR-API-1", having(["3101999888"], "emisor")),
        ("CR-API-1", having("", "comprobanteXml")),
        ("CR-API-2", having("no es base64", "comprobanteXml")),
        ("CR-API-2", having(b64encode(good()).decode() + "\n", "comprobanteXml")),
        ("CR-API-2", having(b64encode(good()).decode().rstrip("=") + "===", "comprobanteXml")),
        ("CR-API-2", having("Ñandú", "comprobanteXml")),
        ("CR-API-2", having(b64encode(b"no es XML").decode(), "comprobanteXml")),
        ("CR-API-3", having(ANOTHER, "clave")),
        ("CR-API-4", having("2026-11-25T10:30:01-06:00", "fecha")),
        ("CR-API-4", having("ayer", "fecha")),
        ("CR-API-4", having("3101999889", "emisor", "numeroIdentificacion")),
        ("CR-API-4", having("01", "emisor", "tipoIdentificacion")),
    ],
)
def test_an_envelope_at_fault_is_refused_and_nothing_is_kept(
    place: Place, rule: str, spoil: Spoil
) -> None:
    document = good()
    message = envelope(document)
    spoil(message)
    response = place.call("POST", POST, json.dumps(message).encode())
    assert (response.status, rule in cause(response)) == (400, True)
    assert place.outcomes() == [("send", "refused")]
    assert place.ask(clave(document)).status == 404


def test_the_same_moment_may_be_written_in_another_way(place: Place) -> None:
    assert place.send(good(), fecha="2026-11-25T16:30:00Z").status == 202


@pytest.mark.parametrize(
    "user", ["cpj-3-101-999889@stag.example", "cpf-01-9999-0888@stag.example", "ventas@x.example"]
)
def test_only_the_issuers_user_may_send(place: Place, user: str) -> None:
    response = place.send(good(), user=user)
    assert (response.status, "CR-API-6" in cause(response)) == (403, True)
    assert place.send(good()).status == 202


@pytest.mark.parametrize("again", [good(), sign(factura(), signed_at="2026-11-25T10:30:09-06:00")])
def test_a_clave_is_received_once_whatever_the_bytes(place: Place, again: bytes) -> None:
    place.verdict(good())
    response = place.send(again)
    assert response.status == 400
    assert "fue recibido anteriormente" in cause(response)
    assert [e for e in place.outcomes() if e[0] == "send"] == [
        ("send", "pending"),
        ("send", "refused"),
    ]
    assert place.judged(clave(again)).state == "aceptado"


def test_of_equal_documents_at_once_one_is_received(place: Place) -> None:
    document = good()
    place.token()
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(r.status for r in pool.map(place.send, [document] * 8))
    assert statuses == [202] + [400] * 7


def test_of_two_documents_with_one_number_at_once_one_is_accepted(place: Place) -> None:
    documents = [good(security=f"{ordinal:08d}") for ordinal in range(6)]
    place.token()
    with ThreadPoolExecutor(6) as pool:
        assert {r.status for r in pool.map(place.send, documents)} == {202}
    states = sorted(place.judged(clave(document)).state for document in documents)
    assert states == ["aceptado"] + ["rechazado"] * 5


def test_calls_have_a_limit_and_say_when_it_ends(place: Place) -> None:
    place.set("rate_limit", "2")
    first, second, third = (place.send(good(number=n)) for n in (1, 2, 3))
    assert [r.status for r in (first, second, third)] == [202, 202, 429]
    assert first.headers["X-Ratelimit-Remaining"] == "1"
    assert "CR-API-8" in cause(third)
    reset = int(third.headers["X-Ratelimit-Reset"])
    now = place.at.timestamp()
    assert 0 < reset - now <= 60
    place.later(seconds=reset - now)
    assert place.send(good(number=3)).status == 202


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/recepcion-sandbox/v2/recepcion", 403),
        ("GET", "/", 403),
        ("GET", "/recepcion/v1/recepcion/a/b", 403),
        ("GET", "/auth/realms/rut-stag/account", 403),
        ("GET", POST, 405),
        ("PUT", f"{POST}/{ANOTHER}", 405),
        ("GET", "/auth/realms/rut-stag/protocol/openid-connect/token", 405),
    ],
)
def test_the_gateway_knows_its_paths_only(
    place: Place, method: str, path: str, status: int
) -> None:
    response = place.call(method, path)
    assert response.status == status
    assert ("CR-API-9" in response.headers.get("X-Error-Cause", "")) == (status == 403)


@pytest.mark.parametrize("kind", ["", "text/xml", "application/x-www-form-urlencoded"])
def test_a_message_is_json_by_its_header(place: Place, kind: str) -> None:
    body = json.dumps(envelope(good())).encode()
    assert place.call("POST", POST, body, headers={"content-type": kind}).status == 415
    json_type = "application/json; charset=utf-8"
    assert place.call("POST", POST, body, headers={"content-type": json_type}).status == 202
