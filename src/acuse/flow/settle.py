"""Settle: what a reply means becomes what we know. Only here does a document get its verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from acuse.domain import conversation, lifecycle
from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import DeliveryState, Hold, Reason, Send, Skip, Trigger, decide
from acuse.domain.jurisdiction import Jurisdiction, Purpose
from acuse.domain.lifecycle import JUDGED, DocumentState
from acuse.domain.party import Company
from acuse.domain.submission import (
    AlreadyKnown,
    Call,
    CallPurpose,
    Cause,
    Finding,
    Judged,
    NeedsPerson,
    NoAnswer,
    NoReply,
    Noted,
    NotKnown,
    Pending,
    Received,
    Refused,
    Reply,
    SubmissionState,
)
from acuse.domain.verdict import Outcome, Verdict
from acuse.flow import lanes, outside
from acuse.store import (
    acceptances,
    activity,
    channels,
    codec,
    companies,
    deliveries,
    documents,
    receptions,
    submissions,
)

CREDENTIALS_PAUSE = timedelta(minutes=1)

VERDICT_EVENTS = {
    Outcome.ACCEPTED: EventKind.VERDICT_ACCEPTED,
    Outcome.ACCEPTED_WITH_OBSERVATIONS: EventKind.VERDICT_OBSERVED,
    Outcome.REJECTED: EventKind.VERDICT_REJECTED,
}


def record(
    held: submissions.Held,
    company: Company,
    jurisdiction: Jurisdiction,
    call: Call,
    exchange_id: int,
    reply: Reply | NoReply,
    finding: Finding,
    *,
    at: datetime,
) -> bool:
    """Whether the conversation goes on at once (a log-in is done). Everything in one transaction.

    A worker whose lease was given away leaves its evidence and changes nothing else.
    """
    with transaction.atomic():
        _keep_evidence(held, exchange_id, reply, finding, at)
        finding = _credentials(held, company, call, finding, at)
        if isinstance(finding, Noted | AlreadyKnown):
            outside.keep_notes(company.id, finding.notes)
        if isinstance(finding, Noted):
            return True
        step = conversation.advance(
            held.case,
            call.purpose,
            finding,
            at=at,
            patience=outside.patience(company.environment),
        )
        received = finding if isinstance(finding, Received) else None
        if not submissions.move(held, step, purpose=call.purpose, received=received, at=at):
            return False
        activity.record(company.id, held.document_id, *_events(call, reply, finding, step, at))
        if isinstance(finding, AlreadyKnown):
            _return_to_earlier(held, at)
        if isinstance(finding, Judged):
            judge(held, finding.verdict, jurisdiction, at=at)
    return False


def stick(held: submissions.Held, reason: str, *, not_held: bool, at: datetime) -> None:
    """Leave the conversation to a person, who is told why; the caller's transaction."""
    if submissions.stick(held, reason, not_held=not_held):
        activity.record(
            held.company_id,
            held.document_id,
            Event(at, EventKind.SUBMISSION_STUCK, facts={"reason": reason}),
        )


def judge(
    held: submissions.Held, verdict: Verdict, jurisdiction: Jurisdiction, *, at: datetime
) -> None:
    """The verdict's rows: state, acceptance, and the one automatic delivery that hangs from it."""
    if held.document_id is None:
        _judge_reception(held, verdict, jurisdiction, at)
        return
    before = DocumentState.ISSUED
    after = lifecycle.advance(before, JUDGED[verdict.outcome])
    if not documents.move(held.document_id, before, after, company_id=held.company_id):
        raise lifecycle.IllegalTransition(f"document {held.document_id} is not {before}")
    acceptance_id = acceptances.record(
        held.company_id, held.document_id, held.claim.id, verdict, at=at
    )
    facts = {
        "remarks": [codec.dump(remark) for remark in verdict.remarks],
        "evidence": verdict.evidence.value,
        "authority": jurisdiction.traits.words.authority,
    }
    activity.record(
        held.company_id,
        held.document_id,
        Event(at, VERDICT_EVENTS[verdict.outcome], facts=facts),
    )
    if acceptance_id is not None:
        _open_delivery(held, held.document_id, acceptance_id, verdict.outcome, jurisdiction, at)


def _return_to_earlier(held: submissions.Held, at: datetime) -> None:
    """The authority holds the document as it was before: that one is asked about."""
    if held.document_id is None:
        return
    fiscal_id = documents.return_to_earlier(held.document_id)
    if fiscal_id:
        event = Event(at, EventKind.CONTINGENCY_NOT_NEEDED, facts={"fiscal_id": fiscal_id})
        activity.record(held.company_id, held.document_id, event)


def _judge_reception(
    held: submissions.Held, verdict: Verdict, jurisdiction: Jurisdiction, at: datetime
) -> None:
    """What the authority says of a declaration of ours; no mail hangs from it."""
    assert held.reception_id is not None
    receptions.answered(held.reception_id, verdict, at=at)
    facts = {
        "reception": held.reception_id,
        "number": held.case.number,
        "outcome": verdict.outcome.value,
        "remarks": [codec.dump(remark) for remark in verdict.remarks],
        "authority": jurisdiction.traits.words.authority,
    }
    about = receptions.about(held.reception_id).document_id  # a lapse is told in our document's
    activity.record(held.company_id, about, Event(at, EventKind.RECEPTION_JUDGED, facts=facts))


def _open_delivery(
    held: submissions.Held,
    document_id: int,
    acceptance_id: int,
    outcome: Outcome,
    jurisdiction: Jurisdiction,
    at: datetime,
) -> None:
    companies.lock(held.company_id)  # the switch is read as of this verdict
    company = companies.load(held.company_id)
    _, customer = documents.state_and_contact(document_id)
    lacking = jurisdiction.company_problems(company, at, Purpose.MAIL)
    decision = decide(
        switch=company.automatic_delivery,
        wish=customer.wish,
        outcome=outcome,
        company_problems=lacking,
        emails=customer.emails,
    )
    state, kind = DECISIONS[type(decision)]
    reason = decision.reason if isinstance(decision, Hold | Skip) else None
    deliveries.open_for(
        held.company_id,
        document_id,
        acceptance_id,
        trigger=Trigger.AUTOMATIC,
        state=state,
        reason=reason or Reason.NONE,
        snapshot={
            "switch": company.automatic_delivery,
            "wish": customer.wish.value,
            "emails": list(customer.emails),
            "company_problems": [problem.code for problem in lacking],
        },
        by="sistema",
        at=at,
        hold_until=at + outside.patience(company.environment).hold
        if state is DeliveryState.HELD
        else None,
    )
    facts = {
        "reason": reason.value if reason else "",
        "emails": list(customer.emails),
        "customer": customer.name,
        "lacking": [problem.text for problem in lacking],
    }
    activity.record(held.company_id, document_id, Event(at, kind, facts=facts))
    if isinstance(decision, Send):
        lanes.nudge(lanes.DELIVER)


DECISIONS: dict[type[Send | Hold | Skip], tuple[DeliveryState, EventKind]] = {
    Send: (DeliveryState.OPEN, EventKind.DELIVERY_OPENED),
    Hold: (DeliveryState.HELD, EventKind.DELIVERY_HELD),
    Skip: (DeliveryState.SKIPPED, EventKind.DELIVERY_SKIPPED),
}


def _keep_evidence(
    held: submissions.Held,
    exchange_id: int,
    reply: Reply | NoReply,
    finding: Finding,
    at: datetime,
) -> None:
    login = isinstance(finding, Noted)  # its body is a token: not kept
    submissions.finish_exchange(
        held,
        exchange_id,
        status=reply.status if isinstance(reply, Reply) else None,
        reply=reply.body if isinstance(reply, Reply) and not login else None,
        finding=type(finding).__name__,
        at=at,
    )


def _credentials(
    held: submissions.Held, company: Company, call: Call, finding: Finding, at: datetime
) -> Finding:
    """Count refusals of the credentials; the document itself only waits for their mending."""
    if call.purpose is CallPurpose.LOGIN:
        channels.end_login(company.id)
    if not isinstance(finding, Refused) or finding.cause is not Cause.CREDENTIALS:
        if not isinstance(finding, NoAnswer):
            channels.worked(company.id)
        return finding
    if channels.refused(company.id, finding.text):
        stopped = Event(at, EventKind.CHANNEL_STOPPED, facts={"reason": finding.text})
        activity.record(company.id, None, stopped)
        activity.record(company.id, held.document_id, stopped)
    return replace(finding, retry_in=finding.retry_in or CREDENTIALS_PAUSE)


def _events(
    call: Call, reply: Reply | NoReply, finding: Finding, step: conversation.Step, at: datetime
) -> tuple[Event, ...]:
    """The lines that Actividad gets for one call."""
    told = _event(call.purpose, finding, step, at)
    if call.purpose is CallPurpose.SEND and isinstance(reply, Reply):
        return (Event(at, EventKind.SUBMISSION_SENT, facts={"url": call.url}), *told)
    return told


def _event(
    purpose: CallPurpose, finding: Finding, step: conversation.Step, at: datetime
) -> tuple[Event, ...]:
    """The line that Actividad gets for a finding; a repeated "not yet" gets none."""
    wake = step.wake_at.isoformat() if step.wake_at else ""
    match finding:
        case Judged() | Noted():
            return ()
        case Pending() if purpose is CallPurpose.ASK:
            return ()
        case Received() | Pending():
            return (Event(at, EventKind.SUBMISSION_WAITING, facts={"ask_at": wake}),)
        case AlreadyKnown(note):
            return (Event(at, EventKind.SUBMISSION_ALREADY_KNOWN, facts={"note": note}),)
        case NotKnown():
            kind = EventKind.SUBMISSION_NOT_KNOWN
            return (Event(at, kind, facts={"resend": step.state is SubmissionState.QUEUED}),)
        case NeedsPerson(text):
            return (Event(at, EventKind.SUBMISSION_STUCK, facts={"reason": text}),)
        case Refused() if step.state is SubmissionState.STUCK:
            facts = {"reason": finding.text, "code": finding.code, "cause": finding.cause.value}
            return (Event(at, EventKind.SUBMISSION_STUCK, facts=facts),)
        case Refused():
            facts = {"reason": finding.text, "code": finding.code, "retry_at": wake}
            return (Event(at, EventKind.SUBMISSION_REFUSED, facts=facts),)
        case NoAnswer(left, reason):
            lost = left and purpose is CallPurpose.SEND
            kind = EventKind.SUBMISSION_ANSWER_LOST if lost else EventKind.SUBMISSION_DELAYED
            return (Event(at, kind, facts={"reason": reason, "retry_at": wake}),)
