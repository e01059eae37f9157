"""Requests without SOAP: tokens, questions to the consulta integrada, guías."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import ISSUER
from tests.sandbox.sunat.signing import packed

from acuse_sandbox.world import Request, Response

CLIENT, SECRET = "acuse-de-prueba", "secreto"
REGISTER = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"
GRE = "https://api-cpe.sunat.gob.pe"
FORM = {
    "register": {"grant_type": "client_credentials", "scope": REGISTER},
    "gre": {"grant_type": "password", "scope": GRE, "username": f"{ISSUER}MODDATOS",
            "password": "moddatos"},
}  # fmt: skip


def token_request(service: str, **changed: str) -> Request:
    """A log-in, with some fields otherwise; "" leaves one out."""
    fields = {**FORM[service], "client_id": CLIENT, "client_secret": SECRET, **changed}
    body = urlencode({name: value for name, value in fields.items() if value}).encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Request("POST", f"/{service}/token/{CLIENT}", {}, headers, body)


def said(response: Response) -> dict[str, Any]:
    """The JSON object of an answer."""
    found = json.loads(response.body)
    assert isinstance(found, dict)
    return found


def bearer(place: Place, service: str, **changed: str) -> str:
    """A token."""
    return str(said(place.sunat.handle(token_request(service, **changed)))["access_token"])


def question(token: str, *, ruc: str = ISSUER, **changed: Any) -> Request:
    """A question about F001-1 of the examples, with some members otherwise."""
    asked = {"numRuc": ISSUER, "codComp": "01", "numeroSerie": "F001", "numero": "1",
             "fechaEmision": "20/11/2026", "monto": "118.00", **changed}  # fmt: skip
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    path = f"/register/validarcomprobante/{ruc}"
    return Request("POST", path, {}, headers, json.dumps(asked).encode())


def guia_request(
    token: str, document: bytes, *, number: str = "T001-1", kind: str = "09", **changed: Any
) -> Request:
    """A guía, with some members of its file otherwise."""
    name = f"{ISSUER}-{kind}-{number}"
    archive = packed((f"{name}.xml", document))
    file = {"nomArchivo": f"{name}.zip", "arcGreZip": b64encode(archive).decode(),
            "hashZip": hashlib.sha256(archive).hexdigest(), **changed}  # fmt: skip
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    body = json.dumps({"archivo": file}).encode()
    return Request("POST", f"/gre/comprobantes/{name}", {}, headers, body)


def ticket_request(token: str, ticket: str, *, path: str = "/gre/envios") -> Request:
    """A question about a guía's ticket."""
    return Request("GET", f"{path}/{ticket}", {}, {"authorization": f"Bearer {token}"}, b"")
