"""A delivery's addresses when it is prepared once more, or one of them is left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from acuse.domain.recipient import RecipientState
from acuse.store import models
from acuse.store.recipients import BEGUN, NOT_BEGUN


def cancel_one(recipient_id: int) -> None:
    """Cancel one mail that is not being sent: its delivery, locked, goes on without the address."""
    rows = models.Recipient.objects.filter(pk=recipient_id, state__in=NOT_BEGUN)
    rows.update(state=RecipientState.CANCELLED.value, wake_at=None)
    row = models.Recipient.objects.select_related("delivery").get(pk=recipient_id)
    before = row.delivery.left_out
    if row.address not in before:
        _leave_out(row.delivery_id, [*before, row.address])


def any_begun(delivery_id: int) -> bool:
    """Whether any mail of the delivery left, or may have."""
    return models.Recipient.objects.filter(BEGUN, delivery_id=delivery_id).exists()


def again(
    delivery_id: int,
    addresses: Iterable[str],
    *,
    left_out: Iterable[str] = (),
    at: datetime,
) -> frozenset[str]:
    """Those of the addresses that the delivery has already, due at once if they still wait.

    What waits for another address is replaced. To those `left_out` nothing goes, for mail to them
    is held: they are listed among the failures until a person has dealt with them.
    """
    _leave_out(delivery_id, list(left_out))
    wanted = {one.casefold(): one for one in addresses}
    rows = models.Recipient.objects.filter(delivery_id=delivery_id)
    waiting = rows.filter(state__in=NOT_BEGUN)
    waiting.filter(normalised__in=list(wanted)).update(wake_at=at)
    _replace(waiting.exclude(normalised__in=list(wanted)))
    kept = rows.filter(normalised__in=list(wanted)).exclude(state=RecipientState.REPLACED.value)
    there = kept.values_list("normalised", flat=True)
    return frozenset(wanted[one] for one in there)


def replace(delivery_id: int) -> None:
    """Have the messages that wait made anew."""
    waiting = models.Recipient.objects.filter(delivery_id=delivery_id, state__in=NOT_BEGUN)
    _replace(waiting)


def _replace(waiting: QuerySet[models.Recipient]) -> None:
    waiting.update(state=RecipientState.REPLACED.value, wake_at=None)


def _leave_out(delivery_id: int, addresses: list[str]) -> None:
    rows = models.Delivery.objects.filter(pk=delivery_id)
    rows.exclude(left_out=addresses).update(left_out=addresses)
