"""Deliver: the packet is made once and frozen; each address gets its own message, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import Hold, Reason, Send, Skip, Trigger
from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.party import Company
from acuse.domain.patience import Patience, delay
from acuse.domain.problem import Blocked, Problem
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage, after_attempt
from acuse.domain.verdict import Verdict
from acuse.flow import (
    apart,
    gates,
    lanes,
    letters,
    outside,
    pace,
    public_pages,
    release,
    returns,
    roads,
    standing,
)
from acuse.flow.copied import about_copy
from acuse.flow.withhold import still_meant, withhold
from acuse.gateways.render import RenderFailed
from acuse.mail import causes, fault
from acuse.mail.addressed import heads
from acuse.mail.headers import BadHeader
from acuse.mail.packing import Fitted
from acuse.mail.verify import Tampered
from acuse.store import activity, addressed, companies, deliveries, documents, recipients
from acuse.store import public_pages as pages

BATCH = 10
INCOMPLETE = Hold(Reason.PACKET_INCOMPLETE)
PATIENT = 2  # a packet whose making fails more often is shown, and tried again by its time
FAULTY = (
    "El programa falló al preparar el correo. Se volverá a intentar cada 15 minutos; si sigue, "
    "quien lo administra debe mirar el registro del servidor."
)

NO_ROAD = SmtpOutcome(Stage.CONNECT, 0, "no mail route")
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
    apart.each(claimed, prepare, failed=_put_off)
    looked_at, due = pace.claim(at=outside.now(), lease=outside.claim_lease(), limit=BATCH)
    apart.each(still_meant(due), send)
    return len(claimed) + looked_at


def prepare(held: deliveries.Held) -> None:
    """Ask the gates again, make the packet, freeze it with a message for each address."""
    at = outside.now()
    company = companies.load(held.company_id)
    decision = gates.ask(held, company, at)
    if not isinstance(decision, Send):
        _close(held, company, decision, at)
        return
    jurisdiction = jurisdictions.find(company.jurisdiction)
    issued = documents.load(held.document_id)
    judged = documents.judgement(held.document_id)
    assert judged is not None, "a delivery hangs from an acceptance"
    verdict, judged_at = judged
    try:
        files = deliveries.earlier_packet(held.document_id) or _make(
            jurisdiction, company, issued, verdict, at
        )
        letter = letters.Maker(
            jurisdiction, company, issued, judged_at, files, at, largest=held.largest
        )
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
        _close(held, company, INCOMPLETE, at, told=told)
        return
    except RenderFailed as failure:
        _close(held, company, INCOMPLETE, at, told=f"No se pudo hacer el PDF: {failure}.")
        return
    except (BadHeader, Tampered) as refusal:
        told = f"No se pudo escribir el mensaje: {refusal}. Revisa los correos y los nombres."
        _close(held, company, INCOMPLETE, at, told=told)
        return
    with transaction.atomic():
        ours = deliveries.still_ours(held)
        if ours is None:
            return
        if not ours.has_packet:
            deliveries.freeze(held, files)
        there = addressed.again(ours, decision, at=at)
        for address, made in messages.items():
            if address in there:
                continue
            added = recipients.add(held.company_id, held.id, address=address, at=at, **made)
            if link := links[address]:
                pages.add(held.company_id, added, link.digest, mailed=True, at=at)
        # Anything else would be made anew for ever; as a fault of ours it is shown instead.
        assert addressed.goes_to(held.id) == {one.casefold() for one in messages}, held.id
        if messages:
            event = _packet_event(files, letter.fitted, decision, held.trigger, at)
            activity.record(held.company_id, held.document_id, event)
            lanes.nudge(lanes.DELIVER)


def _make(
    jurisdiction: Jurisdiction,
    company: Company,
    issued: documents.Issued,
    verdict: Verdict,
    at: datetime,
) -> tuple[Attachment, ...]:
    """The files of the packet, with the issuer of the issue; raises Blocked for what is missing."""
    made = jurisdiction.bundle(
        issued.document,
        issued.issuer,
        issued.sealed,
        verdict,
        outside.paper(issued, verdict),
        issued.draws,
        outside.credential(company),
        at,
    )
    if isinstance(made, Problem):
        raise Blocked([made])
    return made


def _close(
    held: deliveries.Held, company: Company, found: Hold | Skip, at: datetime, *, told: str = ""
) -> None:
    with transaction.atomic():
        gates.close(held, company, found, at=at, told=told)


def _put_off(held: deliveries.Held) -> None:
    """Preparing it failed by a fault of ours: it has its turn again, and then waits and says so."""
    at, company = outside.now(), companies.load(held.company_id)
    if held.tries < PATIENT:
        wait = delay(outside.patience(company.environment).mailing, held.tries + 1)
        with transaction.atomic():
            deliveries.put_off(held, wake_at=at + wait)
    else:
        _close(held, company, INCOMPLETE, at, told=FAULTY)


def send(claimed: recipients.Claim) -> None:
    """One SMTP transaction for one address; its stage is on record before the final dot."""
    company_id, patience = claimed.company_id, outside.patience(claimed.environment)
    if claimed.suppressed:
        withhold(claimed, at=outside.now())
        pace.unused(claimed, at=outside.now())
        return
    if pace.put_back(claimed, at=outside.now()):
        return
    road = roads.of_company(company_id, claimed.environment)
    if road is None:
        outcome = NO_ROAD
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
    lighter = 0 < outcome.limit < len(claimed.message) and not claimed.begun
    with transaction.atomic():
        meant = pace.heard(claimed, outcome, patience, at=at)
        move = after_attempt(
            outcome,
            tries=claimed.tries,
            uncertain_before=claimed.uncertain > 0,
            at=at,
            patience=patience,
            spared=at if lighter else meant.spared,
            own=meant.own,
            ours=fault.ours(outcome),
        )
        found = causes.cause(move.state, outcome)
        cause = found.value if found else ""
        if not recipients.finish(claimed, move, outcome, cause=cause, at=at):
            return
        event = _outcome_event(claimed, move, outcome, cause, at)
        activity.record(company_id, claimed.document_id, event)
        # Its messages are made anew, for a server that takes no more; not once one may have left.
        if lighter and not addressed.any_begun(claimed.delivery_id):
            addressed.replace(claimed.delivery_id)
            deliveries.prepare_anew(claimed.delivery_id, at=at, largest=outcome.limit)
            lanes.nudge(lanes.DELIVER)
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
