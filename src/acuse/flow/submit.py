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
from acuse.flow import endpoints, outside, settle
from acuse.store import channels, companies, submissions

BATCH = 20
CALLS_A_TURN = 4  # log in, send, and a log-in anew; whatever more there is waits for its turn
LOGIN_LEASE = timedelta(seconds=45)
LOGIN_BUSY = timedelta(seconds=1)

Intent = tuple[submissions.Held, Company, Jurisdiction, Call, int]


def submit_due(jurisdiction: str, *, at: datetime) -> int:
    """How many due conversations were carried on: this worker claims them and talks in turn."""
    with transaction.atomic():
        claims = submissions.claim(jurisdiction, at=at, lease=outside.claim_lease(), limit=BATCH)
    for claim in claims:
        converse(claim)
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
        company = companies.load(submissions.company_of(claim.id))
        held = submissions.hold(
            claim,
            until=at + outside.patience(company.environment).lease,
            notes=outside.notes(company.id),
        )
        if held is None:
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
        wait = _wait(call, company, jurisdiction, at)
        if wait:
            submissions.put_back(held, wake_at=at + wait)
            return None
        exchange_id = submissions.note_intent(held, call, outside.masked(call), at=at)
    return held, company, jurisdiction, call, exchange_id


def _wait(call: Call, company: Company, jurisdiction: Jurisdiction, at: datetime) -> timedelta:
    """How long the call must wait: for the breaker, the rate, or another's log-in."""
    wait = channels.breaker_wait(outside.endpoint(call), at=at)
    if wait:
        return wait
    if call.purpose is CallPurpose.LOGIN and not channels.begin_login(
        company.id, at=at, until=at + LOGIN_LEASE
    ):
        return LOGIN_BUSY
    wait = channels.take_token(company.id, rate=jurisdiction.traits.calls_per_second, at=at)
    if wait and call.purpose is CallPurpose.LOGIN:
        channels.end_login(company.id)
    return wait


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
