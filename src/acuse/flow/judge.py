"""Judge: a verdict's rows. Only here does a document become accepted, rejected or voided."""

from __future__ import annotations

from datetime import datetime

from acuse.domain import conversation, lifecycle
from acuse.domain.activity import Event, EventKind
from acuse.domain.batch import MemberAction
from acuse.domain.contact import addressees
from acuse.domain.conversation import Fate
from acuse.domain.delivery import (
    DeliveryEvent,
    DeliveryState,
    Hold,
    Reason,
    Send,
    Skip,
    Trigger,
    decide,
)
from acuse.domain.jurisdiction import Jurisdiction, Purpose
from acuse.domain.lifecycle import JUDGED, DocumentEvent, DocumentState
from acuse.domain.submission import Judged, SubmissionState
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.flow import copies, inquire, lanes, outside, wording
from acuse.store import (
    acceptances,
    activity,
    batches,
    codec,
    companies,
    deliveries,
    documents,
    gathered,
    holds,
    news,
    receptions,
    recipients,
)
from acuse.store.submissions import Held

VERDICT_EVENTS = {
    Outcome.ACCEPTED: EventKind.VERDICT_ACCEPTED,
    Outcome.ACCEPTED_WITH_OBSERVATIONS: EventKind.VERDICT_OBSERVED,
    Outcome.REJECTED: EventKind.VERDICT_REJECTED,
}


def judge(held: Held, judged: Judged, jurisdiction: Jurisdiction, *, at: datetime) -> None:
    """Write the verdict down for all that the conversation is about; the caller's transaction."""
    if held.batch_id is not None:
        _batch(held, held.batch_id, judged, jurisdiction, at)
    elif held.reception_id is not None:
        _reception(held, held.reception_id, judged.verdict, jurisdiction, at)
    else:
        assert held.document_id is not None
        _document(
            held.company_id, held.document_id, held.claim.id, judged.verdict, jurisdiction, at
        )


def _document(
    company_id: int,
    document_id: int,
    submission_id: int,
    verdict: Verdict,
    jurisdiction: Jurisdiction,
    at: datetime,
) -> None:
    """State, acceptance, and the one automatic delivery that hangs from it."""
    before = DocumentState.ISSUED
    after = lifecycle.advance(before, JUDGED[verdict.outcome])
    if not documents.move(document_id, before, after, company_id=company_id):
        raise lifecycle.IllegalTransition(f"document {document_id} is not {before}")
    acceptance_id = acceptances.record(company_id, document_id, submission_id, verdict, at=at)
    facts = {**_told(verdict.remarks, jurisdiction), "evidence": verdict.evidence.value}
    activity.record(
        company_id, document_id, Event(at, VERDICT_EVENTS[verdict.outcome], facts=facts)
    )
    if acceptance_id is not None:
        inquire.follow(document_id, jurisdiction, at=at)
        _open_delivery(company_id, document_id, acceptance_id, verdict.outcome, jurisdiction, at)


def _batch(
    held: Held, batch_id: int, judged: Judged, jurisdiction: Jurisdiction, at: datetime
) -> None:
    """What the verdict about the file makes of each document in it."""
    verdict = judged.verdict
    batches.answered(batch_id, verdict, at=at)
    fates: dict[int, Fate] = {}
    for member in batches.members(batch_id):
        fate = conversation.fate(verdict.outcome, verdict.evidence, member.line, judged)
        fates[member.line] = fate
        if member.action is MemberAction.ADD:
            _added(held, member, fate, verdict.of_line(member.line), jurisdiction, at)
        elif member.action is MemberAction.VOID:
            _taken_back(held, member, fate, verdict.of_line(member.line), jurisdiction, at)
    batches.tell_fates(batch_id, fates)


def _added(
    held: Held,
    member: batches.Member,
    fate: Fate,
    verdict: Verdict,
    jurisdiction: Jurisdiction,
    at: datetime,
) -> None:
    """A document that went by way of the batch: judged with it, left out of it, or taken again."""
    reason = _words(verdict.remarks) if fate is Fate.LEFT_OUT else ""
    step = conversation.after_batch(SubmissionState.GATHERED, fate, at, reason=reason)
    submission_id = gathered.move(member.document_id, step)
    if submission_id is None:
        raise lifecycle.IllegalTransition(f"document {member.document_id} was not gathered")
    if fate is Fate.SETTLED:
        _document(held.company_id, member.document_id, submission_id, verdict, jurisdiction, at)
        return
    facts = {
        **_told(verdict.remarks, jurisdiction),
        "batch": held.case.number,
        "fate": fate.value,
    }
    event = Event(at, EventKind.DOCUMENT_RETURNED, facts=facts)
    activity.record(held.company_id, member.document_id, event)
    if fate is Fate.KNOWN:
        lanes.nudge(lanes.submit(jurisdiction.traits.code))


def _taken_back(
    held: Held,
    member: batches.Member,
    fate: Fate,
    verdict: Verdict,
    jurisdiction: Jurisdiction,
    at: datetime,
) -> None:
    """A document that the batch voids: void only by the authority's word, and not mailed then."""
    facts = {
        **_told(verdict.remarks, jurisdiction),
        "batch": held.case.number,
        "reason": member.reason,
    }
    if fate is not Fate.SETTLED:
        event = Event(at, EventKind.VOIDING_REJECTED, facts=facts)
        activity.record(held.company_id, member.document_id, event)
        return
    before = documents.state(member.document_id)
    after = lifecycle.advance(before, DocumentEvent.VOID)
    documents.move(member.document_id, before, after, company_id=held.company_id)
    for waiting in holds.not_begun_of(member.document_id):
        deliveries.move(waiting, DeliveryEvent.DISMISSED, reason=Reason.VOIDED, at=at)
        recipients.cancel(waiting.id)
    event = Event(at, EventKind.DOCUMENT_VOIDED, facts=facts)
    activity.record(held.company_id, member.document_id, event)


def _reception(
    held: Held, reception_id: int, verdict: Verdict, jurisdiction: Jurisdiction, at: datetime
) -> None:
    """What the authority says of a declaration of ours; no mail hangs from it."""
    receptions.answered(reception_id, verdict, at=at)
    facts = {
        **_told(verdict.remarks, jurisdiction),
        "reception": reception_id,
        "number": held.case.number,
        "outcome": verdict.outcome.value,
    }
    about = receptions.about(reception_id).document_id  # a lapse is told in our document's
    activity.record(held.company_id, about, Event(at, EventKind.RECEPTION_JUDGED, facts=facts))


def _open_delivery(
    company_id: int,
    document_id: int,
    acceptance_id: int,
    outcome: Outcome,
    jurisdiction: Jurisdiction,
    at: datetime,
) -> None:
    companies.lock(company_id)  # the switch is read as of this verdict
    company = companies.load(company_id)
    _, what, customer = documents.state_and_contact(document_id)
    going = addressees(customer.addresses, what)
    lacking = jurisdiction.company_problems(company, at, Purpose.MAIL)
    decision = decide(
        switch=company.automatic_delivery,
        wish=customer.wish,
        outcome=outcome,
        company_problems=lacking,
        emails=going.to,
        copies=going.copies,
        blind=going.blind,
        nobody=jurisdiction.traits.is_nobody(customer),
        suppressed=news.suppressed(company_id, going.everyone),
    )
    state, kind = DECISIONS[type(decision)]
    reason = decision.reason if isinstance(decision, Hold | Skip) else None
    deliveries.open_for(
        company_id,
        document_id,
        acceptance_id,
        trigger=Trigger.AUTOMATIC,
        state=state,
        reason=reason or Reason.NONE,
        snapshot={
            "switch": company.automatic_delivery,
            "wish": customer.wish.value,
            "emails": list(going.everyone),
            "company_problems": [problem.code for problem in lacking],
        },
        by="sistema",
        at=at,
        hold_until=at + outside.patience(company.environment).hold
        if state is DeliveryState.HELD
        else None,
    )
    facts: dict[str, object] = {
        "reason": reason.value if reason else "",
        "emails": list(going.everyone),
        "customer": customer.name,
        "lacking": [problem.text for problem in lacking],
        **wording.why(reason.value if reason else "", customer.addresses),
    }
    activity.record(company_id, document_id, Event(at, kind, facts=facts))
    if isinstance(decision, Send):
        lanes.nudge(lanes.DELIVER)
    if jurisdiction.traits.enrolment is None or company.electronic_invoicing:
        # What a test set rehearses is nobody's to keep.
        copies.accepted(company_id, document_id, acceptance_id, what, at=at)


DECISIONS: dict[type[Send | Hold | Skip], tuple[DeliveryState, EventKind]] = {
    Send: (DeliveryState.OPEN, EventKind.DELIVERY_OPENED),
    Hold: (DeliveryState.HELD, EventKind.DELIVERY_HELD),
    Skip: (DeliveryState.SKIPPED, EventKind.DELIVERY_SKIPPED),
}


def _told(remarks: tuple[Remark, ...], jurisdiction: Jurisdiction) -> dict[str, object]:
    return {
        "remarks": [codec.dump(remark) for remark in remarks],
        "authority": jurisdiction.traits.words.authority,
    }


def _words(remarks: tuple[Remark, ...]) -> str:
    return "; ".join(f"{one.code} {one.text}".strip() for one in remarks)
