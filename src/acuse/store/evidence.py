"""What is on record of a document, for a constancia: its mails with every try, its Actividad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from acuse.domain.activity import Event
from acuse.domain.bounce_news import News
from acuse.domain.recipient import RecipientState
from acuse.store import activity, models, news


@dataclass(frozen=True, slots=True)
class Try:
    """One SMTP attempt as it was recorded; `finished_at` is None while it runs."""

    started_at: datetime
    finished_at: datetime | None
    stage: str
    code: int | None
    text: str
    result: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """One address of a delivery: the message's name and hash, where it stands, each try."""

    address: str
    state: str
    message_name: str
    message_sha256: str
    tries: tuple[Try, ...]
    returned: News | None  # what a report says of it, where it bounced


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery: who opened it and when, why it does not leave, its packet's hashes."""

    trigger: str
    state: str
    reason: str
    opened_by: str
    opened_at: datetime
    prepared_at: datetime | None
    files: tuple[tuple[str, str], ...]  # name, SHA-256
    recipients: tuple[Addressed, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Actividad with its place in the chain."""

    ordinal: int
    hash: str
    event: Event


def deliveries(document_id: int) -> tuple[Sent, ...]:
    """The document's deliveries to the customer in their order; copies prove nothing of it."""
    rows = models.Delivery.objects.filter(document_id=document_id).order_by("id")
    rows = rows.to_customer()
    files: dict[int, list[tuple[str, str]]] = {}
    packed = models.PacketFile.objects.filter(delivery__document_id=document_id)
    for one in packed.order_by("ordinal").values_list("delivery_id", "name", "artifact__sha256"):
        files.setdefault(one[0], []).append((one[1], one[2]))
    recipients = _recipients(document_id)
    return tuple(
        Sent(
            trigger=row.trigger,
            state=row.state,
            reason=row.reason,
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            prepared_at=row.prepared_at,
            files=tuple(files.get(row.pk, ())),
            recipients=tuple(recipients.get(row.pk, ())),
        )
        for row in rows
    )


def _recipients(document_id: int) -> dict[int, list[Addressed]]:
    tries: dict[int, list[Try]] = {}
    tried = models.Attempt.objects.filter(recipient__delivery__document_id=document_id)
    for one in tried.order_by("recipient_id", "ordinal"):
        tries.setdefault(one.recipient_id, []).append(
            Try(one.started_at, one.finished_at, one.stage, one.code, one.text, one.result)
        )
    found: dict[int, list[Addressed]] = {}
    rows = models.Recipient.objects.filter(delivery__document_id=document_id)
    kept = list(rows.select_related("message").defer("message__content").order_by("id"))
    bounced = [row.pk for row in kept if row.state == RecipientState.BOUNCED.value]
    returned = news.bounces(bounced) if bounced else {}
    for row in kept:
        found.setdefault(row.delivery_id, []).append(
            Addressed(
                address=row.address,
                state=row.state,
                message_name=row.message_name,
                message_sha256=row.message.sha256,
                tries=tuple(tries.get(row.pk, ())),
                returned=returned.get(row.pk),
            )
        )
    return found


def lines(company_id: int, document_id: int) -> tuple[Line, ...]:
    """The document's Actividad, oldest first, with each line's hash."""
    rows = models.Event.objects.filter(company_id=company_id, document_id=document_id)
    kept = list(rows.order_by("ordinal"))
    events = activity.events(kept)
    return tuple(
        Line(row.ordinal, row.hash, event) for row, event in zip(kept, events, strict=True)
    )


def chain_holds(company_id: int, document_id: int) -> bool:
    """Whether no line of the document's Actividad was changed, left out or put in."""
    query = "SELECT 1 FROM store_broken_chain WHERE company_id = %s AND document_id = %s LIMIT 1"
    with connection.cursor() as cursor:
        cursor.execute(query, [company_id, document_id])
        return cursor.fetchone() is None
