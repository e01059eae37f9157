"""Which of SUNAT's services is called next, and what for. Source: peru.md 5.

What was never sent is sent, while it may be; about everything else is asked: by ticket, by number,
in the register; and where nothing else answers, by the same bytes again.
"""

from __future__ import annotations

from datetime import datetime

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose, Case, SubmissionState
from acuse.jurisdictions.pe import calls_gre, calls_register, calls_soap, memory, services

SENDING = (SubmissionState.QUEUED, SubmissionState.IN_FLIGHT)
ASKING = (SubmissionState.WAITING, SubmissionState.UNCERTAIN)


def next_call(case: Case, company: Company, credential: Credential, at: datetime) -> Call | None:
    """The next call of the conversation; None where there is nothing to call."""
    if case.state in SENDING:
        if services.too_late(case, at):
            return None
        purpose = CallPurpose.SEND
    elif case.state in ASKING:
        purpose = CallPurpose.ASK
    else:
        return None
    code = services.code_of(case)
    if services.TAKEN_BY.get(code) == "gre":
        return calls_gre.next_call(purpose, case, company, credential, at)
    if purpose is CallPurpose.SEND:
        return calls_soap.send(purpose, case, company, credential)
    if code in services.BATCHES:
        return _ask_batch(case, company, credential, at)
    return _ask_document(case, company, credential, at)


def _ask_document(
    case: Case, company: Company, credential: Credential, at: datetime
) -> Call | None:
    if services.consults(case, company):
        return calls_soap.ask_cdr(case, company, credential)
    if services.code_of(case) in services.REGISTERED and services.registers(company):
        return calls_register.ask_document(case, company, credential, at)
    return calls_soap.send(CallPurpose.ASK, case, company, credential)


def _ask_batch(case: Case, company: Company, credential: Credential, at: datetime) -> Call | None:
    """By its ticket; where that is lost by its members, and else by the same file again."""
    ticket = _ticket(case, at)
    if ticket:
        return calls_soap.ask_ticket(ticket, case, company, credential)
    if calls_register.knows_members(case) and services.registers(company):
        return calls_register.ask_member(case, company, credential, at)
    return calls_soap.send(CallPurpose.ASK, case, company, credential)


def _ticket(case: Case, at: datetime) -> str:
    """The ticket to ask: the newest, but the first once SUNAT says it was given this before."""
    said = case.note(memory.known(case), at)
    if said == memory.LOST:
        return ""
    if said:
        return case.note(memory.first_ticket(case), at) or case.ticket
    return case.note(memory.later_ticket(case), at) or case.ticket
