"""What a client does with Hacienda, and what it hears."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import xmlsec
from lxml import etree

from acuse_sandbox import papers
from acuse_sandbox.hacienda import Hacienda
from acuse_sandbox.hacienda.judging import xsd
from acuse_sandbox.world import Request, Response, World
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.signing import DS, sign

NOW = datetime(2026, 11, 25, 16, 31, tzinfo=UTC)
TOKEN = "/auth/realms/rut-stag/protocol/openid-connect/token"
POST, ASK, LIST = (
    "/recepcion/v1/recepcion",
    "/recepcion/v1/recepcion/",
    "/recepcion/v1/comprobantes",
)
USER = "cpj-3-101-999888@stag.comprobanteselectronicos.example"
BUYER = "cpf-01-9999-0888@stag.comprobanteselectronicos.example"


@dataclass(frozen=True)
class Verdict:
    """A judged document as a client sees it."""

    state: str  # ind-estado
    message: str  # "1" or "3"
    detail: str
    content: bytes

    @property
    def codes(self) -> set[str]:
        """The rules named, by their codes in the paper."""
        return set(re.findall(r"\((CR-[A-Z]+(?:-\d+)?)\)", self.detail))

    @property
    def records(self) -> list[str]:
        """The codes at the head of the records, as Hacienda writes them."""
        return re.findall(r'^(-\d+), "', self.detail, re.MULTILINE)

    @property
    def root(self) -> etree._Element:
        return etree.fromstring(self.content)

    def text(self, name: str) -> str | None:
        return self.root.findtext(f"{{*}}{name}")


class Place:
    """The pretended Hacienda and the world it belongs to."""

    def __init__(self) -> None:
        self.at = NOW
        self.world = World(now=lambda: self.at)
        self.hacienda = Hacienda(self.world)
        self._tokens: dict[str, str] = {}

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)
        self._tokens.clear()

    def set(self, name: str, value: str) -> None:
        self.world.settings[f"hacienda.{name}"] = value

    def outcomes(self) -> list[tuple[str, str]]:
        """Purpose and outcome of everything received but log-ins."""
        entries = self.world.ledger.read()
        return [(e.purpose, e.outcome) for e in entries if e.purpose != "login"]

    def login(self, realm: str = TOKEN, **fields: str) -> Response:
        form = {
            "grant_type": "password",
            "client_id": "api-stag",
            "username": USER,
            "password": "buena",
        } | fields
        return self.hacienda.handle(Request("POST", realm, {}, {}, urlencode(form).encode()))

    def token(self, user: str = USER) -> str:
        if user not in self._tokens:
            self._tokens[user] = json.loads(self.login(username=user).body)["access_token"]
        return self._tokens[user]

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        user: str = USER,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        given = {
            "authorization": f"bearer {self.token(user)}",
            "content-type": "application/json",
        } | (headers or {})
        return self.hacienda.handle(Request(method, path, query or {}, given, body))

    def send(self, document: bytes, *, user: str = USER, **changes: Any) -> Response:
        message = envelope(document) | changes
        return self.call("POST", POST, json.dumps(message).encode(), user=user)

    def ask(self, clave: str, *, user: str = USER) -> Response:
        return self.call("GET", ASK + clave, user=user)

    def verdict(self, document: bytes, *, user: str = USER) -> Verdict:
        """What becomes of a document that is received; the answer's signature is verified."""
        assert self.send(document, user=user).status == 202
        return self.judged(key(document), user=user)

    def judged(self, key: str, *, user: str = USER) -> Verdict:
        response = self.ask(key, user=user)
        assert response.status == 200, response
        body = json.loads(response.body)
        content = b64decode(body["respuesta-xml"], validate=True)
        assert verifies(content, self.hacienda.certificate)
        root = etree.fromstring(content)
        assert (root.findtext("{*}Clave"), body["clave"]) == (key.partition("-")[0], key)
        detail = (root.findtext("{*}DetalleMensaje") or "").replace("\r", "")
        return Verdict(body["ind-estado"], root.findtext("{*}Mensaje") or "", detail, content)


def good(**changes: Any) -> bytes:
    """A signed factura without fault."""
    return sign(factura(**changes))


def clave(document: bytes) -> str:
    return etree.fromstring(document).findtext("{*}Clave") or ""


def key(document: bytes) -> str:
    """By what it is asked for."""
    number = etree.fromstring(document).findtext("{*}NumeroConsecutivoReceptor")
    return clave(document) + (f"-{number}" if number else "")


def envelope(document: bytes) -> dict[str, Any]:
    """The JSON that goes with a document."""
    root = etree.fromstring(document)
    if root.tag.endswith("}MensajeReceptor"):
        return _answer(root, document)
    return {
        "clave": root.findtext("{*}Clave"),
        "fecha": root.findtext("{*}FechaEmision"),
        "emisor": {
            "tipoIdentificacion": root.findtext("{*}Emisor/{*}Identificacion/{*}Tipo"),
            "numeroIdentificacion": root.findtext("{*}Emisor/{*}Identificacion/{*}Numero"),
        },
        "comprobanteXml": b64encode(document).decode(),
    }


def _answer(root: etree._Element, document: bytes) -> dict[str, Any]:
    return {
        "clave": root.findtext("{*}Clave"),
        "fecha": root.findtext("{*}FechaEmisionDoc"),
        "emisor": {
            "tipoIdentificacion": "02",
            "numeroIdentificacion": root.findtext("{*}NumeroCedulaEmisor"),
        },
        "receptor": {
            "tipoIdentificacion": "01",
            "numeroIdentificacion": root.findtext("{*}NumeroCedulaReceptor"),
        },
        "consecutivoReceptor": root.findtext("{*}NumeroConsecutivoReceptor"),
        "comprobanteXml": b64encode(document).decode(),
    }


def verifies(content: bytes, certificate: bytes) -> bool:
    """Whether a document's signature is good, by this certificate's key."""
    root = etree.fromstring(content)
    signature = root.find(f"{{{DS}}}Signature")
    assert signature is not None
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def schema(file: str) -> etree.XMLSchema:
    """A published schema; skips the test where it is not at hand."""
    found = xsd.of(file)
    if found is None:
        pytest.skip(f"no published schemas in {papers.folder()} (ACUSE_AUTHORITY_DIR)")
    return found
