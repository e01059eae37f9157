"""What the API does not take, each with its status, always in the same shape."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from acuse.flow import outside
from acuse.gateways.signer import SignerClient
from acuse.store import models
from tests.api.caller import GOOD, ISSUED, told
from tests.api.conftest import Calls
from tests.flow.house import House

JSON = {"content_type": "application/json"}


def test_what_is_not_there_is_told_as_json(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    for path in ("/", "/nada", "/invoices/", "/invoices/x", "/invoices/0", "/docs"):
        assert caller.get(path, status=404)["code"] == "XX-API-4"
    assert caller.get(f"/invoices/{10**30}", status=404)
    assert told(Client().get("/api/v2/invoices"))["code"] == "XX-API-4"


def test_a_method_that_is_not_served_names_those_that_are(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    for method, path in (("DELETE", "/contacts/1"), ("PATCH", "/company"), ("PUT", "/invoices")):
        response = caller.raw(method, path)
        assert response.status_code == 405
        assert told(response)["code"] == "XX-API-5"
        assert "GET" in response["Allow"]


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_json_is_not_read(house: House, calls: Calls, kind: str) -> None:
    caller = calls(house.peru())
    for method, path in (
        ("POST", "/invoices"),
        ("POST", "/contacts"),
        ("PUT", "/company/settings"),
    ):
        response = caller.raw(method, path, data=json.dumps(GOOD), content_type=kind)
        assert response.status_code == 415
        assert told(response)["code"] == "XX-API-8"
    response = caller.raw("POST", "/received", data=b"<x/>", content_type="application/json")
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b" ", 400, "XX-DOC-15"),
        (b"{", 400, "XX-DOC-15"),
        (b"\xff\xfe", 400, "XX-DOC-15"),
        (b'{"client": 1, "client": 2}', 400, "XX-DOC-16"),
        (b"[" * 50 + b"]" * 50, 400, "XX-DOC-17"),
        (b'{"items": NaN}', 400, "XX-DOC-3"),
        (b"[]", 422, "XX-DOC-0"),
        (b"null", 422, "XX-DOC-0"),
        (b"{}", 422, "XX-DOC-1"),
    ],
)
def test_json_that_cannot_be_read_says_why(
    house: House, calls: Calls, body: bytes, status: int, code: str
) -> None:
    caller = calls(house.peru())
    response = caller.raw("POST", "/invoices", data=body, **JSON)
    assert response.status_code == status
    assert told(response)["code"] == code


def test_more_than_fits_is_not_read(house: House, calls: Calls) -> None:
    caller = calls(house.colombia())
    large = caller.raw("POST", "/invoices", data=b" " * (6 * 1024 * 1024), **JSON)
    assert (large.status_code, told(large)["code"]) == (413, "XX-API-7")
    for size in (10 * 1024 * 1024 + 1, 11 * 1024 * 1024):
        file = caller.raw("POST", "/received", data=b"x" * size, content_type="application/xml")
        assert (file.status_code, told(file)["code"]) == (413, "XX-REC-5")


def test_a_document_of_another_company_does_not_exist(house: House, calls: Calls) -> None:
    owner = calls(house.peru())
    stranger = calls(house.costa_rica(), "ajena@taller.example")
    document = owner.post("/invoices", ISSUED, status=201)["id"]
    contact = str(models.Customer.objects.get().pk)
    house.run(owner.company)
    mail = {"emails": ["yo@ajena.example"]}
    for method, path, body in (
        ("GET", f"/invoices/{document}", None),
        ("GET", f"/invoices/{document}/files", None),
        ("GET", f"/invoices/{document}/files/pdf", None),
        ("GET", f"/invoices/{document}/files/xml", None),
        ("GET", f"/invoices/{document}/files/receipt", None),
        ("GET", f"/invoices/{document}/activity", None),
        ("GET", f"/invoices/{document}/constancia", None),
        ("GET", f"/invoices/{document}/constancia.pdf", None),
        ("GET", f"/invoices/{document}/buyer-events", None),
        ("POST", f"/invoices/{document}/stamp", None),
        ("POST", f"/invoices/{document}/email", mail),
        ("GET", f"/contacts/{contact}", None),
        ("PUT", f"/contacts/{contact}", {"name": "Otro"}),
    ):
        known = stranger.call(method, path, body, status=404)
        absent = stranger.call(
            method,
            path.replace(document, "987654").replace(f"/contacts/{contact}", "/contacts/987654"),
            body,
            status=404,
        )
        assert known == absent
    assert stranger.get("/invoices?metadata=true") == {"metadata": {"total": 0}, "data": []}
    assert stranger.get("/contacts") == []
    assert stranger.codes("POST", "/invoices", {"client": contact, "items": []})[0] == "XX-API-15"
    assert house.recipients(int(document)) == [("compras@lossauces.example", "SENT")]
    assert models.Customer.objects.get().name == GOOD["client"]["name"]


def test_fields_that_are_the_programs_own_cannot_be_set(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    for name in ("id", "company", "company_id", "state", "status", "total", "number", "fiscal_id"):
        refused = caller.post("/invoices", GOOD | {name: "1"}, status=422)
        assert [(one["field"], one["code"]) for one in refused["problems"]] == [(name, "XX-DOC-6")]
    prefixed = GOOD | {"numberTemplate": {"prefix": "F001", "number": "77"}}
    assert caller.codes("POST", "/invoices", prefixed) == ["XX-DOC-6"]


def test_without_a_signer_nothing_is_half_done(
    house: House, calls: Calls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    caller = calls(house.peru())
    monkeypatch.setattr(outside, "_signer", lambda: SignerClient(tmp_path / "nobody"))
    refused = caller.post("/invoices", ISSUED, status=503, key="una")
    assert refused["code"] == "XX-SIG-1"
    assert not models.Document.objects.exists()
    assert not models.KeyedAnswer.objects.exists()
    assert house.next_number(caller.company) == 1


def test_what_fails_within_is_told_without_its_insides(
    house: House, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = calls(house.peru())
    caller.client.raise_request_exception = False

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("clave-secreta")

    monkeypatch.setattr("acuse.store.journeys.load", broken)
    response = caller.raw("GET", "/invoices/1")
    assert response.status_code == 500
    assert told(response)["code"] == "XX-API-11"
    assert b"secreta" not in response.content
