"""The pretended DIAN behind its port, taught and scripted through the control port."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from acuse_sandbox.running import Sandbox
from tests.sandbox.clients import Control
from tests.sandbox.dian.documents import ISSUER, SOFTWARE
from tests.sandbox.dian.place import PATH
from tests.sandbox.dian.signing import ACTIONS, Header, body, envelope, signer

UUID = "a" * 96


@pytest.fixture
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox
    assert sandbox.errors == []


def status(sandbox: Sandbox, to: str) -> tuple[int, bytes]:
    header = Header(to=to, action=f"{ACTIONS}GetStatus", at=datetime.now(UTC))
    content = envelope(header, body("GetStatus", {"trackId": UUID}), signer(until=FAR))
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.http_port, timeout=10)
    try:
        headers = {"Content-Type": "application/soap+xml;charset=UTF-8"}
        connection.request("POST", f"/dian{PATH}", content, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


FAR = datetime.now(UTC).replace(microsecond=0) + timedelta(days=400)


def test_the_service_is_found_by_both_its_addresses(running: Sandbox) -> None:
    for to in (f"sandbox://dian{PATH}", f"{running.http_url}/dian{PATH}"):
        code, content = status(running, to)
        assert code == 200
        assert b"<b:StatusCode>66</b:StatusCode>" in content
    code, content = status(running, f"https://vpfe-hab.dian.gov.co{PATH}")
    assert code == 500
    assert b"InvalidSecurity" in content


def test_registers_are_filled_through_the_control_port(running: Sandbox) -> None:
    control = Control(running.control_url)
    control.tell("/dian/software", {"nit": ISSUER, "software_id": SOFTWARE, "pin": "75315"})
    (text,) = running.world.settings.values()
    assert json.loads(text)["pin"] == "75315"
    control.tell("/clear", {})
    assert running.world.settings == {}


def test_what_cannot_be_taught_is_refused_by_name(running: Sandbox) -> None:
    control = Control(running.control_url)
    assert "rut needs name" in control.refusal("POST", "/dian/rut", b'{"nit": "1"}')
    assert "no register 'nit'" in control.refusal("POST", "/dian/nit", b"{}")
    assert "no such path" in control.refusal("POST", "/hacienda/rut", b"{}")
    assert "no such path" in control.refusal("POST", "/dgt/rut", b"{}")


def test_only_the_dian_takes_its_own_replies(running: Sandbox) -> None:
    control = Control(running.control_url)
    for name in ("invalid_security", "empty_fault", "no_receipt", "unsigned_receipt"):
        control.tell("/script", {"authority": "dian", "replies": [name]})
        told = json.dumps({"authority": "sunat", "replies": [name]}).encode()
        assert "only" in control.refusal("POST", "/script", told)
