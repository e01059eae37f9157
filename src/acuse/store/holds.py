"""Deliveries that wait: for data, for a person's word, for another try at their packet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from acuse.domain.delivery import RELEASED_BY_ITSELF, DeliveryState, Reason, Trigger
from acuse.store import models
from acuse.store.deliveries import Held, held
from acuse.store.recipients import BEGUN

MENDED_BY_DATA = sorted(reason.value for reason in RELEASED_BY_ITSELF - {Reason.PACKET_INCOMPLETE})


def waiting_to_leave(company_id: int) -> tuple[Held, ...]:
    """The company's deliveries that completing its data or a contact mends, locked.

    An incomplete packet is tried again by its time.
    """
    return _held_for(company_id, MENDED_BY_DATA)


def leaving_by_themselves(company_id: int) -> tuple[Held, ...]:
    """The company's held automatic deliveries that nobody needs to release, locked."""
    reasons = [reason.value for reason in RELEASED_BY_ITSELF]
    found = _held_for(company_id, reasons)
    return tuple(one for one in found if one.trigger is Trigger.AUTOMATIC)


def _held_for(company_id: int, reasons: Collection[str]) -> tuple[Held, ...]:
    rows = models.Delivery.objects.select_for_update().filter(
        company_id=company_id, state=DeliveryState.HELD.value, reason__in=reasons
    )
    return tuple(held(row) for row in rows.order_by("id"))


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
    begun = addressed.filter(BEGUN).values("delivery_id")
    locked = tuple(rows.select_for_update().exclude(pk__in=begun).order_by("id"))
    # Asked once more under the locks: a worker may have begun while they were waited for.
    found = addressed.filter(BEGUN, delivery__in=locked).values_list("delivery_id", flat=True)
    gone = frozenset(found)
    return tuple(held(row) for row in locked if row.pk not in gone)


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
