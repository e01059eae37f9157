"""The operation sendBill: from the ZIP to the CDR, with the scripted troubles on the way."""

from __future__ import annotations

import hashlib
import itertools
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from acuse_sandbox.sunat import archive, cdr, soap
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.judge import Verdict, judge
from acuse_sandbox.sunat.register import Record, Register, State
from acuse_sandbox.sunat.rulebook.judge import texts
from acuse_sandbox.sunat.rulebook.rule import Finding, Severity, severity
from acuse_sandbox.sunat.soap import Call
from acuse_sandbox.sunat.stem import Stem
from acuse_sandbox.sunat.visit import Visit, caller
from acuse_sandbox.world import Response, Script, ScriptedReply, World

JUDGED_KINDS = frozenset({"01"})  # the others come with their rulebooks
CODE = re.compile(r"[0-9]{4}")
DEFAULT_OBSERVATION = "4252"
DEFAULT_REJECTION = "3244"
AS_USUAL = ScriptedReply(Script.ACCEPT)
PAGE = b"<html><body><h1>Servicio no disponible</h1></body></html>"


@dataclass(slots=True)
class Sending:
    """What takes sendBill's requests of one world."""

    world: World
    register: Register
    _ordinal: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def take(self, call: Call, visit: Visit) -> Response:
        """The answer to a sendBill; raises Fault."""
        ruc = caller(call)
        stem = archive.name(call.fields.get("fileName", ""))
        visit.fiscal_id = stem.fiscal_id
        if stem.ruc != ruc:
            raise Fault("0154")
        visit.document = archive.open_one(call.fields.get("contentFile", ""), stem)
        if stem.kind not in JUDGED_KINDS:
            raise Fault("0302", f"El sandbox todavía no juzga comprobantes de tipo {stem.kind}")
        scripted = self.world.scripts.take("sunat", fiscal_id=stem.fiscal_id, number=stem.label)
        if scripted is not None and scripted.kind in (Script.HTTP, Script.HTML200):
            return _gateway(scripted, visit)
        if scripted is not None and scripted.kind is Script.PROCESSING:
            self.register.delay(stem.fiscal_id, times=scripted.times)
        with self.register.judging(stem.fiscal_id):
            return self._judged(stem, scripted, visit)

    def _judged(self, stem: Stem, scripted: ScriptedReply | None, visit: Visit) -> Response:
        self._refuse_known(stem, visit)
        at = self.world.now()
        verdict = judge(visit.document, stem, at)
        reply = scripted or _magic(verdict.customer_name) or AS_USUAL
        verdict = _bent(verdict, reply)
        visit.outcome = verdict.outcome
        if self._is_beta:
            return self._homologation(stem, verdict, reply)
        return self._kept(stem, verdict, reply, visit)

    @property
    def _is_beta(self) -> bool:
        return self.world.settings.get("sunat.mode") == "beta"

    def _refuse_known(self, stem: Stem, visit: Visit) -> None:
        """Raise Fault 1033 or 1032 for what the register holds; homologation holds nothing."""
        known = None if self._is_beta else self.register.find(stem.fiscal_id)
        if known is None:
            return
        if known.sha256 == hashlib.sha256(visit.document).hexdigest():
            visit.purpose = "resend"
        raise Fault("1033" if known.state is State.ACCEPTED else "1032")

    def _kept(self, stem: Stem, verdict: Verdict, reply: ScriptedReply, visit: Visit) -> Response:
        answer = self._cdr(stem, verdict)
        self.register.keep(
            Record(
                fiscal_id=stem.fiscal_id,
                state=State.REJECTED if verdict.rejection else State.ACCEPTED,
                sha256=hashlib.sha256(visit.document).hexdigest(),
                cdr=answer,
                outcome=verdict.outcome,
            )
        )
        if reply.kind is Script.WRONG_DOCUMENT:
            answer = self._cdr(replace(stem, number=str(int(stem.number) + 1)), verdict)
        return _answer(answer, reply)

    def _homologation(self, stem: Stem, verdict: Verdict, reply: ScriptedReply) -> Response:
        """Beta: rejections of content are faults, nothing is kept, the CDR is not signed."""
        if verdict.rejection is not None:
            raise Fault(verdict.rejection.code, verdict.rejection.sentence)
        named = stem
        if reply.kind is Script.WRONG_DOCUMENT:
            named = replace(stem, number=str(int(stem.number) + 1))
        return _answer(self._cdr(named, verdict, signed=False), reply)

    def _cdr(self, stem: Stem, verdict: Verdict, *, signed: bool = True) -> bytes:
        return cdr.build(
            stem, verdict, ordinal=next(self._ordinal), at=self.world.now(), signed=signed
        )


def _answer(answer: bytes, reply: ScriptedReply) -> Response:
    inner = f"<applicationResponse>{b64encode(answer).decode()}</applicationResponse>"
    response = soap.answer("sendBill", inner)
    if reply.kind is Script.HANG_AFTER_ACCEPT:
        return replace(response, hang=True, delay=reply.seconds)
    if reply.kind is Script.SLOW:
        return replace(response, delay=reply.seconds)
    return response


def _gateway(reply: ScriptedReply, visit: Visit) -> Response:
    """A gateway's page: the service behind it never saw the request."""
    visit.outcome = "fault"
    status = reply.status if reply.kind is Script.HTTP else 200
    return Response(status, PAGE, {"content-type": "text/html"})


def _bent(verdict: Verdict, reply: ScriptedReply) -> Verdict:
    """The verdict as scripted; a script never makes a bad document good. May raise Fault."""
    if verdict.rejection is not None:
        return verdict
    if reply.kind is Script.REJECT and _asks_for(reply, Severity.OBSERVATION):
        reply = replace(reply, kind=Script.OBSERVE)  # such a code rejects nothing
    if reply.kind is Script.OBSERVE:
        return replace(
            verdict, observations=(*verdict.observations, _finding(reply, DEFAULT_OBSERVATION))
        )
    if reply.kind is not Script.REJECT:
        return verdict
    finding = _finding(reply, DEFAULT_REJECTION)
    if finding.severity is Severity.FAULT:
        raise Fault(finding.code, finding.text if finding.code in texts() else "")
    return replace(verdict, rejection=finding, observations=())


def _finding(reply: ScriptedReply, default: str) -> Finding:
    code = reply.code if CODE.fullmatch(reply.code) else default
    return Finding(code, texts().get(code, "Código pedido al sandbox"))


def _asks_for(reply: ScriptedReply, wanted: Severity) -> bool:
    return CODE.fullmatch(reply.code) is not None and severity(reply.code) is wanted


def _magic(customer_name: str) -> ScriptedReply | None:
    """What the customer's name asks for; its words are shared by all authorities."""
    from acuse_sandbox.magic import magic

    return magic(customer_name)
