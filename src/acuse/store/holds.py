"""Deliveries that wait: for data, for a person's word, for another try at their packet."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from acuse.domain.delivery import RELEASED_BY_ITSELF, DeliveryState, Reason, Trigger
from acuse.store import models
from acuse.store.deliveries import Held, held
from acuse.store.recipients import NOT_BEGUN

MENDED_BY_DATA = sorted(reason.value for reason in RELEASED_BY_ITSELF - {Reason.PACKET_INCOMPLETE})


# What completing a company or a contact mends; an incomplete packet is tried again by its time.
def waiting_to_leave(company_id: int) -> tuple[Held, ...]:
    """The company's deliveries that leave by themselves once mended, locked."""
    rows = (
        models.Delivery.objects.select_for_update()
        .filter(
            company_id=company_id,
            state=DeliveryState.HELD.value,
            reason__in=MENDED_BY_DATA,
        )
        .order_by("id")
    )
    return tuple(held(row) for row in rows)


def of_state(company_id: int, state: DeliveryState, reason: Reason) -> tuple[Held, ...]:
    """The company's automatic deliveries with that state and reason, locked."""
    rows = (
        models.Delivery.objects.select_for_update()
        .filter(
            company_id=company_id,
            trigger=Trigger.AUTOMATIC.value,
            state=state.value,
            reason=reason.value,
        )
        .order_by("id")
    )
    return tuple(held(row) for row in rows)


def count(company_id: int, state: DeliveryState, reason: Reason) -> int:
    """How many automatic deliveries of the company are so."""
    return models.Delivery.objects.filter(
        company_id=company_id,
        trigger=Trigger.AUTOMATIC.value,
        state=state.value,
        reason=reason.value,
    ).count()


def not_begun(company_id: int) -> tuple[Held, ...]:
    """Open automatic deliveries of which no mail has begun, locked: a switch can hold them."""
    rows = models.Delivery.objects.filter(
        company_id=company_id, trigger=Trigger.AUTOMATIC.value, state=DeliveryState.OPEN.value
    )
    return _not_begun(rows, models.Recipient.objects.filter(company_id=company_id))


def not_begun_of(document_id: int) -> tuple[Held, ...]:
    """The document's open and held deliveries of which no mail has begun, locked."""
    states = [DeliveryState.OPEN.value, DeliveryState.HELD.value]
    rows = models.Delivery.objects.filter(document_id=document_id, state__in=states)
    return _not_begun(rows, models.Recipient.objects.filter(delivery__document_id=document_id))


def _not_begun(
    rows: QuerySet[models.Delivery], addressed: QuerySet[models.Recipient]
) -> tuple[Held, ...]:
    begun = addressed.exclude(state__in=NOT_BEGUN).values("delivery_id")
    locked = rows.select_for_update().exclude(pk__in=begun).order_by("id")
    return tuple(held(row) for row in locked)


def expire_holds(*, at: datetime) -> tuple[Held, ...]:
    """Held deliveries that have waited too long to leave by themselves; from now on by hand."""
    rows = models.Delivery.objects.select_for_update(skip_locked=True).filter(
        state=DeliveryState.HELD.value,
        hold_until__lte=at,
        reason__in=[reason.value for reason in RELEASED_BY_ITSELF],
    )
    expired = tuple(held(row) for row in rows)
    models.Delivery.objects.filter(pk__in=[one.id for one in expired]).update(
        reason=Reason.EXPIRED.value
    )
    return expired


def packets_to_try(*, at: datetime) -> tuple[Held, ...]:
    """Deliveries held for an incomplete packet whose time to be tried again has come, locked."""
    rows = models.Delivery.objects.select_for_update(skip_locked=True).filter(
        state=DeliveryState.HELD.value,
        reason=Reason.PACKET_INCOMPLETE.value,
        wake_at__lte=at,
    )
    return tuple(held(row) for row in rows)


def companies_with_holds() -> tuple[int, ...]:
    """The companies that have something waiting to leave."""
    rows = models.Delivery.objects.filter(
        state=DeliveryState.HELD.value, reason__in=MENDED_BY_DATA
    ).values_list("company_id", flat=True)
    return tuple(rows.distinct())
