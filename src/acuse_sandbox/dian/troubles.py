"""Scripted troubles: what they make of a verdict, of an answer, of the connection.

A script never makes a bad document good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from acuse_sandbox.dian.answers import DianResponse
from acuse_sandbox.dian.options import Fault
from acuse_sandbox.dian.refusal import InvalidSecurity, UnknownCertificate, Visit
from acuse_sandbox.dian.rulebook import Finding
from acuse_sandbox.dian.verdict import NOTIFICATION, REJECTION, Verdict
from acuse_sandbox.magic import magic
from acuse_sandbox.world import Response, Script, ScriptedReply

CODE = re.compile(r"[A-Za-z0-9]{2,12}")
AS_USUAL = ScriptedReply(Script.ACCEPT)
DEFAULT_NOTIFICATION = "FAZ09"
DEFAULT_REJECTION = "FAD06"
TEXTS: Mapping[str, str] = {
    "FAZ09": "No se informó el código del producto o servicio.",
    "FAD06": "El valor del CUFE no está bien calculado.",
    "RUT01": "El estado en el RUT se validará próximamente.",
}
ASKED = "Código pedido al sandbox."
PAGE = b"<html><body><h1>Servicio no disponible</h1></body></html>"
# What never comes to the validator: nothing of the request is kept.
BEFORE = frozenset(
    {
        Script.HTTP,
        Script.HTML200,
        Script.INVALID_SECURITY,
        Script.EMPTY_FAULT,
        Script.EMPTY_ANSWER,
    }
)
NOTHING = DianResponse(is_valid=False)
NO_RESPONSE = "Error al generar ApplicationResponse. Inténtelo más tarde."


def wanted(scripted: ScriptedReply | None, customer: str) -> ScriptedReply:
    """The script for a document, or what its customer's name asks for."""
    return scripted or magic(customer) or AS_USUAL


def of_everybody(fault: Fault | None, visit: Visit) -> Response | None:
    """What `dian.fault` makes of every call; None without one. Raises as `before` does."""
    if fault is None:
        return None
    kinds = {
        Fault.INVALID_SECURITY: ScriptedReply(Script.INVALID_SECURITY),
        Fault.EMPTY_FAULT: ScriptedReply(Script.EMPTY_FAULT),
        Fault.PAGE_503: ScriptedReply(Script.HTTP, status=503),
        Fault.PAGE_200: ScriptedReply(Script.HTML200),
    }
    return before(kinds[fault], visit)


def before(reply: ScriptedReply, visit: Visit) -> Response | None:
    """The answer that comes before anything is judged; None for one of the service's own.

    Raises InvalidSecurity and UnknownCertificate where these are scripted.
    """
    visit.outcome = "fault"
    match reply.kind:
        case Script.INVALID_SECURITY:
            raise InvalidSecurity("scripted")
        case Script.EMPTY_FAULT:
            raise UnknownCertificate("scripted")
        case Script.HTTP | Script.HTML200:
            status = reply.status if reply.kind is Script.HTTP else 200
            return Response(status, PAGE, {"content-type": "text/html"})
    return None


def bent(verdict: Verdict, reply: ScriptedReply) -> Verdict:
    """The verdict as scripted."""
    if not verdict.is_accepted or reply.kind not in (Script.OBSERVE, Script.REJECT):
        return verdict
    rejects = reply.kind is Script.REJECT
    code = reply.code if CODE.fullmatch(reply.code) else ""
    code = code or (DEFAULT_REJECTION if rejects else DEFAULT_NOTIFICATION)
    finding = Finding(code, REJECTION if rejects else NOTIFICATION, TEXTS.get(code, ASKED))
    return Verdict((*verdict.findings, finding))


def altered(answer: DianResponse, reply: ScriptedReply) -> DianResponse:
    """The answer as scripted."""
    match reply.kind:
        case Script.NO_RECEIPT:
            return replace(answer, receipt=b"")
        case Script.STATUS_66_ON_SEND:
            return DianResponse(False, "66", "", NO_RESPONSE, file_name=answer.file_name)
    return answer


def on_the_way(response: Response, reply: ScriptedReply) -> Response:
    """The answer with what happens to it on its way."""
    if reply.kind is Script.HANG_AFTER_ACCEPT:
        return replace(response, hang=True, delay=reply.seconds)
    if reply.kind is Script.SLOW:
        return replace(response, delay=reply.seconds)
    return response
