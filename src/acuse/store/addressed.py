"""A delivery's addresses when it is prepared once more, or one of them is left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from acuse.domain.beside import Mail, Sent, dealt_with, elsewhere
from acuse.domain.delivery import DeliveryState, Send, Trigger
from acuse.domain.recipient import UNDER_WAY, RecipientState
from acuse.store import models
from acuse.store.deliveries import Ours
from acuse.store.recipients import BEGUN, NOT_BEGUN


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


@dataclass(frozen=True, slots=True)
class Stands:
    """What a delivery finds of addresses; those below the first are in lower case."""

    suppressed: frozenset[str]  # as they were asked for: mail to them is held
    dealt_with: frozenset[str]  # the delivery is done with them, whatever came of it
    elsewhere: frozenset[str]  # another mail of the document goes, or may have gone, to them


# Of all mails of a document, with those of the addresses asked for to which mail is held.
STANDS = """
SELECT d.id, d.trigger, d.state, d.prepared_at IS NOT NULL, d.wanted,
    r.normalised, r.state, r.uncertain, ARRAY(
        SELECT address FROM store_addressstate
        WHERE company_id = %(company)s AND state = 'SUPPRESSED' AND address = ANY(%(addresses)s)
    )
FROM store_delivery d LEFT JOIN store_recipient r ON r.delivery_id = d.id
WHERE d.document_id = %(document)s ORDER BY d.id
"""


def stands(company_id: int, document_id: int, delivery_id: int, addresses: Iterable[str]) -> Stands:
    """How it stands with mail to those addresses, for the delivery of the document.

    What the delivery goes to itself goes nowhere else, and the company's own copies say nothing.
    """
    asked = {one.casefold(): one for one in addresses}
    with connection.cursor() as cursor:
        cursor.execute(
            STANDS, {"company": company_id, "document": document_id, "addresses": list(asked)}
        )
        rows = cursor.fetchall()
    suppressed = frozenset(asked[one] for row in rows for one in row[8])
    sent = {of: _sent(list(ours)) for of, ours in groupby(rows, key=itemgetter(0))}
    ours = sent[delivery_id]
    return Stands(suppressed, dealt_with(ours.mails), elsewhere(ours, sent.values()))


def _sent(rows: list[tuple[Any, ...]]) -> Sent:
    """One delivery, of its rows: one for each mail, or one alone."""
    of, trigger, state, prepared, wanted = rows[0][:5]
    mails = tuple(Mail(row[5], RecipientState(row[6]), row[7]) for row in rows if row[5])
    told = tuple(json.loads(wanted))
    return Sent(of, Trigger(trigger), DeliveryState(state), prepared, told, mails)


def goes_to(delivery_id: int) -> frozenset[str]:
    """The addresses, in lower case, to which the delivery's mails still have to go, or go now."""
    rows = models.Recipient.objects.filter(
        delivery_id=delivery_id, state__in=[one.value for one in UNDER_WAY]
    )
    return frozenset(rows.values_list("normalised", flat=True))


def again(ours: Ours, found: Send, *, at: datetime) -> frozenset[str]:
    """Those of the addresses that the delivery, prepared now, has a message for: due if it waits.

    Where it goes to others by now, or shows them otherwise, the messages that wait are replaced.
    To those left out nothing goes, for mail to them is held: they are listed among the failures
    until a person has dealt with them.
    """
    wanted = {one.casefold(): one for one in found.emails}
    rows = models.Recipient.objects.filter(delivery_id=ours.id)
    made = dict(
        rows.exclude(state=RecipientState.REPLACED.value).values_list("normalised", "state")
    )
    meant = {address for address, state in made.items() if state in NOT_BEGUN}
    if meant and (meant != set(wanted) or not found.as_made(meant, ours.roles)):
        replace(ours.id)
        made = {address: state for address, state in made.items() if address not in meant}
    elif meant:
        rows.filter(state__in=NOT_BEGUN).update(wake_at=at)
    left_out = [one for one in found.left_out if one not in ours.given_up]
    models.Delivery.objects.filter(pk=ours.id).update(
        prepared_at=at, lease_until=None, wake_at=None, roles=found.roles, left_out=left_out
    )
    return frozenset(to for address, to in wanted.items() if address in made)


def replace(delivery_id: int) -> None:
    """Have the messages that wait made anew."""
    waiting = models.Recipient.objects.filter(delivery_id=delivery_id, state__in=NOT_BEGUN)
    waiting.update(state=RecipientState.REPLACED.value, wake_at=None)
