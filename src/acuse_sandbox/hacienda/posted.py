"""The JSON of a POST, read strictly. Source: costa-rica.md 5, "Send", and CR-API-1 to 4."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from acuse_sandbox.hacienda.judging.reading import Document, moment, read
from acuse_sandbox.hacienda.refusal import Refusal, Visit
from acuse_sandbox.hardened import Unreadable
from acuse_sandbox.world import Request

LARGEST = 10 * 1024 * 1024  # ours; Hacienda's is not published
PARTY = ("tipoIdentificacion", "numeroIdentificacion")


@dataclass(frozen=True, slots=True)
class Posted:
    """A message whose envelope agrees with the document in it."""

    clave: str
    date: str
    issuer: str  # its identification
    document: Document


def take(request: Request, visit: Visit) -> Posted:
    """The message; raises Refusal. What could be read of it goes to the visit."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, f"el tipo {kind or '(ninguno)'} no se admite")
    if len(request.body) > LARGEST:
        raise Refusal(413, "el mensaje es demasiado grande")
    message = _json(request.body)
    clave = _text(message, "clave")
    visit.fiscal_id = clave
    date, issuer = _text(message, "fecha"), _party(message)
    visit.document = _decoded(_text(message, "comprobanteXml"))
    try:
        document = read(visit.document)
    except Unreadable as error:
        raise Refusal(400, "comprobanteXml no es un XML que se pueda leer (CR-API-2)") from error
    _compare(document, clave, date, issuer)
    return Posted(clave, date, issuer["numeroIdentificacion"], document)


def _json(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "el mensaje no es JSON (CR-API-1)") from error
    if not isinstance(message, dict):
        raise Refusal(400, "el mensaje no es un objeto JSON (CR-API-1)")
    return message


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _text(message: dict[str, Any], name: str) -> str:
    found = message.get(name)
    if not isinstance(found, str) or not found:
        raise Refusal(400, f"falta {name} (CR-API-1)")
    return found


def _party(message: dict[str, Any]) -> dict[str, str]:
    found = message.get("emisor")
    if not isinstance(found, dict):
        raise Refusal(400, "falta emisor (CR-API-1)")
    return {name: _text(found, name) for name in PARTY}


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise Refusal(400, "comprobanteXml no es base64 (CR-API-2)") from error


def _compare(document: Document, clave: str, date: str, issuer: dict[str, str]) -> None:
    part = document.part
    if part.text("Clave") != clave:
        raise Refusal(400, "la clave no es la del comprobante (CR-API-3)")
    dated = part.text("FechaEmision")
    if date != dated and (moment(date) is None or moment(date) != moment(dated)):
        raise Refusal(400, "la fecha no es la del comprobante (CR-API-4)")
    names = ("Emisor/Identificacion/Tipo", "Emisor/Identificacion/Numero")
    if tuple(issuer.values()) != tuple(map(part.text, names)):
        raise Refusal(400, "el emisor no es el del comprobante (CR-API-4)")
