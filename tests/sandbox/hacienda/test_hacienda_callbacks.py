"""Hacienda tells a verdict where it was asked to: a hint, sometimes early, sometimes false."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator

import pytest
from lxml import etree

from acuse_sandbox.hacienda.callbacks import target
from acuse_sandbox.server import Server
from acuse_sandbox.world import Response
from tests.sandbox.clients import Toy
from tests.sandbox.hacienda.cases_kinds import BOUGHT, FIRST, message
from tests.sandbox.hacienda.place import BUYER, Place, clave, good, key, verifies
from tests.sandbox.hacienda.signing import DS, sign


class Ear:
    """A client's own address, and what was told there."""

    def __init__(self) -> None:
        self.toy = Toy(Response(200))
        self.server = Server(self.toy.handle, lambda seconds: None)

    @property
    def url(self) -> str:
        return f"{self.server.url}/avisos?de=hacienda"

    @property
    def heard(self) -> list[dict[str, str]]:
        return [json.loads(request.body) for request in self.toy.asked]


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    with ear.server:
        yield ear
    ear.server.server_close()


@pytest.fixture
def slept(place: Place) -> list[float]:
    """For how long Hacienda waited before it told."""
    found: list[float] = []
    place.world.sleep = found.append
    return found


def told(place: Place) -> list[str]:
    """What became of the callbacks, by the ledger."""
    entries = place.world.ledger.read()
    return [entry.outcome for entry in entries if entry.purpose == "callback"]


def test_a_callback_says_what_a_question_would_hear(
    place: Place, ear: Ear, slept: list[float]
) -> None:
    place.set("processing_seconds", "20")
    place.set("error_seconds", "10")
    document = good()
    assert place.send(document, callbackUrl=ear.url).status == 202
    place.hacienda.settle()
    place.later(seconds=30)
    (news,) = ear.heard
    answer = json.loads(place.ask(clave(document)).body)
    assert news | {"respuesta-xml": ""} == answer | {"respuesta-xml": ""}
    content = b64decode(news["respuesta-xml"])
    assert verifies(content, place.hacienda.certificate)
    (request,) = ear.toy.asked
    assert (request.method, request.path, request.query) == ("POST", "/avisos", {"de": "hacienda"})
    assert "authorization" not in request.headers
    assert (slept, told(place)) == ([30.0], ["accepted"])


def test_a_message_has_its_callback_too(place: Place, ear: Ear) -> None:
    place.verdict(FIRST)
    document = sign(message(), BOUGHT)
    place.send(document, user=BUYER, callbackUrl=ear.url)
    place.hacienda.settle()
    assert [news["clave"] for news in ear.heard] == [key(document)]


def test_a_callback_may_come_before_a_question_knows(
    place: Place, ear: Ear, slept: list[float]
) -> None:
    place.set("callback", "early")
    place.set("not_found_seconds", "60")
    document = good()
    place.send(document, callbackUrl=ear.url)
    place.hacienda.settle()
    assert [news["ind-estado"] for news in ear.heard] == ["aceptado"]
    assert (place.ask(clave(document)).status, slept) == (404, [])


def test_a_callback_may_bring_false_news(place: Place, ear: Ear) -> None:
    place.set("callback", "false")
    document = good()
    place.send(document, callbackUrl=ear.url)
    place.hacienda.settle()
    (news,) = ear.heard
    root = etree.fromstring(b64decode(news["respuesta-xml"]))
    assert (news["ind-estado"], root.findtext("{*}Mensaje")) == ("rechazado", "3")
    assert root.find(f"{{{DS}}}Signature") is None
    assert place.judged(clave(document)).state == "aceptado"


def test_a_callback_may_never_come(place: Place, ear: Ear) -> None:
    place.set("callback", "never")
    place.send(good(), callbackUrl=ear.url)
    place.hacienda.settle()
    assert (ear.heard, told(place)) == ([], [])


def test_what_was_forgotten_meanwhile_is_not_told(place: Place, ear: Ear) -> None:
    place.set("processing_seconds", "20")
    place.world.sleep = lambda seconds: place.hacienda.clear()
    place.send(good(), callbackUrl=ear.url)
    place.hacienda.settle()
    assert ear.heard == []


def test_a_client_that_does_not_listen_is_told_in_vain(place: Place, ear: Ear) -> None:
    ear.toy.answer = Response(500)
    place.send(good(), callbackUrl=ear.url)
    place.hacienda.settle()
    ear.toy.answer = Response(200, hang=True)
    place.send(good(number=2), callbackUrl=ear.url)
    place.hacienda.settle()
    assert told(place) == ["fault", "fault"]


AWAY = [
    "http://198.51.100.7/avisos",
    "http://cliente.example/avisos",
    "https://127.0.0.1/avisos",
    "http://127.0.0.1.cliente.example/",
    "http://user@127.0.0.1/",
    "ftp://127.0.0.1/",
    "http://127.0.0.1:port/",
    "http://127.0.0.1/a b",
    "http://127.0.0.1/ñ",
    "http://[::1",
    "//127.0.0.1/",
    "avisos",
]


@pytest.mark.parametrize("url", AWAY)
def test_nothing_is_told_outside_this_machine(place: Place, url: str) -> None:
    assert place.send(good(), callbackUrl=url).status == 202
    place.hacienda.settle()
    assert told(place) == ["refused"]


@pytest.mark.parametrize("value", ["", 7, ["http://127.0.0.1/"]])
def test_a_callback_url_is_a_text(place: Place, value: object) -> None:
    response = place.send(good(), callbackUrl=value)
    assert (response.status, "CR-API-1" in response.headers["X-Error-Cause"]) == (400, True)


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("http://localhost", "127.0.0.1", 80, "/"),
        ("http://127.0.0.9:8080/a?b=c", "127.0.0.9", 8080, "/a?b=c"),
        ("http://[::1]:8080/", "::1", 8080, "/"),
    ],
)
def test_a_callback_goes_to_loopback(url: str, host: str, port: int, path: str) -> None:
    found = target(url)
    assert found is not None
    assert (found.host, found.port, found.path) == (host, port, path)
