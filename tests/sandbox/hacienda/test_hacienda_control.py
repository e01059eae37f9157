"""The pretended Hacienda behind its port, taught and set through the control port."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from acuse_sandbox.running import Sandbox
from tests.sandbox.clients import Control
from tests.sandbox.hacienda.place import LIST, TOKEN, USER


@pytest.fixture
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox
    assert sandbox.errors == []


def call(
    sandbox: Sandbox, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.http_port, timeout=10)
    try:
        connection.request(method, f"/hacienda{path}", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_taxpayer_told_at_the_control_port_is_looked_up(running: Sandbox) -> None:
    control = Control(running.control_url)
    path = "/fe/ae?identificacion=3101777666"
    assert call(running, "GET", path)[0] == 404
    control.tell(
        "/hacienda/taxpayer", {"identification": "3101777666", "name": "Panadería Inventada S.A."}
    )
    status, body = call(running, "GET", path)
    assert (status, json.loads(body)["nombre"]) == (200, "Panadería Inventada S.A.")
    control.tell("/clear", {})
    assert call(running, "GET", path)[0] == 404


def test_what_cannot_be_told_is_refused_by_name(running: Sandbox) -> None:
    control = Control(running.control_url)
    refused = control.refusal("POST", "/hacienda/taxpayer", b'{"name": "Nadie"}')
    assert "taxpayer needs identification" in refused
    assert "no such path" in control.refusal("POST", "/hacienda/rut", b"{}")


def test_a_setting_reaches_the_port(running: Sandbox) -> None:
    control = Control(running.control_url)
    form = urlencode(
        {"grant_type": "password", "client_id": "api-stag", "username": USER, "password": "x"}
    ).encode()
    status, body = call(running, "POST", TOKEN, form)
    assert status == 200
    bearer = f"bearer {json.loads(body)['access_token']}"
    assert call(running, "GET", LIST, authorization=bearer)[0] == 200
    control.tell("/settings", {"hacienda.fault": "page_502"})
    assert call(running, "GET", LIST, authorization=bearer)[0] == 502
