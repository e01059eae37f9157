"""The operation sendBill: from the ZIP to the CDR, with the scripted troubles on the way."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from acuse_sandbox.sunat import archive, options, registers, soap, troubles, users
from acuse_sandbox.sunat.fault import OTHER_SERVICE, Fault
from acuse_sandbox.sunat.issuing import Issuing
from acuse_sandbox.sunat.judge import Verdict, judge
from acuse_sandbox.sunat.kinds import Service, taken_by
from acuse_sandbox.sunat.options import Options
from acuse_sandbox.sunat.register import Record, Register, refusal
from acuse_sandbox.sunat.rulebook.registers import State
from acuse_sandbox.sunat.soap import Call
from acuse_sandbox.sunat.stem import Stem
from acuse_sandbox.sunat.users import User
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Response, Script, ScriptedReply, World


@dataclass(slots=True)
class Sending:
    """What takes sendBill's requests of one world."""

    world: World
    register: Register
    issuing: Issuing

    def take(self, call: Call, user: User, service: Service, visit: Visit) -> Response:
        """The answer to a sendBill; raises Fault."""
        stem = archive.name(call.fields.get("fileName", ""))
        visit.fiscal_id = stem.fiscal_id
        users.may_send_for(self.world.settings, user, stem.ruc)
        visit.ruc = stem.ruc
        visit.document = archive.open_one(call.fields.get("contentFile", ""), stem)
        if stem.kind not in taken_by(service):
            raise Fault(*OTHER_SERVICE)
        scripted = self.world.scripts.take("sunat", fiscal_id=stem.fiscal_id, number=stem.label)
        page = troubles.before(scripted, visit)
        if page is not None:
            return page
        if scripted is not None and scripted.kind is Script.PROCESSING:
            self.register.delay(stem.fiscal_id, times=scripted.times)
        with self.register.judging(stem.fiscal_id):
            return self._judged(stem, scripted, visit)

    def _judged(self, stem: Stem, scripted: ScriptedReply | None, visit: Visit) -> Response:
        manners = options.read(self.world.settings, stem.ruc)
        sha256 = hashlib.sha256(visit.document).hexdigest()
        if self.register.was_judged(stem.fiscal_id, sha256):
            visit.purpose = "resend"
        if not manners.is_beta:
            refused = refusal(self.register.find(stem.fiscal_id), stem.kind)
            if refused:
                raise Fault(refused)
        background = registers.of(self.world.settings, self.register, stem.ruc, at=self.world.now())
        verdict = judge(visit.document, stem, self.world.now(), background)
        reply = troubles.wanted(scripted, verdict)
        verdict = troubles.bent(verdict, reply, stem)
        visit.outcome = verdict.outcome
        if manners.is_beta and verdict.rejection is not None:
            raise Fault(verdict.rejection.code, verdict.rejection.sentence)
        content = self._kept(stem, verdict, sha256, manners)
        instead = self.issuing.instead(stem, verdict, manners, reply)
        return troubles.on_the_way(_answer(content, instead), reply)

    def _kept(self, stem: Stem, verdict: Verdict, sha256: str, manners: Options) -> bytes:
        """The CDR, in the register too; homologation has none."""
        content = self.issuing.cdr(stem, verdict, manners)
        self.register.note_judged(stem.fiscal_id, sha256)
        if manners.is_beta:
            return content
        record = Record(
            fiscal_id=stem.fiscal_id,
            known=verdict.content.known(State.REJECTED if verdict.rejection else State.ACCEPTED),
            sha256=sha256,
            cdr=content,
            outcome=verdict.outcome,
        )
        self.register.take(record, stem.kind)
        return content


def _answer(content: bytes, instead: str | None) -> Response:
    told = b64encode(content).decode() if instead is None else instead
    return soap.answer("sendBill", f"<applicationResponse>{told}</applicationResponse>")
