"""The guías' REST service: a ZIP with its hash in, a ticket out, the CDR later.

Source: peru.md 5.6. A guía that was not judged has an error and no CDR. UNCONFIRMED: the code of a
hash that is not the ZIP's, and what is answered of an unknown ticket.
"""

from __future__ import annotations

import hashlib
import uuid
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from acuse_sandbox.sunat import archive, options, registers, rest, troubles, users
from acuse_sandbox.sunat import stem as stems
from acuse_sandbox.sunat.content import Content
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.issuing import Issuing
from acuse_sandbox.sunat.judge import judge
from acuse_sandbox.sunat.kinds import Service, taken_by
from acuse_sandbox.sunat.register import Record, Register, refusal
from acuse_sandbox.sunat.registers import LIMA
from acuse_sandbox.sunat.rulebook.registers import State
from acuse_sandbox.sunat.stem import Stem
from acuse_sandbox.sunat.tickets import BAD, GOOD, Ticket, Tickets, Told
from acuse_sandbox.sunat.tokens import GRE, Tokens
from acuse_sandbox.sunat.users import User
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Request, Response, Script, ScriptedReply, World

UNAUTHORIZED = {"cod": "401", "msg": "El token falta o venció"}
WRONG_HASH = ("2860", "El hash no corresponde al archivo enviado")
UNKNOWN_TICKET = ("0127", "El ticket no existe")


@dataclass(slots=True)
class Guias:
    """What takes guías and tells of their tickets in one world."""

    world: World
    register: Register
    issuing: Issuing
    tickets: Tickets
    tokens: Tokens

    def take(self, request: Request, name: str, visit: Visit) -> Response:
        """The answer to a guía: its ticket, or 401, 422, 500."""
        token = self.tokens.find(request, GRE)
        if token is None:
            return rest.answer(401, UNAUTHORIZED)
        try:
            return self._taken(request, name, token.ruc, visit)
        except rest.BadBody as error:
            return _unprocessable("0306", f"El cuerpo no se puede leer: {error}")
        except Fault as fault:
            visit.outcome = fault.outcome
            if fault.is_trouble:
                return rest.answer(500, {"cod": fault.code, "msg": fault.text})
            return _unprocessable(fault.code, fault.text)

    def _taken(self, request: Request, name: str, ruc: str, visit: Visit) -> Response:
        stem = stems.read(name)
        if stem is None or stem.kind not in taken_by(Service.GRE):
            raise Fault("0151")
        visit.fiscal_id, visit.ruc = stem.fiscal_id, stem.ruc
        users.may_send_for(self.world.settings, User(ruc, ""), stem.ruc)
        visit.document = _unpacked(rest.body(request), stem)
        scripted = self.world.scripts.take("sunat", fiscal_id=stem.fiscal_id, number=stem.label)
        page = troubles.before(scripted, visit)
        if page is not None:
            return page
        with self.register.judging(stem.fiscal_id):
            ticket, reply = self._judged(stem, ruc, scripted, visit)
        self.tickets.keep(ticket)
        at = ticket.since.astimezone(LIMA)
        told = {"numTicket": ticket.number, "fecRecepcion": f"{at:%Y-%m-%dT%H:%M:%S}"}
        return troubles.on_the_way(rest.answer(200, told), reply)

    def _judged(
        self, stem: Stem, ruc: str, scripted: ScriptedReply | None, visit: Visit
    ) -> tuple[Ticket, ScriptedReply]:
        manners = options.read(self.world.settings, stem.ruc)
        at, sha256 = self.world.now(), hashlib.sha256(visit.document).hexdigest()
        if self.register.was_judged(stem.fiscal_id, sha256):
            visit.purpose = "resend"
        ticket = Ticket(str(uuid.uuid4()), ruc, stem.fiscal_id, at, BAD, b"", "refused")
        reply = scripted or troubles.AS_USUAL
        try:
            refused = refusal(self.register.find(stem.fiscal_id), stem.kind)
            if refused and not manners.is_beta:
                raise Fault(refused)
            background = registers.of(self.world.settings, self.register, stem.ruc, at=at)
            verdict = judge(visit.document, stem, at, background)
            reply = troubles.wanted(scripted, verdict)
            verdict = troubles.bent(verdict, reply, stem)
        except Fault as fault:
            ticket.fault = (fault.code, fault.text)
        else:
            ticket.cdr = self.issuing.cdr(stem, verdict, manners)
            ticket.code = GOOD if verdict.rejection is None else BAD
            ticket.outcome = verdict.outcome
            ticket.first = self.issuing.instead(stem, verdict, manners, reply)
            if verdict.rejection is not None:
                ticket.fault = (verdict.rejection.code, verdict.rejection.sentence)
            self._keep(ticket, sha256, verdict.content, is_kept=not manners.is_beta)
        ticket.waits = troubles.waits(reply)
        ticket.unknown = troubles.unknown(reply)
        ticket.is_lost = reply.kind is Script.LOST_TICKET
        visit.outcome = ticket.outcome
        return ticket, reply

    def _keep(self, ticket: Ticket, sha256: str, found: Content, *, is_kept: bool) -> None:
        self.register.note_judged(ticket.fiscal_id, sha256)
        if is_kept:
            known = found.known(State.ACCEPTED if ticket.code == GOOD else State.REJECTED)
            self.register.keep(Record(ticket.fiscal_id, known, sha256, ticket.cdr, ticket.outcome))

    def tell(self, request: Request, number: str, visit: Visit) -> Response:
        """The answer to a question about a ticket."""
        token = self.tokens.find(request, GRE)
        if token is None:
            return rest.answer(401, UNAUTHORIZED)
        visit.ruc = token.ruc
        manners = options.read(self.world.settings, token.ruc)
        told = self.tickets.ask(number, token.ruc, manners, self.world.now())
        ticket = told.ticket
        visit.outcome = "unknown"
        if ticket is None:
            return _unprocessable(*UNKNOWN_TICKET)
        visit.fiscal_id = ticket.fiscal_id
        visit.outcome = ticket.outcome if told.is_done else "pending"
        if told.is_done:
            return rest.answer(200, _done(told, ticket))
        if told.code == "98":
            return rest.answer(200, {"codRespuesta": "98"})
        return _unprocessable(*UNKNOWN_TICKET)


def _done(told: Told, ticket: Ticket) -> dict[str, Any]:
    content = b64encode(ticket.cdr).decode() if told.instead is None else told.instead
    body: dict[str, Any] = {"codRespuesta": told.code, "indCdrGenerado": "1" if content else "0"}
    if content:
        body["arcCdr"] = content
    code, text = ticket.fault
    if code:
        body["error"] = {"numError": code, "desError": text}
    return body


def _unpacked(told: dict[str, Any], stem: Stem) -> bytes:
    """The XML in a body; raises Fault for a ZIP that is not the one that was hashed."""
    found = told.get("archivo")
    file: dict[str, Any] = found if isinstance(found, dict) else {}
    if rest.text(file, "nomArchivo") != f"{stem.name}.zip":
        raise Fault("0151")
    try:
        packed = b64decode(rest.text(file, "arcGreZip"), validate=True)
    except ValueError as error:
        raise Fault("0156") from error
    if not packed:
        raise Fault("0155")
    if rest.text(file, "hashZip").lower() != hashlib.sha256(packed).hexdigest():
        raise Fault(*WRONG_HASH)
    return archive.unpack(packed, stem)


def _unprocessable(code: str, text: str) -> Response:
    body = {"cod": "422", "msg": "Unprocessable Entity", "errors": [{"cod": code, "msg": text}]}
    return rest.answer(422, body)
