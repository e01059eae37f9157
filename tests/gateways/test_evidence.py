"""What is kept of a request holds no secret."""

from __future__ import annotations

from json import dumps
from xml.sax.saxutils import escape

import pytest

from acuse.domain.submission import Call, CallPurpose, Form
from acuse.gateways import http


@pytest.mark.parametrize("secret", ["clave", "a&b<c>", 'a&"b', 'co"milla', "ñandú 1+1", "barra\\"])
@pytest.mark.parametrize("body", ["xml", "form", "json"])
def test_kept_evidence_holds_no_secret(secret: str, body: str) -> None:
    bodies: dict[str, bytes | Form] = {
        "xml": f"<p>{escape(secret)}</p>".encode(),
        "form": Form({"p": secret}),
        "json": dumps({"p": secret}).encode(),
    }
    expected = {"xml": b"<p>***</p>", "form": b"p=***", "json": b'{"p": "***"}'}
    made = Call(CallPurpose.SEND, "POST", "http://x/", {}, bodies[body], secret_parts=(secret, ""))
    assert http.masked(made) == expected[body]
