"""What the SOAP services' replies mean: of a sending, of a number, of a ticket.

Source: peru.md 5.1–5.5. A CDR that names our file decides; nothing else is a verdict.
"""

from __future__ import annotations

import re

from acuse.domain.submission import (
    Finding,
    NeedsPerson,
    NoAnswer,
    Noted,
    NotKnown,
    Pending,
    Received,
    Reply,
)
from acuse.jurisdictions.pe import calls_soap, faults, memory, replies_cdr
from acuse.jurisdictions.pe import rules_verdicts as rules
from acuse.jurisdictions.pe.talk import Talk
from acuse.xml import parse
from acuse.xml.soap import Fault, read_body

STILL_IN_PROCESS = (
    "SUNAT tiene {number} en proceso desde hace un día. Pregúntale, y reintenta más tarde."
)
TELLS_NOTHING = (
    "SUNAT terminó con {number} y no da su constancia ({told}). Reintenta más tarde o pregúntale."
)
NOT_FOUND = (
    "SUNAT dice que ya tiene {number} y desde hace un día no encuentra su constancia. Pregúntale; "
    "no emitas otro por lo mismo."
)


def read(talk: Talk, reply: Reply) -> Finding:
    """What the reply of a SOAP service means for this file."""
    try:
        body = read_body(reply.body)
    except parse.Unreadable as error:
        return NoAnswer(True, f"HTTP {reply.status}, unreadable: {error}")
    if isinstance(body, Fault):
        return faults.finding(talk, body)
    if parse.name(body) != f"{talk.operation}Response":
        return NoAnswer(True, f"an answer to something else: {parse.name(body)[:60]}")
    match talk.operation:
        case calls_soap.SEND_SUMMARY:
            return _ticket_given(talk, body)
        case calls_soap.GET_STATUS:
            return _ticket_told(talk, body)
        case calls_soap.GET_STATUS_CDR:
            return _consulted(talk, body)
    return replies_cdr.read(talk, parse.child_text(body, "applicationResponse"))


def _ticket_given(talk: Talk, body: parse.Element) -> Finding:
    """The ticket; of a file that was sent again as a question it is kept beside the first."""
    ticket = parse.child_text(body, "ticket")
    if not ticket or len(ticket) > 100:
        return NoAnswer(True, f"no ticket: {ticket[:60]!r}")
    if talk.asks:
        notes = {
            memory.later_ticket(talk.case): memory.kept(ticket, talk.at),
            memory.known(talk.case): None,
        }
        return Noted(notes)
    return Received(ticket, rules.poll(0))


def _consulted(talk: Talk, body: parse.Element) -> Finding:
    """The consult service: its code alone never gives a verdict."""
    status = parse.child(body, "statusCdr")
    if status is None:
        return NoAnswer(True, "no statusCdr")
    code = parse.child_text(status, "statusCode")
    content = parse.child_text(status, "content")
    if content:
        return replies_cdr.read(talk, content)
    if code.zfill(4) in rules.NOT_FOUND:
        return _not_found(talk)
    message = parse.child_text(status, "statusMessage")
    return NoAnswer(True, f"consult {code}: {message}"[:500])


def _not_found(talk: Talk) -> Finding:
    """Not held; unless SUNAT said that it is, and only its CDR is not found yet (P-11)."""
    if not talk.known:
        return NotKnown()
    if talk.known_too_long:
        return NeedsPerson(NOT_FOUND.format(number=talk.case.number))
    return NoAnswer(True, "known, and not found by its number")


def _ticket_told(talk: Talk, body: parse.Element) -> Finding:
    status = parse.child(body, "status")
    if status is None:
        return NoAnswer(True, "no status")
    told = parse.child_text(status, "statusCode")
    content = parse.child_text(status, "content")
    if replies_cdr.is_archive(content):
        return or_person(talk, replies_cdr.read(talk, content))
    if not re.fullmatch(r"[0-9]{1,4}", told):
        return or_person(talk, NoAnswer(True, f"the ticket's code is {told[:40]!r}"))
    code = int(told)
    if code in rules.NO_TICKET:
        return faults.unknown_ticket(talk)
    if code == rules.IN_PROCESS:
        return in_process(talk)
    if code in (rules.DONE, rules.DONE_WITH_ERRORS):
        return or_person(talk, NoAnswer(True, f"ticket {code}: {content[:200] or 'no CDR'}"))
    return faults.finding(talk, Fault(f"{code:04d}", content[:500]))


def in_process(talk: Talk) -> Finding:
    """Not judged yet; after a day a person is told."""
    if talk.age > rules.POLLED_FOR:
        return NeedsPerson(STILL_IN_PROCESS.format(number=talk.case.number))
    return Pending(rules.poll(talk.case.asks + 1))


def or_person(talk: Talk, found: Finding) -> Finding:
    """The finding; a ticket that is done and tells nothing goes to a person after an hour."""
    if not isinstance(found, NoAnswer):
        return found
    waited = talk.since(memory.done)
    if waited is None:
        return Noted({memory.done(talk.case): memory.kept("1", talk.at)})
    if waited > rules.UNUSABLE_FOR:
        told = found.reason[:300]
        return NeedsPerson(TELLS_NOTHING.format(number=talk.case.number, told=told))
    return found
