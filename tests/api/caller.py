"""A program that calls the API: what it sends, and what it may rely on in every answer."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client

from acuse.domain.party import Company
from acuse.flow.tokens import Made

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD: dict[str, Any] = json.loads((EXAMPLES / "pe" / "contado-igv-18.json").read_text())
ISSUED = GOOD | {"stamp": {"generateStamp": True}}


def basic(email: str, token: str) -> str:
    return "Basic " + b64encode(f"{email}:{token}".encode()).decode()


@dataclass
class Caller:
    """One token's calls."""

    company: Company
    email: str
    token: Made
    client: Client = field(default_factory=Client)

    def raw(self, method: str, path: str, **more: Any) -> HttpResponse:
        """The response as it comes."""
        headers = {"Authorization": f"Bearer {self.token.plain}"} | more.pop("headers", {})
        response: HttpResponse = self.client.generic(
            method, f"/api/v1{path}", headers=headers, **more
        )
        return response

    def call(
        self, method: str, path: str, body: Any = None, *, status: int = 200, key: str = ""
    ) -> Any:
        """What the answer says, which has that status and the shape of every answer."""
        more: dict[str, Any] = {"headers": {"Idempotency-Key": key}} if key else {}
        if body is not None:
            more |= {"data": json.dumps(body), "content_type": "application/json"}
        response = self.raw(method, path, **more)
        assert response.status_code == status, response.content.decode()
        return told(response)

    def get(self, path: str, *, status: int = 200) -> Any:
        return self.call("GET", path, status=status)

    def post(self, path: str, body: Any = None, *, status: int = 200, key: str = "") -> Any:
        return self.call("POST", path, body, status=status, key=key)

    def put(self, path: str, body: Any, *, status: int = 200) -> Any:
        return self.call("PUT", path, body, status=status)

    def codes(self, method: str, path: str, body: Any = None, *, status: int = 422) -> list[str]:
        """The codes of what is wrong."""
        refused = self.call(method, path, body, status=status)
        return [problem["code"] for problem in refused["problems"]]


def told(response: HttpResponse) -> Any:
    """The JSON of an answer; of a refusal, in the one shape that all have."""
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    found = json.loads(response.content, parse_float=Decimal)
    if response.status_code >= 400:
        assert set(found) == {"code", "message", "problems"}, found
        assert found["code"]
        assert found["message"]
        for problem in found["problems"]:
            assert set(problem) == {"field", "code", "text", "rule"}
    return found
