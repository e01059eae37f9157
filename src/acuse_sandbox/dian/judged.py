"""One document on its way: scripts, duplicity, verdict, receipt, register.

What all operations that take documents share; each of them dresses the outcome in its own answer.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from acuse_sandbox.dian import judging, receipt, registers, troubles
from acuse_sandbox.dian.answers import DianResponse
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.options import Options
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.receipt import Named
from acuse_sandbox.dian.refusal import Refusal, Visit
from acuse_sandbox.dian.register import Record, Register
from acuse_sandbox.dian.verdict import Verdict
from acuse_sandbox.world import Script, ScriptedReply, World

NOT_TAKEN = "89"
PROCESSED = "Procesado Correctamente."
MANDATORY = "Validación contiene errores en campos mandatorios."
BEFORE = "Regla: 90, Rechazo: Documento procesado anteriormente."
IN_PROCESS = DianResponse(False, "98", "En Proceso")
UNKNOWN = DianResponse(False, "66", "TrackId no existe en los registros de la DIAN.")


@dataclass(slots=True)
class Bench:
    """Where documents are judged: one world's register and the number of the next receipt."""

    world: World
    register: Register
    ordinals: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def script(self, document: Document) -> ScriptedReply:
        """What was scripted for a document; its customer's name may ask for it too.

        Raises Refusal where a rejection with 89 is asked for, which is none.
        """
        found = self.world.scripts.take("dian", fiscal_id=document.uuid, number=document.number)
        reply = troubles.wanted(found, document.receiver_name)
        if reply.kind is Script.REJECT and reply.code == NOT_TAKEN:
            raise Refusal(troubles.ASKED)
        return reply

    def duplicate(self, document: Document, file_name: str, visit: Visit) -> DianResponse | None:
        """Rule 90, where the number was accepted before; None where it is free."""
        found = self.register.accepted(document.key)
        if found is None:
            return None
        if _sha256(found.document.content) == _sha256(document.content):
            visit.purpose = "resend"
        visit.outcome = "refused"
        return DianResponse(
            False,
            "99",
            MANDATORY,
            receipt.WITH_ERRORS,
            errors=(BEFORE,),
            uuid=document.uuid,
            file_name=file_name,
        )

    def judge(
        self,
        document: Document,
        file_name: str,
        caller: Certificate,
        reply: ScriptedReply,
        options: Options,
    ) -> Record:
        """The verdict on an invoice or a note, with its receipt, kept."""
        at = self.world.now()
        facts = judging.facts(
            document,
            caller,
            options=options,
            settings=self.world.settings,
            register=self.register,
            at=at,
        )
        nit = document.issuer_nit
        known = self.register.is_enabled(nit) or registers.is_enabled(self.world.settings, nit)
        found = judging.verdict(document, facts, options=options, is_enabled=known)
        return self.keep(document, file_name, troubles.bent(found, reply), options, at)

    def keep(
        self, document: Document, file_name: str, verdict: Verdict, options: Options, at: datetime
    ) -> Record:
        """A judged document with its receipt, remembered."""
        content = self.receipt(document, verdict, options, at)
        record = Record(document, verdict, content, file_name, at)
        self.register.keep(record)
        return record

    def receipt(
        self,
        document: Document,
        verdict: Verdict,
        options: Options,
        at: datetime,
        *,
        named: Named | None = None,
        signed: bool = True,
    ) -> bytes:
        """The ApplicationResponse about a document."""
        return receipt.build(
            document,
            verdict.findings,
            accepted=verdict.is_accepted,
            sentence=sentence(document, verdict),
            environment=options.environment,
            ordinal=next(self.ordinals),
            at=at,
            named=named,
            signed=signed,
        )

    def scripted(self, record: Record, reply: ScriptedReply, options: Options) -> DianResponse:
        """The answer about a judged document, with what its script makes of it."""
        answer = told(record, options)
        match reply.kind:
            case Script.PROCESSING:
                self.register.delay(record.document.uuid, times=reply.times)
                waits = self.register.must_wait(record.document.uuid, self.world.now())
                return _processing(record) if waits else answer
            case Script.WRONG_DOCUMENT:
                other = _other(record.document)
                content = self.receipt(
                    record.document, record.verdict, options, record.at, named=other
                )
                return replace(answer, receipt=content, uuid=other.uuid)
            case Script.UNSIGNED_RECEIPT:
                content = self.receipt(
                    record.document, record.verdict, options, record.at, signed=False
                )
                return replace(answer, receipt=content)
        return troubles.altered(answer, reply)


def told(record: Record, options: Options) -> DianResponse:
    """The answer about a judged document."""
    accepted = record.verdict.is_accepted
    silent = options.empty_messages and not accepted
    return DianResponse(
        is_valid=accepted,
        code="00" if accepted else "99",
        description=PROCESSED if accepted else MANDATORY,
        message=sentence(record.document, record.verdict),
        errors=() if silent else record.verdict.messages,
        receipt=record.receipt,
        uuid=record.document.uuid,
        file_name=record.file_name,
    )


def sentence(document: Document, verdict: Verdict) -> str:
    """StatusMessage, which the receipt says too."""
    if not verdict.is_accepted:
        return receipt.WITH_ERRORS
    if not document.kind_code:
        return f"El evento {document.number}, ha sido registrado."
    end = "autorizado" if document.label.startswith("El ") else "autorizada"
    return f"{document.label} {document.number}, ha sido {end}."


def _processing(record: Record) -> DianResponse:
    return replace(IN_PROCESS, uuid=record.document.uuid, file_name=record.file_name)


def _other(document: Document) -> Named:
    """Another document than this one: its number and UUID begin alike."""
    last = "0" if document.uuid[-1:] != "0" else "1"
    digit = "1" if document.number[-1:] != "1" else "2"
    return Named(document.number[:-1] + digit, document.uuid[:-1] + last, document.scheme)


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
