"""The JSON of a POST, read strictly. Source: costa-rica.md 5, "Send", 6, and CR-API-1 to 4."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass, replace
from typing import Any

from acuse_sandbox.hacienda.judging import outline as outlines
from acuse_sandbox.hacienda.judging.outline import Outline
from acuse_sandbox.hacienda.judging.reading import Document, moment, read
from acuse_sandbox.hacienda.refusal import Refusal, Visit
from acuse_sandbox.hardened import Unreadable
from acuse_sandbox.world import Request

LARGEST = 10 * 1024 * 1024  # ours; Hacienda's is not published
PARTY = ("tipoIdentificacion", "numeroIdentificacion")


@dataclass(frozen=True, slots=True)
class Posted:
    """A message whose envelope agrees with the document in it."""

    date: str
    outline: Outline
    document: Document
    callback: str = ""  # where the verdict shall be told, "" for nowhere


def take(request: Request, visit: Visit) -> Posted:
    """The message; raises Refusal. What could be read of it goes to the visit."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, f"el tipo {kind or '(ninguno)'} no se admite")
    if len(request.body) > LARGEST:
        raise Refusal(413, "el mensaje es demasiado grande")
    message = _json(request.body)
    clave = _text(message, "clave")
    number = message.get("consecutivoReceptor")
    visit.fiscal_id = f"{clave}-{number}" if isinstance(number, str) else clave
    date, issuer = _text(message, "fecha"), _party(message, "emisor")
    visit.document = _decoded(_text(message, "comprobanteXml"))
    try:
        document = read(visit.document)
    except Unreadable as error:
        raise Refusal(400, "comprobanteXml no es un XML que se pueda leer (CR-API-2)") from error
    outline = outlines.of(document)
    if outline.is_message:
        outline = _answering(message, outline, issuer)
    _compare(outline, clave, date, issuer)
    visit.fiscal_id = outline.key
    return Posted(date, outline, document, _optional(message, "callbackUrl"))


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


def _optional(message: dict[str, Any], name: str) -> str:
    return _text(message, name) if message.get(name) is not None else ""


def _party(message: dict[str, Any], name: str) -> dict[str, str]:
    found = message.get(name)
    if not isinstance(found, dict):
        raise Refusal(400, f"falta {name} (CR-API-1)")
    return {member: _text(found, member) for member in PARTY}


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise Refusal(400, "comprobanteXml no es base64 (CR-API-2)") from error


def _answering(message: dict[str, Any], outline: Outline, issuer: dict[str, str]) -> Outline:
    """The outline of a MensajeReceptor, with what only the envelope says: types of both parties."""
    number, receiver = _text(message, "consecutivoReceptor"), _party(message, "receptor")
    if number != outline.number:
        raise Refusal(400, "consecutivoReceptor no es el del mensaje (CR-API-3)")
    if not _same(receiver["numeroIdentificacion"], outline.receiver.number):
        raise Refusal(400, "el receptor no es el del mensaje (CR-API-4)")
    return replace(
        outline,
        issuer=outline.issuer._replace(kind=issuer["tipoIdentificacion"]),
        receiver=outline.receiver._replace(kind=receiver["tipoIdentificacion"]),
    )


def _compare(outline: Outline, clave: str, date: str, issuer: dict[str, str]) -> None:
    if outline.clave != clave:
        raise Refusal(400, "la clave no es la del comprobante (CR-API-3)")
    if date != outline.date and (moment(date) is None or moment(date) != moment(outline.date)):
        raise Refusal(400, "la fecha no es la del comprobante (CR-API-4)")
    kind, number = issuer.values()
    good = kind == outline.issuer.kind and (
        _same(number, outline.issuer.number)
        if outline.is_message
        else number == outline.issuer.number
    )
    if not good:
        raise Refusal(400, "el emisor no es el del comprobante (CR-API-4)")


def _same(told: str, written: str) -> bool:
    """Whether two numbers are one: a message may write them padded with zeros to 12."""
    return told.lstrip("0") == written.lstrip("0")
