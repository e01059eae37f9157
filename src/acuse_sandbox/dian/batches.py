"""SendBillAsync, SendTestSetAsync and GetStatusZip: archives, their tickets, and the test sets.

Source: colombia.md 6 (operations, file names), 6b and 7. A ZIP whose names have another length, or
a test set's ZIP with more than one document, gets its ticket and is never looked at.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from acuse_sandbox.dian import (
    answers,
    archive,
    envelope,
    judging,
    reading,
    troubles,
)
from acuse_sandbox.dian import options as settings_of
from acuse_sandbox.dian.answers import DianResponse, Upload
from acuse_sandbox.dian.archive import File
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.envelope import Call
from acuse_sandbox.dian.judged import Bench, told
from acuse_sandbox.dian.options import Options
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.refusal import Refusal, Visit
from acuse_sandbox.dian.register import Batch, Item
from acuse_sandbox.world import Response, Script, ScriptedReply

IN_PROCESS = DianResponse(False, "", "Batch en proceso de validación.")
UPLOAD_ERROR = "0"
TEST_SET = "SendTestSetAsync"
ACCEPTED, REJECTED, OPEN = "Aceptado", "Rechazado", "En proceso"
KINDS = ("invoices", "debit_notes", "credit_notes")
OF_ROOT = {"Invoice": "invoices", "DebitNote": "debit_notes", "CreditNote": "credit_notes"}


@dataclass(frozen=True, slots=True)
class Batches:
    """What takes archives and tells of them."""

    bench: Bench

    def take(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """The answer to an upload: a ticket, or why there is none; raises what is scripted."""
        name = call.fields.get("fileName", "").removesuffix(".zip")
        test_set = call.fields.get("testSetId", "").strip()
        try:
            files = archive.open_all(call.fields.get("contentFile", ""))
            visit.document = files[0].content
            if call.operation == TEST_SET:
                self._check_set(test_set, caller)
        except Refusal as refusal:
            refused = Upload(refusal.text, caller.number, name)
            return self._said(call, answers.upload(call.operation, "", (refused,)))
        ready = self.bench.world.now() + timedelta(seconds=options.batch_seconds)
        batch = Batch(ready, test_set=test_set)
        named = archive.NAME_OF_ZIP.fullmatch(name) and all(file.is_well_named for file in files)
        batch.is_lost = not named or (call.operation == TEST_SET and len(files) > 1)
        return self._taken(call, batch, files, caller, options, visit)

    def _taken(
        self,
        call: Call,
        batch: Batch,
        files: list[File],
        caller: Certificate,
        options: Options,
        visit: Visit,
    ) -> Response:
        last = troubles.AS_USUAL
        visits = [visit, *(Visit(visit.purpose) for _ in files[1:])]
        for file, one in zip(files, visits, strict=True):
            one.document = file.content
            last = self._take_one(file, batch, caller, options, one)
            if last.kind in troubles.BEFORE:
                return troubles.before(last, one) or self._said(
                    call, answers.upload(call.operation, "")
                )
        visit.more += visits[1:]
        ticket = str(uuid.uuid4())
        self.bench.register.put_batch(ticket, batch)
        return troubles.on_the_way(self._said(call, answers.upload(call.operation, ticket)), last)

    def _take_one(
        self, file: File, batch: Batch, caller: Certificate, options: Options, visit: Visit
    ) -> ScriptedReply:
        """Judge one file of an archive, into its batch; what was scripted for it."""
        try:
            document = reading.read(file.content)
            visit.fiscal_id = document.uuid
            judging.authorise(caller, document, self.bench.world.settings, options)
            reply = self.bench.script(document)
        except Refusal as refusal:
            batch.items.append(Item("", DianResponse(False, UPLOAD_ERROR, refusal.text)))
            return troubles.AS_USUAL
        if reply.kind in troubles.BEFORE:
            return reply
        visit.outcome = "pending"
        if batch.is_lost:
            return reply
        with self.bench.register.judging(document.key):
            item = self._judged(document, file.name, batch, caller, reply, options, visit)
        batch.items.append(item)
        return reply

    def _judged(
        self,
        document: Document,
        name: str,
        batch: Batch,
        caller: Certificate,
        reply: ScriptedReply,
        options: Options,
        visit: Visit,
    ) -> Item:
        register = self.bench.register
        before = self.bench.duplicate(document, name, visit)
        if before is not None:
            return Item(document.uuid, before)
        record = self.bench.judge(document, name, caller, reply, options)
        register.hold(document.uuid, until=batch.ready)
        if batch.test_set:
            register.count_for_set(
                batch.test_set,
                document.issuer_nit,
                kind=OF_ROOT[document.root_name],
                accepted=record.verdict.is_accepted,
                asked=self._asked(batch.test_set, options),
                needed=int(self._set(batch.test_set).get("needed", options.needed)),
            )
        if reply.kind is Script.PROCESSING:
            register.delay(document.uuid, times=reply.times)
            return Item(document.uuid, record=record)
        first = self.bench.scripted(record, reply, options)
        return Item(document.uuid, record=record, first=first)

    def ask(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """The answer to GetStatusZip: one DianResponse a document, or "in process"."""
        ticket = call.fields.get("trackId", "").strip().lower()
        batch = self.bench.register.batch(ticket)
        at = self.bench.world.now()
        visit.outcome = "pending"
        if batch is None or batch.is_lost or at < batch.ready:
            return self._many(call, [IN_PROCESS])
        visit.fiscal_id = batch.items[0].uuid
        if self.bench.register.must_wait_for((item.uuid for item in batch.items), at):
            return self._many(call, [IN_PROCESS])
        state = self._state(batch.test_set)
        if options.set_speaks and state != OPEN:
            return self._many(call, [DianResponse(False, "", _sentence(batch.test_set, state))])
        found = list(self._answers(batch, options))
        visit.outcome = "accepted" if all(one.is_valid for one in found) else "rejected"
        return self._many(call, found)

    def _answers(self, batch: Batch, options: Options) -> Iterator[DianResponse]:
        for item in batch.items:
            first, item.first = item.first or item.answer, None
            if first is not None:
                yield first
            elif item.record is not None:
                yield told(item.record, options)

    def _check_set(self, id_: str, caller: Certificate) -> None:
        """Raise Refusal where the test set takes no more, or is another's."""
        try:
            uuid.UUID(id_)
        except ValueError as error:
            raise Refusal(f"El set de prueba con identificador {id_} no existe.") from error
        owner = self._set(id_).get("nit", "")
        if owner and not caller.is_of(owner):
            raise Refusal(f"El set de prueba con identificador {id_} no es de este emisor.")
        state = self._state(id_)
        if state != OPEN:
            raise Refusal(_sentence(id_, state))

    def _state(self, id_: str) -> str:
        if not id_:
            return OPEN
        fixed = str(self._set(id_).get("state", ""))
        if fixed in (ACCEPTED, REJECTED):
            return fixed
        return ACCEPTED if self.bench.register.is_set_accepted(id_) else OPEN

    def _asked(self, id_: str, options: Options) -> Counter[str]:
        entry = self._set(id_)
        usual = dict(zip(KINDS, options.asked, strict=False))
        return Counter({kind: int(entry.get(kind, usual.get(kind, 0))) for kind in KINDS})

    def _set(self, id_: str) -> dict[str, Any]:
        return dict(settings_of.entries(self.bench.world.settings, "test_set")).get(id_, {})

    def _many(self, call: Call, found: list[DianResponse]) -> Response:
        return self._said(call, answers.many(call.operation, found))

    def _said(self, call: Call, result: str) -> Response:
        return envelope.answer(call.operation, result, self.bench.world.now())


def _sentence(id_: str, state: str) -> str:
    return f"Set de prueba con identificador {id_} se encuentra {state}."
