"""A document's journey as it is shown: by the command line, the screens and the demonstration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from acuse.domain.delivery import DeliveryState
from acuse.domain.lifecycle import UNISSUED, DocumentState
from acuse.domain.recipient import UNDER_WAY, RecipientState
from acuse.store import models
from acuse.store.recipients import UNSENT


@dataclass(frozen=True, slots=True)
class Hop:
    """One address of one delivery, or a delivery without any: `to` is None then.

    The company's own copies are none: they say nothing of the customer's mail.
    """

    delivery_id: int
    to: str | None
    state: str  # of the recipient, else of the delivery
    reason: str
    trigger: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """Where a document stands, on both axes that are never merged."""

    id: int
    company_id: int
    kind: str
    state: str
    number: str
    fiscal_id: str
    customer_id: int | None
    customer_name: str
    currency: str
    total: Decimal
    created_at: datetime
    issued_at: datetime | None
    submission: str  # state of the conversation, "" before there is one
    reason: str  # why it waits for a person
    not_held: bool  # it waits, and the authority is proven not to hold it
    wake_at: datetime | None
    hops: tuple[Hop, ...]
    contingency: bool = False  # made again while the authority was down, not judged yet

    @property
    def unissued(self) -> bool:
        """Whether nothing of it was signed, or all that was is to be mended."""
        return self.state in UNISSUED

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself soon."""
        if self.submission in ("QUEUED", "IN_FLIGHT", "WAITING", "UNCERTAIN"):
            return False
        return all(hop.state not in MOVING for hop in self.hops)


DISCARDED = DocumentState.DISCARDED.value  # in no list, but in that of its own state
MOVING = frozenset(
    {
        DeliveryState.OPEN.value,
        *(one.value for one in UNDER_WAY),
        RecipientState.UNCERTAIN.value,
    }
)


def load(company_id: int, document_id: int) -> Journey:
    """The journey of one document; raises Document.DoesNotExist for another company's."""
    return _journeys([models.Document.objects.get(pk=document_id, company_id=company_id)])[0]


def some(company_id: int, document_ids: tuple[int, ...]) -> tuple[Journey, ...]:
    """The journeys of those of the company's documents, oldest first."""
    rows = models.Document.objects.filter(company_id=company_id, pk__in=document_ids)
    return _journeys(list(rows.order_by("id")))


def page(
    company_id: int,
    *,
    before: int | None = None,
    states: tuple[str, ...] = (),
    held: bool = False,
    words: str = "",
    kind: str = "",
    customer_id: int | None = None,
    start: int = 0,
    limit: int = 30,
) -> tuple[Journey, ...]:
    """The company's documents, newest first: from the one before `before` on, a page by key.

    `start` leaves so many out, for who pages by count.
    """
    rows = _rows(company_id, states, held, words, kind, customer_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _journeys(list(rows.order_by("-id")[start : start + limit]))


def count(
    company_id: int,
    *,
    states: tuple[str, ...] = (),
    words: str = "",
    kind: str = "",
    customer_id: int | None = None,
) -> int:
    """How many documents all pages of that list have."""
    return _rows(company_id, states, False, words, kind, customer_id).count()


def _rows(
    company_id: int,
    states: tuple[str, ...],
    held: bool,
    words: str,
    kind: str,
    customer_id: int | None,
) -> QuerySet[models.Document]:
    rows = models.Document.objects.filter(company_id=company_id)
    rows = rows.filter(state__in=states) if states else rows.exclude(state=DISCARDED)
    if held:
        waits = models.Delivery.objects.filter(
            company_id=company_id, state=DeliveryState.HELD.value
        ).to_customer()
        rows = rows.filter(pk__in=waits.values("document_id"))
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(number__startswith=words) | rows.filter(customer_name__istartswith=words)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return rows


def of_customer(company_id: int, customer_id: int, limit: int = 20) -> tuple[Journey, ...]:
    """The customer's latest documents."""
    rows = models.Document.objects.filter(company_id=company_id, customer_id=customer_id)
    return _journeys(list(rows.exclude(state=DISCARDED).order_by("-id")[:limit]))


def _journeys(rows: list[models.Document]) -> tuple[Journey, ...]:
    """The journeys of these rows, in their order, by five queries whatever their number."""
    ids = [row.pk for row in rows]
    conversations = {
        one.document_id: one
        for one in models.Submission.objects.filter(document_id__in=ids).order_by("id")
    }
    hops = _hops(ids)
    waiting = [row.pk for row in rows if row.state == DocumentState.ISSUED.value]
    again = set(
        models.Sealing.objects.filter(
            document_id__in=waiting, current=True, contingency=True
        ).values_list("document_id", flat=True)
    )
    return tuple(
        _journey(row, conversations.get(row.pk), hops.get(row.pk, []), row.pk in again)
        for row in rows
    )


def _hops(document_ids: list[int]) -> dict[int, list[Hop]]:
    deliveries = models.Delivery.objects.filter(document_id__in=document_ids).to_customer()
    mails: dict[int, list[models.Recipient]] = defaultdict(list)
    recipients = models.Recipient.objects.filter(delivery__document_id__in=document_ids)
    for one in recipients.exclude(state=RecipientState.REPLACED.value).order_by("id"):
        mails[one.delivery_id].append(one)
    hops: dict[int, list[Hop]] = defaultdict(list)
    for row in deliveries.order_by("id"):
        hops[row.document_id] += _of_delivery(row, mails[row.pk])
    return hops


def _of_delivery(row: models.Delivery, mails: list[models.Recipient]) -> Iterator[Hop]:
    """Each of its addresses; itself where it has none, or waits or ended before any mail left."""
    waits = row.state != DeliveryState.OPEN.value and all(one.state in UNSENT for one in mails)
    if waits or not mails:
        yield Hop(row.pk, None, row.state, row.reason, row.trigger)
        return
    for one in mails:
        yield Hop(row.pk, one.address, one.state, row.reason, row.trigger, one.answer)


def _journey(
    row: models.Document,
    conversation: models.Submission | None,
    hops: list[Hop],
    contingency: bool,
) -> Journey:
    return Journey(
        id=row.pk,
        company_id=row.company_id,
        kind=row.kind,
        state=row.state,
        number=row.number,
        fiscal_id=row.fiscal_id,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        currency=row.currency,
        total=row.total,
        created_at=row.created_at,
        issued_at=row.issued_at,
        submission=conversation.state if conversation else "",
        reason=conversation.reason if conversation else "",
        not_held=conversation.not_held if conversation else False,
        wake_at=conversation.wake_at if conversation else None,
        hops=tuple(hops),
        contingency=contingency,
    )
