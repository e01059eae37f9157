"""GET by clave and the list of documents. Source: costa-rica.md 5, "Ask" and "List"."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from lxml import etree

from acuse_sandbox.hacienda import message, seal
from acuse_sandbox.hacienda.archive import Archive, Kept
from acuse_sandbox.hacienda.judging.outline import Party
from acuse_sandbox.hacienda.judging.verdict import Judgement
from acuse_sandbox.hacienda.message import Manner
from acuse_sandbox.hacienda.options import Fault, Options
from acuse_sandbox.hacienda.refusal import Refusal, Visit
from acuse_sandbox.hacienda.tokens import identity
from acuse_sandbox.world import Response, World

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Telling:
    """What answers questions about the documents of one world."""

    world: World
    archive: Archive

    def tell(self, key: str, user: str, options: Options, visit: Visit) -> Response:
        """The state of one document, and Hacienda's XML once it is judged; raises Refusal."""
        visit.fiscal_id = key
        kept = self.archive.find(key)
        age = timedelta() if kept is None else self.world.now() - kept.at
        if kept is None or age < timedelta(seconds=options.not_found_seconds):
            visit.outcome = "unknown"
            raise Refusal(404, f"el comprobante {key} no ha sido recibido")
        if _is_pending(kept, user) or age < timedelta(seconds=options.processing_seconds):
            visit.outcome = "pending"
            return _json(_state(kept, "procesando"))
        failing = timedelta(seconds=options.processing_seconds + options.error_seconds)
        if options.fault is Fault.ERROR or age < failing:
            visit.outcome = "fault"
            return _json(_state(kept, "error"))
        visit.outcome = kept.judgement.outcome
        state = _state(kept, _word(kept.judgement.accepted))
        if options.fault is not Fault.NO_XML:
            state["respuesta-xml"] = b64encode(_answer(kept, options)).decode()
        return _json(state)

    def listed(self, query: Mapping[str, str], user: str, visit: Visit) -> Response:
        """The user's documents, in the order of their arrival; raises Refusal."""
        offset = _whole(query.get("offset", "0"))
        limit = min(_whole(query.get("limit", str(MOST_LISTED))), MOST_LISTED)
        found = [
            kept
            for kept in self.archive.all()
            if not kept.outline.is_message
            and _concerns(kept, user)
            and query.get("emisor", _code(kept.outline.issuer)) == _code(kept.outline.issuer)
            and query.get("receptor", _code(kept.outline.receiver)) == _code(kept.outline.receiver)
        ]
        page = found[offset : offset + limit]
        visit.outcome = "accepted"
        response = _json([_summary(kept) for kept in page])
        headers = {**response.headers, "Accept-Range": str(MOST_LISTED)}
        if len(page) == len(found):
            return replace(response, headers=headers)
        headers["Content-Range"] = f"{offset}-{offset + max(0, len(page) - 1)}/{len(found)}"
        return replace(response, status=206, headers=headers)

    def summary(self, clave: str, user: str, visit: Visit) -> Response:
        """One of the user's documents as the list shows it; raises Refusal."""
        visit.fiscal_id = clave
        kept = self.archive.find(clave)
        if kept is None or kept.outline.is_message or not _concerns(kept, user):
            visit.outcome = "unknown"
            raise Refusal(404, f"el comprobante {clave} no ha sido recibido")
        visit.outcome = "accepted"
        return _json(_summary(kept))


def _is_pending(kept: Kept, user: str) -> bool:
    """Whether the verdict is not told yet; to another user it never is (costa-rica.md 10.4)."""
    if identity(user) != kept.outline.sender:
        return True
    with kept.lock:
        kept.processing -= 1
        return kept.processing >= 0


def news(kept: Kept, options: Options) -> bytes:
    """What a callback says: as a question would be answered, or the contrary of it, not signed."""
    lying = options.callback == "false"
    judgement = kept.judgement
    if lying:
        judgement = Judgement(not judgement.accepted, ())
    root = message.build(kept.outline, kept.outline.clave, judgement, _manner(kept, options))
    content = etree.tostring(root) if lying else seal.signed(root)
    state = _state(kept, _word(judgement.accepted))
    return json.dumps(state | {"respuesta-xml": b64encode(content).decode()}).encode()


def _answer(kept: Kept, options: Options) -> bytes:
    """Hacienda's XML, signed once; the same bytes every time."""
    with kept.lock:
        kept.wrong_documents -= 1
        if kept.wrong_documents >= 0 or options.fault is Fault.WRONG_CLAVE:
            return _written(kept, _another(kept.outline.clave), options)
        key = f"{options.fault} {options.staging_word}"
        if key not in kept.answers:
            kept.answers[key] = _written(kept, kept.outline.clave, options)
        return kept.answers[key]


def _written(kept: Kept, clave: str, options: Options) -> bytes:
    judgement = kept.judgement
    if options.fault is Fault.WRONG_MESSAGE:
        judgement = Judgement(not judgement.accepted, judgement.records)
    root = message.build(kept.outline, clave, judgement, _manner(kept, options))
    content = seal.signed(root)
    if options.fault is Fault.BROKEN_SIGNATURE:
        return content.replace(b"<DetalleMensaje>", b"<DetalleMensaje>.")
    return content


def _manner(kept: Kept, options: Options) -> Manner:
    judgement, fault = kept.judgement, options.fault
    unnamed = not judgement.accepted and (not judgement.read or fault is Fault.UNKNOWN_ISSUER)
    verb = options.staging_word if kept.staging else ""
    return Manner(
        verb="aceptado" if fault is Fault.ACCEPTED_WORDS else verb,
        ending="\r\n" if fault is Fault.CARRIAGE_RETURNS else "\n",
        names_issuer=not unnamed,
    )


def _word(accepted: bool) -> str:
    return "aceptado" if accepted else "rechazado"


def _another(clave: str) -> str:
    """A clave that differs in its last digit."""
    return clave[:-1] + ("1" if clave.endswith("0") else "0")


def _state(kept: Kept, state: str) -> dict[str, str]:
    """A message is named as it was asked for, with its consecutivo (UNCONFIRMED)."""
    return {"clave": kept.key, "fecha": kept.date, "ind-estado": state}


def _summary(kept: Kept) -> dict[str, object]:
    found: dict[str, object] = {"clave": kept.key, "fecha": kept.date}
    for name, (_, kind, number) in (
        ("emisor", kept.outline.issuer),
        ("receptor", kept.outline.receiver),
    ):
        if number:
            found[name] = {"tipoIdentificacion": kind, "numeroIdentificacion": number}
    return found


def _concerns(kept: Kept, user: str) -> bool:
    numbers = (kept.outline.issuer.number, kept.outline.receiver.number)
    return identity(user) in [number.lstrip("0") for number in numbers if number]


def _code(party: Party) -> str:
    """A party as the list's filters name it: type, and number padded to 12."""
    return party.kind + party.number.rjust(12, "0")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refusal(400, f"«{text[:20]}» no es un número")
    return int(text)


def _json(body: object) -> Response:
    return Response(200, json.dumps(body).encode(), {"Content-Type": "application/json"})
