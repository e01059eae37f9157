"""Deliver: the packet is made once and frozen; each address gets its own message, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import DeliveryEvent, Hold, Reason, Send, Skip, Trigger
from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.party import Company, Environment
from acuse.domain.patience import Patience
from acuse.domain.problem import Blocked, Problem
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage, after_attempt
from acuse.domain.verdict import Verdict
from acuse.flow import (
    lanes,
    letters,
    outside,
    pace,
    public_pages,
    release,
    returns,
    roads,
    standing,
    wording,
)
from acuse.flow.copied import about_copy
from acuse.flow.withhold import withhold
from acuse.gateways.render import RenderFailed
from acuse.mail import causes
from acuse.mail.addressed import heads
from acuse.mail.headers import BadHeader
from acuse.mail.packing import Fitted
from acuse.mail.verify import Tampered
from acuse.store import activity, addressed, companies, deliveries, documents, recipients
from acuse.store import public_pages as pages

BATCH = 10
PACKET_PAUSE = timedelta(minutes=15)

OUTCOME_EVENTS = {
    RecipientState.SENT: EventKind.RECIPIENT_SENT,
    RecipientState.DEFERRED: EventKind.RECIPIENT_DEFERRED,
    RecipientState.FAILED: EventKind.RECIPIENT_FAILED,
    RecipientState.UNCERTAIN: EventKind.RECIPIENT_UNCERTAIN,
    RecipientState.STUCK: EventKind.RECIPIENT_STUCK,
}


def deliver_due(*, at: datetime) -> int:
    """How many packets and mails were looked at: this worker claims them, then works in turn."""
    with transaction.atomic():
        claimed = deliveries.claim(at=at, lease=outside.claim_lease(), limit=BATCH)
    for held in claimed:
        prepare(held)
    looked_at, due = pace.claim(at=outside.now(), lease=outside.claim_lease(), limit=BATCH)
    for recipient in due:
        send(recipient)
    return len(claimed) + looked_at


def prepare(held: deliveries.Held) -> None:
    """Ask the gates again, make the packet, freeze it with a message for each address."""
    at = outside.now()
    company = companies.load(held.company_id)
    decision = release.decide_again(held, company, at)
    if not isinstance(decision, Send):
        _hold(held, decision, at)
        return
    jurisdiction = jurisdictions.find(company.jurisdiction)
    issued = documents.load(held.document_id)
    verdict = documents.verdict(held.document_id)
    assert verdict is not None, "a delivery hangs from an acceptance"
    try:
        files = deliveries.earlier_packet(held.document_id) or _make(
            jurisdiction, company, issued, verdict, at
        )
    except RenderFailed as failure:
        files = Problem("pdf", "XX-PDF-1", f"No se pudo hacer el PDF: {failure}.")
    if isinstance(files, Problem):
        _hold(held, Hold(Reason.PACKET_INCOMPLETE), at, told=files.text)
        return
    judged_at = documents.judged_at(held.document_id)
    assert judged_at is not None
    try:
        letter = letters.Maker(jurisdiction, company, issued, judged_at, files, at)
        # A page of its own counts as the customer's: a copy has one only where files hang from it.
        alone = held.trigger is Trigger.COPY and not letter.fitted.linked
        place = company.environment
        links = {one: None if alone else public_pages.draw(place) for one in decision.emails}
        messages = {
            one: letter.to(one, returns.token(), link, heads=heads(one, decision))
            for one, link in links.items()
        }
    except Blocked as blocked:
        told = " ".join(problem.text for problem in blocked.problems)
        _hold(held, Hold(Reason.PACKET_INCOMPLETE), at, told=told)
        return
    except (BadHeader, Tampered) as refusal:
        told = f"No se pudo escribir el mensaje: {refusal}. Revisa los correos y los nombres."
        _hold(held, Hold(Reason.PACKET_INCOMPLETE), at, told=told)
        return
    with transaction.atomic():
        if not deliveries.still_ours(held):
            return
        deliveries.freeze(held, files, at=at)
        there = addressed.again(held.id, messages, at=at)
        for address, made in messages.items():
            if address in there:
                continue
            added = recipients.add(held.company_id, held.id, address=address, at=at, **made)
            if link := links[address]:
                pages.add(held.company_id, added, link.digest, mailed=True, at=at)
        activity.record(
            held.company_id,
            held.document_id,
            _packet_event(files, letter.fitted, decision, held.trigger, at),
        )
        lanes.nudge(lanes.DELIVER)


def _make(
    jurisdiction: Jurisdiction,
    company: Company,
    issued: documents.Issued,
    verdict: Verdict,
    at: datetime,
) -> tuple[Attachment, ...] | Problem:
    """The files of the packet, or what is missing of it; the issuer is the one of the issue."""
    return jurisdiction.bundle(
        issued.document,
        issued.issuer,
        issued.sealed,
        verdict,
        outside.paper(issued, verdict),
        issued.draws,
        outside.credential(company),
        at,
    )


def _hold(held: deliveries.Held, decision: Hold | Skip, at: datetime, *, told: str = "") -> None:
    """What changed since the verdict holds the mail; it leaves by itself once mended."""
    with transaction.atomic():
        hold_until = at + outside.patience(Environment.PRODUCTION).hold
        if deliveries.move(
            held,
            DeliveryEvent.FOUND_WANTING,
            reason=decision.reason,
            at=at,
            hold_until=hold_until,
            try_at=at + PACKET_PAUSE if decision.reason is Reason.PACKET_INCOMPLETE else None,
        ):
            facts: dict[str, object] = {
                "reason": decision.reason.value,
                "lacking": [told] if told else [],
                **about_copy(held.trigger),
            }
            if decision.reason is Reason.NO_EMAIL:
                _, _, customer = documents.state_and_contact(held.document_id)
                facts |= wording.why(decision.reason.value, customer.addresses)
            event = Event(at, EventKind.DELIVERY_HELD, facts=facts)
            if not _said_last(held, event):
                activity.record(held.company_id, held.document_id, event)


def _said_last(held: deliveries.Held, event: Event) -> bool:
    """Whether the timeline ends with that already: a packet is tried again every few minutes."""
    last = activity.last(held.company_id, held.document_id)
    return last is not None and (last.kind, last.facts) == (event.kind, event.facts)


def send(claimed: recipients.Claim) -> None:
    """One SMTP transaction for one address; its stage is on record before the final dot."""
    company_id, patience = claimed.company_id, outside.patience(claimed.environment)
    if claimed.suppressed:
        withhold(claimed, at=outside.now(), hold=patience.hold)
        pace.unused(claimed, at=outside.now())
        return
    if pace.put_back(claimed, at=outside.now()):
        return
    road = roads.of_company(company_id, claimed.environment)
    if road is None:
        outcome = SmtpOutcome(Stage.CONNECT, 0, "no mail route")
    else:
        outcome = roads.carry(
            claimed.message,
            sender=claimed.return_path,
            recipient=claimed.address,
            road=road,
            before_dot=lambda: _about_to_hand_over(claimed, patience, roads.provider(road)),
            name=claimed.token,
        )
    at = outside.now()
    with transaction.atomic():
        meant = pace.heard(claimed, outcome, patience, at=at)
        move = after_attempt(
            outcome,
            tries=claimed.tries,
            uncertain_before=claimed.uncertain > 0,
            at=at,
            patience=patience,
            spared=meant.spared,
            own=meant.own,
        )
        found = causes.cause(move.state, outcome)
        cause = found.value if found else ""
        if not recipients.finish(claimed, move, outcome, cause=cause, at=at):
            return
        event = _outcome_event(claimed, move, outcome, cause, at)
        activity.record(company_id, claimed.document_id, event)
        if move.state is RecipientState.SENT:
            _close_automatic(claimed, at)
        if move.state is RecipientState.FAILED and outcome.code // 100 == 5:
            standing.refused(claimed, outcome, at=at)


def _about_to_hand_over(claimed: recipients.Claim, patience: Patience, provider: str) -> bool:
    until = outside.now() + patience.dot_lease
    return recipients.before_dot(claimed, until=until, provider=provider)  # a transaction by itself


def _close_automatic(claimed: recipients.Claim, at: datetime) -> None:
    if claimed.trigger is Trigger.MANUAL:
        release.sent_by_hand(claimed.document_id, at=at)


def _outcome_event(
    claimed: recipients.Claim, move: Move, outcome: SmtpOutcome, cause: str, at: datetime
) -> Event:
    facts = {
        "to": claimed.address,
        "attempt": claimed.ordinal,
        "stage": outcome.stage.value,
        "code": outcome.code,
        "text": outcome.text,
        "retry_at": move.retry_at.isoformat() if move.retry_at else "",
        "copy": claimed.uncertain > 0,
        **({"cause": cause} if cause else {}),
        **about_copy(claimed.trigger),
    }
    return Event(at, OUTCOME_EVENTS[move.state], facts=facts)


def _packet_event(
    files: tuple[Attachment, ...], fitted: Fitted, decision: Send, trigger: Trigger, at: datetime
) -> Event:
    facts = {
        "files": [{"name": file.name, "bytes": len(file.content)} for file in files],
        "emails": list(decision.emails),
        "steps": [step.value for step in fitted.steps],
        "left_out": list(fitted.left_out),
        "linked": list(fitted.linked),
        "withheld": list(decision.left_out),
        **about_copy(trigger),
    }
    return Event(at, EventKind.PACKET_READY, facts=facts)
