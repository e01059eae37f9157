"""What the guías' service replies mean. Source: peru.md 5.6, UNCONFIRMED 6."""

from __future__ import annotations

import re
from typing import Any

from acuse.domain.submission import (
    Cause,
    Finding,
    NoAnswer,
    NotKnown,
    Received,
    Refused,
    Reply,
)
from acuse.jurisdictions.pe import answers, faults, replies_cdr, replies_soap
from acuse.jurisdictions.pe import rules_verdicts as rules
from acuse.jurisdictions.pe.calls_login import GRE_REFUSED, GRE_TOKEN
from acuse.jurisdictions.pe.rules_verdicts import Meaning, meaning
from acuse.jurisdictions.pe.rules_words import PROGRAM
from acuse.jurisdictions.pe.talk import Talk
from acuse.xml.soap import Fault

FOUR_DIGITS = re.compile(r"[0-9]{4}")
REFUSED_FILE = f"SUNAT no admite el envío de la guía. {PROGRAM}"


def sent(talk: Talk, reply: Reply) -> Finding:
    """The ticket, or what SUNAT says against the file."""
    if reply.status == 401:
        return answers.token_refused(talk, GRE_TOKEN, GRE_REFUSED)
    body = answers.body_of(reply)
    ticket = answers.text_of(body.get("numTicket"), 100)
    if reply.status in (200, 201) and ticket:
        return Received(ticket, rules.poll(0))
    fault = _fault(body)
    if fault is not None:
        return faults.finding(talk, fault)
    if reply.status == 422:
        return _unreadable(talk, body)
    return NoAnswer(True, f"HTTP {reply.status}: {answers.text_of(body.get('msg'), 300)}")


def asked(talk: Talk, reply: Reply) -> Finding:
    """What became of the ticket: the CDR decides, where there is one."""
    if reply.status == 401:
        return answers.token_refused(talk, GRE_TOKEN, GRE_REFUSED)
    body = answers.body_of(reply)
    fault = _fault(body)
    if fault is not None:
        return faults.finding(talk, fault)
    if reply.status == 404:
        return faults.unknown_ticket(talk)
    archive = answers.text_of(body.get("arcCdr"), replies_cdr.LARGEST_CDR * 2)
    code = answers.text_of(body.get("codRespuesta"), 10)
    if reply.status != 200 or not re.fullmatch("[0-9]{1,4}", code):
        return NoAnswer(True, f"HTTP {reply.status}: code {code!r}")
    if archive:
        return replies_soap.or_person(talk, replies_cdr.read(talk, archive))
    if int(code) == rules.IN_PROCESS:
        return replies_soap.in_process(talk)
    if int(code) in rules.NO_TICKET:
        return faults.unknown_ticket(talk)
    return _refused(talk, body, code)


def _refused(talk: Talk, body: dict[str, Any], code: str) -> Finding:
    """Done with errors and no CDR: refused, as a fault of that number; whether it is burnt is
    UNCONFIRMED, so nothing is sent again by itself.
    """
    error = body.get("error")
    error = error if isinstance(error, dict) else {}
    number = answers.text_of(error.get("numError"), 10).zfill(4)
    text = answers.text_of(error.get("desError"))
    told = meaning(number)
    if int(code) != rules.DONE_WITH_ERRORS or told in (Meaning.BUSY, Meaning.ODD):
        answer = NoAnswer(True, f"ticket {code} without a CDR: {number} {text}"[:500])
        return replies_soap.or_person(talk, answer)
    if told in (Meaning.CONTENT, Meaning.UNPROVEN):
        return Refused(faults.worded(Fault(number, text)), Cause.CONTENT, number)
    return faults.finding(talk, Fault(number, text), in_cdr=True)


def _fault(body: dict[str, Any]) -> Fault | None:
    """The first error with a number of four digits, else the whole answer's own."""
    errors = body.get("errors")
    listed = errors if isinstance(errors, list) else []
    for told in (*(one for one in listed if isinstance(one, dict)), body):
        code = answers.text_of(told.get("cod"), 10)
        if FOUR_DIGITS.fullmatch(code):
            return Fault(code, answers.text_of(told.get("msg")))
    return None


def _unreadable(talk: Talk, body: dict[str, Any]) -> Finding:
    """The request itself was not taken: nothing of it is held."""
    if talk.asks:
        return NotKnown()
    told = answers.text_of(body.get("msg"), 300)
    return Refused(f"{REFUSED_FILE} (SUNAT: {told})", Cause.FILE, "422")
