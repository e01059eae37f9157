"""The operation sendSummary and its tickets: a file judged as a whole, told later.

Source: peru.md 5.1, 5.4, 6. A rejected file changes no document; one bad line rejects it. A code
below 2000 comes in the ticket's CDR too: the file was taken, but not judged. That homologation
tells a rejected summary so as well, not by fault, is UNCONFIRMED.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from acuse_sandbox.sunat import archive, options, registers, soap, troubles, users
from acuse_sandbox.sunat.content import NOTHING
from acuse_sandbox.sunat.fault import OTHER_SERVICE, Fault
from acuse_sandbox.sunat.issuing import Issuing
from acuse_sandbox.sunat.judge import Verdict, judge
from acuse_sandbox.sunat.kinds import Service, taken_by
from acuse_sandbox.sunat.options import Options
from acuse_sandbox.sunat.register import Register
from acuse_sandbox.sunat.rulebook.rule import Finding, Spot
from acuse_sandbox.sunat.soap import Call
from acuse_sandbox.sunat.stem import Stem
from acuse_sandbox.sunat.tickets import BAD, GOOD, Ticket, Tickets, Told
from acuse_sandbox.sunat.users import User
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Response, Script, ScriptedReply, World

LONG = {"0": "0000", "98": "0098", "99": "0099"}
OSE_UNKNOWN = "0013"


@dataclass(slots=True)
class Summaries:
    """What takes sendSummary's and getStatus' requests of one world."""

    world: World
    register: Register
    issuing: Issuing
    tickets: Tickets

    def take(self, call: Call, user: User, service: Service, visit: Visit) -> Response:
        """The answer to a sendSummary: a ticket; raises Fault."""
        stem = archive.summary_name(call.fields.get("fileName", ""))
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
        with self.register.judging(stem.fiscal_id):
            return self._taken(stem, user, scripted or troubles.AS_USUAL, visit)

    def _taken(self, stem: Stem, user: User, reply: ScriptedReply, visit: Visit) -> Response:
        manners = options.read(self.world.settings, stem.ruc)
        at = self.world.now()
        sha256 = hashlib.sha256(visit.document).hexdigest()
        if self.register.was_judged(stem.fiscal_id, sha256):
            visit.purpose = "resend"
        if not manners.is_beta and self.tickets.is_in_process(stem.fiscal_id, manners, at):
            raise Fault("0402")
        number = self.tickets.number(at)
        verdict = self._verdict(stem, number, reply, visit)
        self.register.note_judged(stem.fiscal_id, sha256)
        visit.outcome = verdict.outcome
        ticket = Ticket(
            number=number,
            ruc=user.ruc,
            fiscal_id=stem.fiscal_id,
            since=at,
            code=GOOD if verdict.rejection is None else BAD,
            cdr=self.issuing.cdr(stem, verdict, manners),
            outcome=verdict.outcome,
            waits=troubles.waits(reply),
            unknown=troubles.unknown(reply),
            is_lost=reply.kind is Script.LOST_TICKET,
            first=self.issuing.instead(stem, verdict, manners, reply),
        )
        self.tickets.keep(ticket)
        answer = soap.answer("sendSummary", f"<ticket>{number}</ticket>")
        return troubles.on_the_way(answer, reply)

    def _verdict(self, stem: Stem, number: str, reply: ScriptedReply, visit: Visit) -> Verdict:
        """The verdict, which an accepted file's documents have at once."""
        background = registers.of(self.world.settings, self.register, stem.ruc, at=self.world.now())
        with self.register.settling():
            try:
                verdict = judge(visit.document, stem, self.world.now(), background)
                verdict = _on_a_line(troubles.bent(verdict, reply, stem))
            except Fault as fault:
                return Verdict(Finding(fault.code, fault.text), (), NOTHING)
            if background.registers.keeps_documents:
                self._apply(stem, verdict)
        return _with_ticket(verdict, number)

    def _apply(self, stem: Stem, verdict: Verdict) -> None:
        self.register.keep_file(stem.fiscal_id)
        if verdict.rejection is None:
            self.register.apply(stem, verdict.content)

    def status(self, call: Call, user: User, visit: Visit) -> Response:
        """The answer to a getStatus: the ticket's code, and the CDR once it is done."""
        manners = options.read(self.world.settings, user.ruc)
        number = call.fields.get("ticket", "").strip()
        told = self.tickets.ask(number, user.ruc, manners, self.world.now())
        visit.outcome = "unknown"
        if told.ticket is not None:
            visit.fiscal_id = told.ticket.fiscal_id
            visit.outcome = told.ticket.outcome if told.is_done else "pending"
        return soap.answer("getStatus", f"<status>{_content(told)}{_code(told, manners)}</status>")


def _content(told: Told) -> str:
    if told.ticket is None or not told.is_done:
        return ""
    if told.instead is not None:
        return f"<content>{escape(told.instead)}</content>" if told.instead else ""
    return f"<content>{b64encode(told.ticket.cdr).decode()}</content>"


def _code(told: Told, manners: Options) -> str:
    code = LONG.get(told.code, told.code) if manners.long_states else told.code
    if manners.is_ose and told.ticket is None:
        code = OSE_UNKNOWN
    return f"<statusCode>{code}</statusCode>"


def _on_a_line(verdict: Verdict) -> Verdict:
    """A rejection that was only asked for is the first line's."""
    found, members = verdict.rejection, verdict.content.members
    if found is None or found.spot is not None or not members:
        return verdict
    spot = Spot("cbc:ID", members[0].document.label, members[0].line)
    return replace(verdict, rejection=replace(found, spot=spot))


def _with_ticket(verdict: Verdict, number: str) -> Verdict:
    """The verdict with the ticket in its sentence, as the authority writes it."""
    found = verdict.rejection
    if found is None or found.spot is None:
        return verdict
    sentence = found.sentence.replace("value='error: ", f"value='ticket: {number} error: ", 1)
    return replace(verdict, rejection=Finding(found.code, sentence))
