"""Settle: what a reply means becomes what we know; a verdict is judge's to write down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from acuse.domain import conversation
from acuse.domain.activity import Event, EventKind
from acuse.domain.jurisdiction import Jurisdiction
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
    Note,
    Noted,
    NotKnown,
    Pending,
    Received,
    Refused,
    Reply,
    SubmissionState,
)
from acuse.flow import judge, news, outside
from acuse.store import activity, channels, documents, submissions

CREDENTIALS_PAUSE = timedelta(minutes=1)
REFUSALS = {Cause.CREDENTIALS: 2, Cause.PASSWORD: 1}  # in a row that stop the channel
LONGEST_PAUSE = timedelta(minutes=1)


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
        _keep_evidence(held, call, exchange_id, reply, finding, at)
        finding = _credentials(held, company, call, finding, at)
        _rest(company, jurisdiction, reply, at)
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
        if call.purpose is CallPurpose.LOGIN:
            _pause_log_in(company, step, at)
        received = finding if isinstance(finding, Received) else None
        if not submissions.move(held, step, purpose=call.purpose, received=received, at=at):
            return False
        news.tell(held, *_events(call, reply, finding, step, at))
        if isinstance(finding, AlreadyKnown):
            _return_to_earlier(held, at)
        if isinstance(finding, Judged):
            judge.judge(held, finding, jurisdiction, at=at)
    return False


def stick(held: submissions.Held, reason: str, *, not_held: bool, at: datetime) -> None:
    """Leave the conversation to a person, who is told why; the caller's transaction."""
    if submissions.stick(held, reason, not_held=not_held):
        news.tell(held, Event(at, EventKind.SUBMISSION_STUCK, facts={"reason": reason}))


def _return_to_earlier(held: submissions.Held, at: datetime) -> None:
    """The authority holds the document as it was before: that one is asked about."""
    if held.document_id is None:
        return
    fiscal_id = documents.return_to_earlier(held.document_id)
    if fiscal_id:
        event = Event(at, EventKind.CONTINGENCY_NOT_NEEDED, facts={"fiscal_id": fiscal_id})
        activity.record(held.company_id, held.document_id, event)


def _keep_evidence(
    held: submissions.Held,
    call: Call,
    exchange_id: int,
    reply: Reply | NoReply,
    finding: Finding,
    at: datetime,
) -> None:
    login = call.purpose is CallPurpose.LOGIN and isinstance(finding, Noted)  # a token: not kept
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
    limit = REFUSALS.get(finding.cause) if isinstance(finding, Refused) else None
    if not isinstance(finding, Refused) or limit is None:
        if call.purpose is not CallPurpose.LOGIN and not isinstance(finding, NoAnswer | Noted):
            channels.worked(company.id)
        return finding
    if channels.refused(company.id, finding.text, limit=limit):
        stopped = Event(at, EventKind.CHANNEL_STOPPED, facts={"reason": finding.text})
        activity.record(company.id, None, stopped)
        if held.reception_id is None:
            news.tell(held, stopped)
    return replace(finding, retry_in=finding.retry_in or CREDENTIALS_PAUSE)


def _rest(
    company: Company, jurisdiction: Jurisdiction, reply: Reply | NoReply, at: datetime
) -> None:
    """Leave the authority alone for as long as it asks this account to, whatever the document."""
    wait = jurisdiction.rest(reply, at) if isinstance(reply, Reply) else timedelta()
    if wait:
        wait *= outside.patience(company.environment).pace
        rate = jurisdiction.traits.calls_per_second
        channels.rest(company.id, wait=wait, rate=rate, at=at)


def _pause_log_in(company: Company, step: conversation.Step, at: datetime) -> None:
    """A log-in that led nowhere: no other document of the company tries sooner than this one."""
    until = min(step.wake_at or at, at + LONGEST_PAUSE)
    outside.keep_notes(company.id, {outside.LOGIN_PAUSED: Note("", until)})


def _events(
    call: Call, reply: Reply | NoReply, finding: Finding, step: conversation.Step, at: datetime
) -> tuple[Event, ...]:
    """The lines that Actividad gets for one call."""
    news = _event(call.purpose, finding, step, at)
    if call.purpose is CallPurpose.SEND and isinstance(reply, Reply):
        return (Event(at, EventKind.SUBMISSION_SENT, facts={"url": call.url}), *news)
    return news


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
