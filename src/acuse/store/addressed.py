"""A delivery's addresses when it is prepared once more, or one of them is left out."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from acuse.domain.delivery import DeliveryState, Send
from acuse.domain.recipient import RecipientState
from acuse.store import models
from acuse.store.recipients import BEGUN, NOT_BEGUN

UNDER_WAY = [*NOT_BEGUN, RecipientState.SENDING.value]


def cancel_one(recipient_id: int) -> None:
    """Cancel one mail that is not being sent: its delivery, locked, goes on without the address."""
    rows = models.Recipient.objects.filter(pk=recipient_id, state__in=NOT_BEGUN)
    rows.update(state=RecipientState.CANCELLED.value, wake_at=None)
    row = models.Recipient.objects.select_related("delivery").get(pk=recipient_id)
    before = row.delivery.left_out
    if row.address not in before:
        left_out = [*before, row.address]
        models.Delivery.objects.filter(pk=row.delivery_id).update(left_out=left_out)


def any_begun(delivery_id: int) -> bool:
    """Whether any mail of the delivery left, or may have."""
    return models.Recipient.objects.filter(BEGUN, delivery_id=delivery_id).exists()


def dealt_with(delivery_id: int) -> frozenset[str]:
    """The addresses, in lower case, that the delivery is done with, whatever came of it."""
    rows = models.Recipient.objects.filter(delivery_id=delivery_id)
    done = rows.exclude(state__in=[*UNDER_WAY, RecipientState.REPLACED.value])
    return frozenset(done.values_list("normalised", flat=True))


def elsewhere(delivery_id: int, document_id: int) -> frozenset[str]:
    """The addresses, in lower case, to which another mail of the document goes, or may have gone.

    But those to which this delivery goes itself.
    """
    rows = models.Delivery.objects.filter(document_id=document_id).to_customer()
    others = tuple(rows.exclude(pk=delivery_id).only("state", "prepared_at", "wanted"))
    if not others:
        return frozenset()
    opened = [one for one in others if one.state == DeliveryState.OPEN.value]
    unmade = {to.casefold() for one in opened if not one.prepared_at for to in one.wanted}
    waiting = Q(state__in=NOT_BEGUN, delivery__in=opened)
    mails = models.Recipient.objects.filter(BEGUN | waiting, delivery__in=others)
    going = mails.exclude(state=RecipientState.BOUNCED.value)
    told = unmade.union(going.values_list("normalised", flat=True))
    return frozenset(told - goes_to(delivery_id))


def goes_to(delivery_id: int) -> frozenset[str]:
    """The addresses, in lower case, to which the delivery's mails still have to go, or go now."""
    rows = models.Recipient.objects.filter(delivery_id=delivery_id, state__in=UNDER_WAY)
    return frozenset(rows.values_list("normalised", flat=True))


def again(delivery_id: int, found: Send, *, at: datetime) -> frozenset[str]:
    """Those of the addresses that the delivery has a message for, due at once if it waits.

    Where it goes to others by now, or shows them otherwise, the messages that wait are replaced.
    To those left out nothing goes, for mail to them is held: they are listed among the failures
    until a person has dealt with them.
    """
    wanted = {one.casefold(): one for one in found.emails}
    delivery = models.Delivery.objects.only("roles", "given_up").get(pk=delivery_id)
    rows = models.Recipient.objects.filter(delivery_id=delivery_id)
    made = dict(
        rows.exclude(state=RecipientState.REPLACED.value).values_list("normalised", "state")
    )
    meant = {address for address, state in made.items() if state in NOT_BEGUN}
    if meant and (meant != set(wanted) or not found.as_made(meant, delivery.roles)):
        replace(delivery_id)
        made = {address: state for address, state in made.items() if address not in meant}
    elif meant:
        rows.filter(state__in=NOT_BEGUN).update(wake_at=at)
    left_out = [one for one in found.left_out if one not in delivery.given_up]
    models.Delivery.objects.filter(pk=delivery_id).update(roles=found.roles, left_out=left_out)
    return frozenset(to for address, to in wanted.items() if address in made)


def replace(delivery_id: int) -> None:
    """Have the messages that wait made anew."""
    waiting = models.Recipient.objects.filter(delivery_id=delivery_id, state__in=NOT_BEGUN)
    waiting.update(state=RecipientState.REPLACED.value, wake_at=None)
