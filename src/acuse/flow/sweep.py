"""Sweep: what no job will come back for. Runs as its own process, one leader among all hosts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import conversation, recipient
from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import DeliveryEvent, Reason
from acuse.domain.failure import Cause
from acuse.domain.recipient import RecipientState
from acuse.domain.route import sends_again
from acuse.domain.submission import SubmissionState
from acuse.flow import import_contacts, inquire, lanes, outside, postbox, release, track
from acuse.flow.copied import about_copy
from acuse.store import (
    activity,
    companies,
    contact_imports,
    deliveries,
    holds,
    mailboxes,
    orphan_mails,
    orphans,
    reports,
    submissions,
)

BATCH = 200
POISON = 20  # a document whose worker died so often waits for a person, apart from the others
POISONED = (
    "El programa falló varias veces con este documento. Revisa el registro del servidor y luego "
    "pulsa Reintentar: primero se preguntará a la autoridad."
)

LOST: dict[RecipientState, tuple[EventKind, dict[str, str]]] = {  # what a dead worker left
    RecipientState.UNCERTAIN: (EventKind.RECIPIENT_UNCERTAIN, {}),
    RecipientState.STUCK: (EventKind.RECIPIENT_STUCK, {}),
    RecipientState.FAILED: (EventKind.RECIPIENT_FAILED, {"cause": Cause.OUR_SERVER.value}),
}


def sweep(*, at: datetime) -> int:
    """How many rows were helped on: orphans recovered, holds expired, lanes nudged."""
    return (
        _recover_submissions(at)
        + _recover_recipients(at)
        + _resend_without_news(at)
        + _cancel_voided(at)
        + _expire_holds(at)
        + import_contacts.expire(at=at)
        + track.forget(at=at)
        + _nudge(at)
    )


def _recover_submissions(at: datetime) -> int:
    """Conversations of silent workers: a call that had begun is asked about, others are free."""
    with transaction.atomic():
        left = orphans.found(at=at, limit=BATCH)
        for orphan in left:
            step = conversation.lease_expired(orphan.state, at, intended=orphan.intended)
            if orphan.tries >= POISON:
                step = conversation.Step(SubmissionState.STUCK, reason=POISONED)
            orphans.recover(orphan, step)
            event = _recovery_event(orphan, step, at)
            if event:
                activity.record(orphan.company_id, orphan.document_id, event)
    return len(left)


def _recovery_event(orphan: orphans.Orphan, step: conversation.Step, at: datetime) -> Event | None:
    if step.state is SubmissionState.STUCK:
        return Event(at, EventKind.SUBMISSION_STUCK, facts={"reason": step.reason})
    if orphan.state is SubmissionState.IN_FLIGHT and orphan.intended:
        facts = {"reason": "El proceso que lo enviaba se detuvo."}
        return Event(at, EventKind.SUBMISSION_ANSWER_LOST, facts=facts)
    return None


def _recover_recipients(at: datetime) -> int:
    """Mails of silent workers: before the dot certainly not sent, after it unknown."""
    with transaction.atomic():
        left = orphan_mails.orphans(at=at, limit=BATCH)
        for orphan in left:
            move = recipient.lease_expired(
                orphan.stage,
                tries=orphan.tries,
                uncertain_before=orphan.uncertain > 0,
                at=at,
                patience=outside.patience(companies.environment(orphan.company_id)),
            )
            orphan_mails.recover(orphan, move, at=at)
            if move.state in LOST:
                kind, facts = LOST[move.state]
                about = {"to": orphan.address, "text": "", **about_copy(orphan.trigger)}
                event = Event(at, kind, facts=about | facts)
                activity.record(orphan.company_id, orphan.document_id, event)
    return len(left)


def _resend_without_news(at: datetime) -> int:
    """Uncertain mails whose window closed: once more, the same bytes under the same Message-ID.

    A road that would make another mail of it is not taken again: a person decides.
    """
    with transaction.atomic():
        left = orphan_mails.without_news(at=at, limit=BATCH)
        for orphan in left:
            move = recipient.window_closed(at, again=sends_again(orphan.provider))
            orphan_mails.recover(orphan, move, at=at)
            stuck = move.state is RecipientState.STUCK
            kind = EventKind.RECIPIENT_STUCK if stuck else EventKind.RECIPIENT_RESENT
            by = {"text": "", "provider": orphan.provider} if stuck else {}
            about = {"to": orphan.address, **by, **about_copy(orphan.trigger)}
            event = Event(at, kind, facts=about)
            activity.record(orphan.company_id, orphan.document_id, event)
    return len(left)


def _cancel_voided(at: datetime) -> int:
    """What still waited to be mailed of a document that was voided meanwhile is over."""
    with transaction.atomic():
        left = orphan_mails.cancel_voided(limit=BATCH)
        for one in left:
            facts = {"to": one.address, "reason": Reason.VOIDED.value, **about_copy(one.trigger)}
            event = Event(at, EventKind.RECIPIENT_CANCELLED, facts=facts)
            activity.record(one.company_id, one.document_id, event)
    return len(left)


def _expire_holds(at: datetime) -> int:
    with transaction.atomic():
        expired = holds.expire_holds(at=at)
        for held in expired:
            facts = {"reason": "EXPIRED", "was": held.reason.value, **about_copy(held.trigger)}
            event = Event(at, EventKind.DELIVERY_HELD, facts=facts)
            activity.record(held.company_id, held.document_id, event)
    return len(expired)


def release_all(*, at: datetime) -> int:
    """How many held deliveries left: a second look, should a change of data have gone unseen."""
    with transaction.atomic():
        for held in holds.packets_to_try(at=at):
            deliveries.move(held, DeliveryEvent.COMPLETED, at=at)
    return sum(release.release(company_id, at=at) for company_id in holds.companies_with_holds())


def inquire_all(*, at: datetime) -> int:
    """How many lanes were woken to ask what buyers declared since the last time."""
    due = [code for code in jurisdictions.CODES if inquire.due(code, at=at, limit=1)]
    with transaction.atomic():
        for jurisdiction in due:
            lanes.nudge(lanes.inquire(jurisdiction))
    return len(due)


def _nudge(at: datetime) -> int:
    """Wake the lanes that have something due: the rows are the truth, a lost job costs nothing."""
    due = [lanes.submit(jurisdiction) for jurisdiction in submissions.due(at=at)]
    if deliveries.due(at=at):
        due.append(lanes.DELIVER)
    if mailboxes.due(at=at) or postbox.due(at=at):
        due.append(lanes.COLLECT)
    if reports.due(at=at):
        due.append(lanes.TRACK)
    if contact_imports.running(limit=1):
        due.append(lanes.CONTACTS)
    with transaction.atomic():
        for lane in due:
            lanes.nudge(lane)
    return len(due)
