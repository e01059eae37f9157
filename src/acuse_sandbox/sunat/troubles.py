"""Scripted troubles and magic customers: what they make of a verdict, an answer, the connection.

A script never makes a bad document good.
"""

from __future__ import annotations

import re
from dataclasses import replace

from acuse_sandbox.magic import magic
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.judge import Verdict
from acuse_sandbox.sunat.options import Trouble
from acuse_sandbox.sunat.rulebook.judge import texts
from acuse_sandbox.sunat.rulebook.rule import Finding, Severity, severity
from acuse_sandbox.sunat.stem import Stem
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Response, Script, ScriptedReply

CODE = re.compile(r"[0-9]{4}")
DEFAULT_OBSERVATION = "4252"
DEFAULT_REJECTION = "2335"
DEFAULT_REJECTIONS = {"01": "3244"}
AS_USUAL = ScriptedReply(Script.ACCEPT)
PAGE = b"<html><body><h1>Servicio no disponible</h1></body></html>"
DATAPOWER = b"Internal Error (from client)\r\nTransaction aborted, rule 0x00d30003"
WORDS = "El sistema no pudo procesar su solicitud"  # where a CDR should stand
BEFORE = frozenset({Script.HTTP, Script.HTML200, Script.EMPTY_200})  # the service never sees it


def of_everybody(trouble: Trouble | None, visit: Visit) -> Response | None:
    """What `sunat.fault` makes of every request; None without it; may raise Fault 0100."""
    match trouble:
        case None:
            return None
        case Trouble.SERVER:
            raise Fault("0100")
        case Trouble.DATAPOWER:
            visit.outcome = "fault"
            return Response(500, DATAPOWER, {"content-type": "text/plain"})
    kinds = {
        Trouble.EMPTY: ScriptedReply(Script.EMPTY_200),
        Trouble.PAGE_503: ScriptedReply(Script.HTTP, status=503),
        Trouble.PAGE_200: ScriptedReply(Script.HTML200),
    }
    return before(kinds[trouble], visit)


def before(reply: ScriptedReply | None, visit: Visit) -> Response | None:
    """The answer that comes before anything is judged; None where the service itself answers."""
    if reply is None or reply.kind not in BEFORE:
        return None
    visit.outcome = "fault"
    if reply.kind is Script.EMPTY_200:
        return Response(200)
    return _page(reply.status if reply.kind is Script.HTTP else 200)


def _page(status: int) -> Response:
    return Response(status, PAGE, {"content-type": "text/html"})


def wanted(scripted: ScriptedReply | None, verdict: Verdict) -> ScriptedReply:
    """The script for a document, or what its customer's name asks for."""
    return scripted or magic(verdict.content.customer_name) or AS_USUAL


def bent(verdict: Verdict, reply: ScriptedReply, stem: Stem) -> Verdict:
    """The verdict as scripted; may raise Fault."""
    if verdict.rejection is not None:
        return verdict
    if reply.kind is Script.REJECT and _asks_for(reply, Severity.OBSERVATION):
        reply = replace(reply, kind=Script.OBSERVE)  # such a code rejects nothing
    if reply.kind is Script.OBSERVE:
        remark = _finding(reply, DEFAULT_OBSERVATION)
        return replace(verdict, observations=(*verdict.observations, remark))
    if reply.kind is not Script.REJECT:
        return verdict
    finding = _finding(reply, DEFAULT_REJECTIONS.get(stem.kind, DEFAULT_REJECTION))
    if finding.severity is Severity.FAULT:
        raise Fault(finding.code, finding.text if finding.code in texts() else "")
    return replace(verdict, rejection=finding, observations=())


def _finding(reply: ScriptedReply, default: str) -> Finding:
    code = reply.code if CODE.fullmatch(reply.code) else default
    return Finding(code, texts().get(code, "Código pedido al sandbox"))


def _asks_for(reply: ScriptedReply, asked: Severity) -> bool:
    return CODE.fullmatch(reply.code) is not None and severity(reply.code) is asked


def on_the_way(response: Response, reply: ScriptedReply) -> Response:
    """The answer with what happens to it on its way."""
    if reply.kind is Script.HANG_AFTER_ACCEPT:
        return replace(response, hang=True, delay=reply.seconds)
    if reply.kind is Script.HTTP_AFTER_ACCEPT:  # trap P-11: an error, and yet it was taken
        return _page(reply.status)
    if reply.kind is Script.SLOW:
        return replace(response, delay=reply.seconds)
    return response


def waits(reply: ScriptedReply) -> int:
    """So often a ticket is still in process."""
    if reply.kind is Script.UNKNOWN_TICKET:
        return 1
    return reply.times if reply.kind is Script.PROCESSING else 0


def unknown(reply: ScriptedReply) -> int:
    """So often a ticket is unknown after that."""
    return reply.times if reply.kind is Script.UNKNOWN_TICKET else 0
