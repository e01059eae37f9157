"""Submit: the conversation with the authority, one call at a time.

Transact (the claim, the intent), talk, transact (the finding). What cannot be known is asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.conversation import may_call
from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.party import Company
from acuse.domain.submission import (
    Call,
    CallPurpose,
    SubmissionState,
)
from acuse.flow import apart, endpoints, hints, outside, settle
from acuse.store import channels, companies, submissions

BATCH = 20
CALLS_A_TURN = 4  # log in, send, and a log-in anew; whatever more there is waits for its turn
LOGIN_LEASE = timedelta(seconds=75)  # longer than the call may take
LOGIN_BUSY = timedelta(seconds=1)

Intent = tuple[submissions.Held, Company, Jurisdiction, Call, int]


def submit_due(jurisdiction: str, *, at: datetime) -> int:
    """How many due conversations were carried on: this worker claims them and talks in turn."""
    with transaction.atomic():
        claims = submissions.claim(jurisdiction, at=at, lease=outside.claim_lease(), limit=BATCH)
    apart.each(claims, converse)
    return len(claims)


def converse(claim: submissions.Claim) -> None:
    """Carry the claimed conversation on until it waits for the authority, time or a person."""
    for _ in range(CALLS_A_TURN):
        intent = _intend(claim, outside.now())
        if intent is None:
            return
        held, company, jurisdiction, call, exchange_id = intent
        reply = outside.perform(call)
        at = outside.now()
        finding = jurisdiction.read(held.case, call, reply, at)
        again = settle.record(held, company, jurisdiction, call, exchange_id, reply, finding, at=at)
        endpoints.heard(call, reply, at=at)
        if not again:
            return
    if call.purpose is not CallPurpose.SEND:  # it has more to say, and others come first
        with transaction.atomic():
            submissions.put_back(held, wake_at=outside.now())


def _intend(claim: submissions.Claim, at: datetime) -> Intent | None:
    """The next call with its record, committed before it is made; None where there is none now."""
    with transaction.atomic():
        company = companies.load(claim.company_id)
        held = submissions.hold(
            claim,
            until=at + outside.patience(company.environment).lease,
            notes=outside.notes(company.id),
            callback=hints.address(company.environment, claim.id),
        )
        if held is None:
            return None
        if channels.stopped(company.id) is not None:  # meanwhile, by another's call
            submissions.put_back(held, wake_at=at)
            return None
        jurisdiction = jurisdictions.find(company.jurisdiction)
        late = _late(held, jurisdiction, at)
        if late:
            settle.stick(held, late, not_held=True, at=at)
            return None
        call = jurisdiction.next_call(held.case, company, outside.credential(company), at)
        if call is None:
            never_sent = held.case.state is SubmissionState.IN_FLIGHT
            settle.stick(held, _no_call(jurisdiction), not_held=never_sent, at=at)
            return None
        assert may_call(held.case.state, call.purpose), (held.case.state, call.purpose)
        wait = _wait(held, call, jurisdiction, at)
        if wait:
            submissions.put_back(held, wake_at=at + wait)
            return None
        exchange_id = submissions.note_intent(held, call, outside.masked(call), at=at)
    return held, company, jurisdiction, call, exchange_id


def _wait(
    held: submissions.Held, call: Call, jurisdiction: Jurisdiction, at: datetime
) -> timedelta:
    """How long the call must wait: for another's log-in, the rate, or the breaker."""
    company_id, login = held.company_id, call.purpose is CallPurpose.LOGIN
    wait = _login_wait(held, at) if login else timedelta()
    if wait:
        return wait
    wait = channels.take_token(company_id, rate=jurisdiction.traits.calls_per_second, at=at)
    wait = wait or channels.breaker_wait(outside.endpoint(call), at=at)
    if wait and login:
        channels.end_login(company_id)
    return wait


def _login_wait(held: submissions.Held, at: datetime) -> timedelta:
    """Zero where it is this worker's turn and nobody logged in since it looked for a token."""
    company_id = held.company_id
    paused = held.case.notes.get(outside.LOGIN_PAUSED)
    if paused and paused.until and paused.until > at:
        return paused.until - at
    if not channels.begin_login(company_id, at=at, until=at + LOGIN_LEASE):
        return LOGIN_BUSY
    if outside.notes(company_id) == held.case.notes:
        return timedelta()
    channels.end_login(company_id)
    return LOGIN_BUSY


def _no_call(jurisdiction: Jurisdiction) -> str:
    return (
        f"Este documento ya no se puede enviar a {jurisdiction.traits.words.authority}: pasó su "
        "plazo. Emite otro con fecha de hoy."
    )


def _late(held: submissions.Held, jurisdiction: Jurisdiction, at: datetime) -> str:
    """Why a document that was never sent must not be sent any more, "" while it may."""
    deadline = jurisdiction.traits.deadline
    case = held.case
    if held.document_id is None or deadline is None:
        return ""
    if case.state is not SubmissionState.IN_FLIGHT or case.sent_at:
        return ""
    if at - case.issued_at <= deadline:
        return ""
    return (
        f"Venció el plazo de {jurisdiction.traits.words.authority} para recibir este documento. "
        "Emite otro con fecha de hoy: el número de este queda sin usar."
    )
