"""Release: mail that waits leaves by itself once what it lacked is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.delivery import (
    DeliveryEvent,
    DeliveryState,
    Reason,
    Send,
    Trigger,
)
from acuse.domain.handover import HandedOver
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.problem import Blocked, Problem
from acuse.flow import gates, lanes, opening
from acuse.flow.copied import about_copy
from acuse.store import (
    acceptances,
    activity,
    companies,
    deliveries,
    documents,
    holds,
    mended,
    news,
    recipients,
)

AT_ONCE = 20  # more than so many wait for a person's word (design.md 1.5.5)


def release(company_id: int, *, at: datetime, confirmed: bool = False, by: str = SYSTEM) -> int:
    """How many held deliveries of the company left; called after its data or a contact changed."""
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        ready = []
        for held in holds.waiting_to_leave(company_id):
            found = gates.ask(held, company, at)
            if isinstance(found, Send):
                ready.append(held)
            elif found.reason is not held.reason:  # another gate stops it by now, or for good
                gates.close(held, company, found, at=at)
        by_themselves = [held for held in ready if held.trigger is Trigger.AUTOMATIC]
        if len(by_themselves) > AT_ONCE and not confirmed:
            for held in by_themselves:
                deliveries.set_reason(held, Reason.CONFIRM_MANY)
            ready = [held for held in ready if held.trigger is not Trigger.AUTOMATIC]
        for held in ready:
            _open(held, DeliveryEvent.COMPLETED, by=by, at=at)
        return len(ready)


def confirm_many(company_id: int, *, by: str, at: datetime) -> int:
    """How many deliveries left that had waited for a person's word because they were many."""
    with transaction.atomic():
        held = holds.of_state(company_id, DeliveryState.HELD, Reason.CONFIRM_MANY)
        for one in held:
            _open(one, DeliveryEvent.RELEASED_BY_HAND, by=by, at=at)
        return len(held)


def release_switched_off(company_id: int, *, by: str, at: datetime) -> int:
    """How many deliveries left that turning the switch off had held."""
    with transaction.atomic():
        held = holds.of_state(company_id, DeliveryState.HELD, Reason.SWITCH_OFF)
        for one in held:
            _open(one, DeliveryEvent.RELEASED_BY_HAND, by=by, at=at)
        return len(held)


def release_by_hand(delivery_id: int, *, by: str, at: datetime) -> bool:
    """Whether the held delivery is open now; its gates are asked again before it leaves."""
    with transaction.atomic():
        held = deliveries.lock(delivery_id)
        if held.state is not DeliveryState.HELD:
            return False
        return _open(held, DeliveryEvent.RELEASED_BY_HAND, by=by, at=at)


def dismiss(delivery_id: int, *, reason: Reason, how: str, by: str, at: datetime) -> bool:
    """Whether the held delivery is closed without mail: it is not wanted."""
    return _close(delivery_id, reason, {"how": how}, by=by, at=at)


def hand_over(delivery_id: int, handed: HandedOver, *, by: str, at: datetime) -> bool:
    """Whether the held delivery is closed: a person gave the document over without mail."""
    return _close(delivery_id, Reason.HANDED_OVER, handed.facts(), by=by, at=at)


def _close(
    delivery_id: int, reason: Reason, told: Mapping[str, str], *, by: str, at: datetime
) -> bool:
    with transaction.atomic():
        held = deliveries.lock(delivery_id)
        if held.state is not DeliveryState.HELD:
            return False
        moved = deliveries.move(held, DeliveryEvent.DISMISSED, reason=reason, at=at)
        recipients.cancel(held.id)
        facts = {"reason": reason.value, **told, **about_copy(held.trigger)}
        event = Event(at, EventKind.DELIVERY_DISMISSED, by, facts)
        activity.record(held.company_id, held.document_id, event)
        return moved


def catch_up(company_id: int, *, by: str, at: datetime) -> int:
    """How many deliveries leave that were skipped while the switch was off."""
    with transaction.atomic():
        skipped = holds.of_state(company_id, DeliveryState.SKIPPED, Reason.SWITCH_OFF)
        company = companies.load(company_id)
        if not company.automatic_delivery:
            return 0
        left = [one for one in skipped if isinstance(gates.ask(one, company, at), Send)]
        for one in left:
            _open(one, DeliveryEvent.CAUGHT_UP, by=by, at=at)
        return len(left)


def send_by_hand(
    company_id: int, document_id: int, emails: tuple[str, ...], *, by: str, at: datetime
) -> int:
    """The id of a manual delivery of an accepted document. Raises Blocked for any other.

    Independent of the switch, never of the verdict (design.md 1.5.1). What failed before to these
    addresses is dealt with by that.
    """
    with transaction.atomic():
        acceptance_id = acceptances.of_document(company_id, document_id)
        if acceptance_id is None or documents.state(document_id) not in MAILABLE:
            raise Blocked([_not_accepted()])
        if not emails:
            raise Blocked([_no_address()])
        held_addresses = news.suppressed(company_id, emails)
        if held_addresses:
            raise Blocked([_suppressed(sorted(held_addresses))])
        mended.resolve(mended.failed_of(document_id, emails), at=at)
        trigger, about = Trigger.MANUAL, {"manual": True}
        return opening.to_these(
            company_id, document_id, acceptance_id, emails, trigger, about, by=by, at=at
        )


def sent_by_hand(document_id: int, *, at: datetime) -> None:
    """Close the held automatic delivery of a document that a person has mailed meanwhile."""
    held = deliveries.automatic(document_id)
    if held is None or held.state is not DeliveryState.HELD:
        return
    deliveries.move(held, DeliveryEvent.DISMISSED, reason=Reason.SENT_BY_HAND, at=at)
    recipients.cancel(held.id)
    facts = {"reason": Reason.SENT_BY_HAND.value}
    event = Event(at, EventKind.DELIVERY_DISMISSED, facts=facts)
    activity.record(held.company_id, held.document_id, event)


def _open(held: deliveries.Held, event: DeliveryEvent, *, by: str, at: datetime) -> bool:
    moved = deliveries.move(held, event, at=at)
    if moved:
        facts = {"was": held.reason.value, **about_copy(held.trigger)}
        told = Event(at, EventKind.DELIVERY_RELEASED, by, facts)
        activity.record(held.company_id, held.document_id, told)
        lanes.nudge(lanes.DELIVER)
    return moved


def _not_accepted() -> Problem:
    return Problem(
        "document",
        "XX-DLV-1",
        "Este documento no está aceptado: no se envía. Cuando la autoridad lo acepte podrás "
        "enviarlo.",
        rule="design.md 1.5.1",
    )


def _suppressed(addresses: list[str]) -> Problem:
    told = ", ".join(addresses)
    return Problem(
        "emails",
        "XX-DLV-3",
        f"El correo a {told} está retenido por lo que devolvió su servidor. Escribe otra dirección "
        "o, si ya funciona, pulsa «Volver a intentar con esta dirección» en el contacto.",
        rule="reliability.md F87",
    )


def _no_address() -> Problem:
    return Problem("emails", "XX-DLV-2", "Falta el correo del destinatario. Escribe al menos uno.")
