"""SendBillSync and GetStatus: one document, its verdict at once, and the question about it."""

from __future__ import annotations

from dataclasses import dataclass

from acuse_sandbox.dian import answers, archive, envelope, judged, judging, reading, troubles
from acuse_sandbox.dian.answers import DianResponse
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.envelope import Call
from acuse_sandbox.dian.judged import Bench
from acuse_sandbox.dian.options import Options
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.refusal import Refusal, Visit
from acuse_sandbox.world import Response, ScriptedReply


@dataclass(frozen=True, slots=True)
class Sending:
    """What takes documents one by one."""

    bench: Bench

    def take(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """The answer to SendBillSync; raises what is scripted."""
        name = call.fields.get("fileName", "").removesuffix(".zip")
        try:
            file = archive.open_one(call.fields.get("contentFile", ""))
            name, visit.document = file.name, file.content
            document = reading.read(file.content)
            visit.fiscal_id = document.uuid
            judging.authorise(caller, document, self.bench.world.settings, options)
            reply = self.bench.script(document)
        except Refusal as refusal:
            return self._answer(call, refused(refusal, name))
        if reply.kind in troubles.BEFORE:
            gone = troubles.before(reply, visit)
            return gone or self._answer(call, troubles.NOTHING)
        return self._judged(call, document, name, caller, reply, options, visit)

    def _judged(
        self,
        call: Call,
        document: Document,
        name: str,
        caller: Certificate,
        reply: ScriptedReply,
        options: Options,
        visit: Visit,
    ) -> Response:
        with self.bench.register.judging(document.key):
            answer = self.bench.duplicate(document, name, visit)
            if answer is not None:
                return self._answer(call, answer)
            record = self.bench.judge(document, name, caller, reply, options)
            visit.outcome = record.verdict.outcome
            answer = self.bench.scripted(record, reply, options)
        return troubles.on_the_way(self._answer(call, answer), reply)

    def ask(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """The answer to GetStatus: the last verdict under a UUID."""
        uuid = visit.fiscal_id = call.fields.get("trackId", "").strip().lower()
        found = self.bench.register.find(uuid)
        if found is None:
            visit.outcome = "unknown"
            return self._answer(call, judged.UNKNOWN)
        if self.bench.register.must_wait(uuid, self.bench.world.now()):
            visit.outcome = "pending"
            return self._answer(call, judged.IN_PROCESS)
        visit.outcome = found.verdict.outcome
        return self._answer(call, judged.told(found, options))

    def _answer(self, call: Call, answer: DianResponse) -> Response:
        at = self.bench.world.now()
        return envelope.answer(call.operation, answers.one(call.operation, answer), at)


def refused(refusal: Refusal, file_name: str) -> DianResponse:
    """The answer for what was not taken."""
    return DianResponse(False, refusal.code, "", refusal.text, file_name=file_name)
