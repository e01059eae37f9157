"""What a person does about failed mails: tries them again, decides, says they are dealt with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from acuse.domain.delivery import DeliveryState, Trigger
from acuse.domain.recipient import RecipientEvent, RecipientState, advance_recipient
from acuse.store import models

ENDED = [  # badly, until a person deals with it
    RecipientState.FAILED.value,
    RecipientState.BOUNCED.value,
    RecipientState.STUCK.value,
]


def resolve(ids: Iterable[int], *, at: datetime) -> int:
    """How many failed mails are dealt with from now on; none of what still moves."""
    rows = models.Recipient.objects.filter(pk__in=ids, state__in=ENDED, resolved_at__isnull=True)
    return rows.update(resolved_at=at)


def failed_of(document_id: int, addresses: Iterable[str], *, copies: bool = False) -> list[int]:
    """The ids of the document's mails, to these addresses, that failed and nobody dealt with.

    Either of those to the customer, or of the company's own copies.
    """
    rows = models.Recipient.objects.filter(
        delivery__document_id=document_id,
        normalised__in=[one.casefold() for one in addresses],
        state__in=ENDED,
        resolved_at__isnull=True,
    )
    if copies:
        rows = rows.filter(delivery__trigger=Trigger.COPY.value)
    else:
        rows = rows.to_customer()
    return list(rows.values_list("id", flat=True))


def addresses(ids: Iterable[int]) -> tuple[str, ...]:
    """To whom these mails are, each once."""
    rows = models.Recipient.objects.filter(pk__in=ids).order_by("id")
    return tuple(dict.fromkeys(rows.values_list("address", flat=True)))


def reached(document_id: int, emails: Iterable[str], *, copies: bool) -> None:
    """No mail of the document leaves these addresses out any more: another goes to them."""
    gone = {one.casefold() for one in emails}
    rows = models.Delivery.objects.filter(document_id=document_id).exclude(left_out=[])
    rows = rows.filter(trigger=Trigger.COPY.value) if copies else rows.to_customer()
    for row in rows.select_for_update().only("left_out", "given_up"):
        row.given_up += [one for one in row.left_out if one.casefold() in gone]
        row.left_out = [one for one in row.left_out if one.casefold() not in gone]
        row.save(update_fields=["left_out", "given_up"])


def left_out(delivery_id: int) -> tuple[str, ...]:
    """The addresses that the delivery does not go to and nobody has dealt with."""
    rows = models.Delivery.objects.filter(pk=delivery_id, state=DeliveryState.OPEN.value)
    return tuple(rows.values_list("left_out", flat=True).first() or ())


def give_up(delivery_id: int) -> tuple[str, ...]:
    """The addresses that the delivery leaves out, which are dealt with from now on."""
    rows = models.Delivery.objects.filter(pk=delivery_id, state=DeliveryState.OPEN.value)
    row = rows.select_for_update().only("left_out", "given_up").first()
    if row is None or not row.left_out:
        return ()
    rows.update(left_out=[], given_up=[*row.given_up, *row.left_out])
    return tuple(row.left_out)


def stop(recipient_id: int, *, at: datetime) -> RecipientState | None:
    """What became of a mail that is dealt with: cancelled if it still waited, else as it ended.

    None where somebody else was first.
    """
    after = advance_recipient(RecipientState.DEFERRED, RecipientEvent.CANCEL)
    rows = models.Recipient.objects.filter(pk=recipient_id, state=RecipientState.DEFERRED.value)
    if rows.update(state=after.value, wake_at=None, epoch=F("epoch") + 1):
        return after
    return RecipientState.FAILED if resolve([recipient_id], at=at) else None


def decide(recipient_id: int, event: RecipientEvent, *, at: datetime) -> bool:
    """Whether a person's word moved a mail that was uncertain twice along its table."""
    after = advance_recipient(RecipientState.STUCK, event)
    rows = models.Recipient.objects.filter(pk=recipient_id, state=RecipientState.STUCK.value)
    wakes = at if after is RecipientState.DEFERRED else None
    return bool(rows.update(state=after.value, wake_at=wakes, epoch=F("epoch") + 1))


def hurry(recipient_id: int, *, at: datetime) -> bool:
    """Whether a mail that was put off is tried as soon as its road is free."""
    rows = models.Recipient.objects.filter(pk=recipient_id, state=RecipientState.DEFERRED.value)
    return bool(rows.update(wake_at=at))
