"""The description: whole, and no address of it open to who has no token."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.api.caller import told


def described() -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    found: dict[str, Any] = told(response)
    return found


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in described()["paths"].items()
        for method, operation in methods.items()
    ]


def test_no_address_is_open_to_who_has_no_token(transactional_db: None) -> None:
    found = operations()
    assert len(found) == 31
    for method, path, operation in found:
        assert operation["security"] == [{"Bearer": []}, {"Basic": []}], path
        place = re.sub(r"\{\w+\}", "1", path.replace("{cause}", "NO_EMAIL"))
        response = Client().generic(method, place)
        told(response)
        assert response.status_code == 401, (method, path)


def test_each_says_what_it_takes_answers_and_refuses() -> None:
    for method, path, operation in operations():
        assert operation["description"], path
        codes = set(operation["responses"])
        assert codes & {"200", "201"}, path
        assert {"401", "403", "404", "422", "429"} <= codes, path
        takes = method in ("POST", "PUT") and not path.endswith("/stamp")
        assert ("requestBody" in operation) is takes, path


def test_the_keys_header_is_told_where_it_counts() -> None:
    keyed = {
        path
        for method, path, operation in operations()
        if any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", []))
    }
    assert keyed == {
        "/api/v1/invoices",
        "/api/v1/invoices/{document_id}/stamp",
        "/api/v1/invoices/{document_id}/email",
        "/api/v1/invoices/{document_id}/payments",
    }
    stamp = described()["paths"]["/api/v1/invoices/{document_id}/stamp"]["post"]
    assert {one["name"] for one in stamp["parameters"]} == {"document_id", "Idempotency-Key"}
