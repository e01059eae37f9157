"""Withhold: a mail that is about to leave for an address that bounced meanwhile waits instead."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import DeliveryEvent, DeliveryState, Reason
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage
from acuse.flow.copied import about_copy
from acuse.store import activity, addressed, deliveries, recipients
from acuse.store.recipients import Claim

NOT_TRIED = SmtpOutcome(Stage.CONNECT, 0, "address suppressed")


def withhold(claimed: Claim, *, at: datetime, hold: timedelta) -> None:
    """The claimed mail does not leave: its delivery waits, or goes on without this address.

    What waits is prepared anew when it leaves, to the addresses of that day.
    """
    with transaction.atomic():
        if not recipients.finish(claimed, Move(RecipientState.DEFERRED, at), NOT_TRIED, at=at):
            return
        held = deliveries.lock(claimed.delivery_id)
        reason = Reason.ADDRESS_SUPPRESSED
        facts: dict[str, object] = {"reason": reason.value, **about_copy(held.trigger)}
        if held.state is DeliveryState.OPEN and not addressed.any_begun(claimed.delivery_id):
            deliveries.move(
                held, DeliveryEvent.FOUND_WANTING, reason=reason, at=at, hold_until=at + hold
            )
            deliveries.unprepare(held.id)
            event = Event(at, EventKind.DELIVERY_HELD, facts=facts)
        else:
            addressed.cancel_one(claimed.id)
            facts["to"] = claimed.address
            event = Event(at, EventKind.RECIPIENT_CANCELLED, facts=facts)
        activity.record(claimed.company_id, claimed.document_id, event)
