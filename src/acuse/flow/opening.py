"""A delivery of an accepted document to named addresses: decided, so it only has to leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import DeliveryState, Reason, Trigger
from acuse.flow import lanes
from acuse.store import activity, deliveries, mended


def to_these(
    company_id: int,
    document_id: int,
    acceptance_id: int,
    emails: tuple[str, ...],
    trigger: Trigger,
    about: Mapping[str, object],
    *,
    by: str,
    at: datetime,
) -> int:
    """The id of a new open delivery; Actividad says to whom, with what is `about` its cause.

    What was left out of an earlier one for these addresses is dealt with by that.
    """
    delivery_id = deliveries.open_for(
        company_id,
        document_id,
        acceptance_id,
        trigger=trigger,
        state=DeliveryState.OPEN,
        reason=Reason.NONE,
        snapshot={"emails": list(emails)},
        wanted=emails,
        by=by,
        at=at,
    )
    mended.reached(document_id, emails, copies=trigger is Trigger.COPY)
    facts = {"emails": list(emails), **about}
    activity.record(company_id, document_id, Event(at, EventKind.DELIVERY_OPENED, by, facts))
    lanes.nudge(lanes.DELIVER)
    return delivery_id
