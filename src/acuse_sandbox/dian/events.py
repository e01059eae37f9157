"""SendEventUpdateStatus and GetStatusEvent: the events of RADIAN about an invoice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from acuse_sandbox.dian import (
    answers,
    archive,
    envelope,
    event_order,
    judged,
    judging,
    reading,
    receipt,
    signature,
    troubles,
)
from acuse_sandbox.dian.answers import DianResponse
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.envelope import Call
from acuse_sandbox.dian.event_order import Declared
from acuse_sandbox.dian.judged import Bench
from acuse_sandbox.dian.options import Options
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.refusal import Refusal, Visit
from acuse_sandbox.dian.register import Event, Record
from acuse_sandbox.dian.rulebook import event_rules
from acuse_sandbox.dian.sending import refused
from acuse_sandbox.dian.verdict import Verdict, folded
from acuse_sandbox.world import Response, ScriptedReply

CUFE = re.compile(r"[0-9a-f]{96}")
NOT_FOUND = DianResponse(False, "66", "TrackId no encontrado.")
NO_EVENTS = DianResponse(False, "67", "El documento no tiene eventos a la fecha.")
NO_CUFE = DianResponse(False, "68", "El TrackId no corresponde a un CUFE.")


@dataclass(frozen=True, slots=True)
class Events:
    """What takes events and tells of them."""

    bench: Bench

    def take(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """The answer to SendEventUpdateStatus; raises what is scripted."""
        name = ""
        try:
            file = archive.open_one(call.fields.get("contentFile", ""))
            name, visit.document = file.name, file.content
            document = reading.read_event(file.content)
            visit.fiscal_id = document.uuid
            judging.authorise(caller, document, self.bench.world.settings, options)
            reply = self.bench.script(document)
        except Refusal as refusal:
            return self._answer(call, refused(refusal, name))
        if reply.kind in troubles.BEFORE:
            gone = troubles.before(reply, visit)
            return gone or self._answer(call, troubles.NOTHING)
        declared = event_order.read(document)
        with self.bench.register.judging(declared.of_uuid):
            record = self._judged(document, declared, name, caller, reply, options)
            visit.outcome = record.verdict.outcome
            answer = self.bench.scripted(record, reply, options)
        return troubles.on_the_way(self._answer(call, answer), reply)

    def _judged(
        self,
        document: Document,
        declared: Declared,
        name: str,
        caller: Certificate,
        reply: ScriptedReply,
        options: Options,
    ) -> Record:
        """The verdict on an event, kept with it; an accepted event joins its document's."""
        register, at = self.bench.register, self.bench.world.now()
        findings = judging.sealed(document, options=options, at=at)
        if not any(finding.code == "ZB01" for finding in findings):
            settings = self.bench.world.settings
            facts = judging.facts(
                document, caller, options=options, settings=settings, register=register, at=at
            )
            findings += event_rules(document.root, facts)
            findings += event_order.examine(declared, register, at=at)
        verdict = troubles.bent(Verdict(folded(findings)), reply)
        record = self.bench.keep(document, name, verdict, options, at)
        if verdict.is_accepted:
            register.add_event(
                declared.of_uuid,
                Event(
                    code=declared.code,
                    number=document.number,
                    uuid=document.uuid,
                    description=declared.description,
                    sender_nit=document.issuer_nit,
                    concept=declared.concept,
                    at=signature.signing_time(document.root) or at,
                ),
            )
        return record

    def ask(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """The answer to GetStatusEvent: the events of an accepted invoice."""
        uuid = visit.fiscal_id = call.fields.get("trackId", "").strip().lower()
        visit.outcome = "unknown"
        if not CUFE.fullmatch(uuid):
            return self._answer(call, NO_CUFE)
        record = self.bench.register.find(uuid)
        if record is None or not record.verdict.is_accepted:
            return self._answer(call, NOT_FOUND)
        found = self.bench.register.events(uuid)
        if not found:
            return self._answer(call, NO_EVENTS)
        visit.outcome = "accepted"
        content = receipt.of_events(
            record.document,
            found,
            environment=options.environment,
            ordinal=next(self.bench.ordinals),
            at=self.bench.world.now(),
        )
        return self._answer(
            call,
            DianResponse(True, "00", judged.PROCESSED, "", receipt=content, uuid=uuid),
        )

    def _answer(self, call: Call, answer: DianResponse) -> Response:
        at = self.bench.world.now()
        return envelope.answer(call.operation, answers.one(call.operation, answer), at)
