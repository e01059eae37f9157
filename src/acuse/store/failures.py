"""The failures of a company as they are shown: by cause, newest first, a page by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from acuse.domain.activity import EventKind
from acuse.domain.bounce_news import News
from acuse.domain.delivery import DeliveryState, Trigger
from acuse.domain.failure import HELD, MAILED, Cause
from acuse.domain.recipient import RecipientState
from acuse.store import failing, gathered, models, news

Row = TypeVar("Row", bound=Model)
_BOUNCED = RecipientState.BOUNCED.value

MAIL_EVENTS = (
    EventKind.RECIPIENT_FAILED,
    EventKind.RECIPIENT_BOUNCED,
    EventKind.RECIPIENT_DEFERRED,
    EventKind.RECIPIENT_STUCK,
    EventKind.RECIPIENT_UNCERTAIN,
)
HEAVY = ("snapshot", "document__content", "document__issuer")  # nothing of it is shown


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that did not arrive; `id` is the key of its kind: the delivery's, the mail's…"""

    id: int
    cause: Cause
    number: str
    document_id: int | None = None
    customer_id: int | None = None
    customer_name: str = ""
    address: str = ""
    since: datetime | None = None
    tries: int = 0
    next_at: datetime | None = None
    said: str = ""  # the server's words, the report's of what came back, or the authority's
    batch_id: int | None = None
    received_id: int | None = None
    gathered: bool = False  # it waits for the summary of its day
    suppressed: bool = False  # mail to its address is held: nothing is tried before a person's word
    left_out: bool = False  # the document went to others, to this address it does not
    own_copy: bool = False  # of the company's own: no customer waits for it


def page(
    company_id: int, cause: Cause, *, at: datetime, before: int | None = None, limit: int
) -> tuple[Failure, ...]:
    """The failures of that cause below the key, newest first: one query, and one for since when."""
    if cause in HELD:
        return _since_held(_held(company_id, cause, before, limit))
    if cause in MAILED:
        return _since_mailed(_mails(company_id, cause, before, limit))
    if cause is Cause.AUTHORITY:
        return _since_last(_conversations(company_id, before, limit), EventKind.SUBMISSION_STUCK)
    return _late(company_id, at, before, limit)


def every(company_id: int, cause: Cause, *, at: datetime, size: int = 500) -> Iterator[Failure]:
    """All failures of that cause, read a page at a time."""
    before: int | None = None
    while True:
        found = page(company_id, cause, at=at, before=before, limit=size)
        yield from found
        if len(found) < size:
            return
        before = found[-1].id


def _below(rows: QuerySet[Row], before: int | None, limit: int) -> QuerySet[Row]:
    """The newest of them below the key."""
    return (rows if before is None else rows.filter(pk__lt=before)).order_by("-id")[:limit]


def _held(company_id: int, cause: Cause, before: int | None, limit: int) -> tuple[Failure, ...]:
    rows = failing.held(company_id, cause).select_related("document__customer").defer(*HEAVY)
    shown = [(row, failing.kept_from(row)) for row in _below(rows, before, limit)]
    told: dict[str, str] = {}
    suppressed: frozenset[str] = frozenset()
    if cause is Cause.ADDRESS_SUPPRESSED:
        everyone = {one for _, found in shown for one in found}
        told = news.last_words(company_id, everyone)
        suppressed = news.suppressed(company_id, everyone)
    return tuple(
        Failure(
            id=row.pk,
            cause=cause,
            number=row.document.number,
            document_id=row.document_id,
            customer_id=row.document.customer_id,
            customer_name=row.document.customer_name,
            address=", ".join(found),
            own_copy=row.trigger == Trigger.COPY.value,
            left_out=row.state == DeliveryState.OPEN.value,
            since=row.prepared_at if row.state == DeliveryState.OPEN.value else row.opened_at,
            tries=row.tries,
            next_at=row.wake_at,
            said=" ".join(told[key] for one in found if (key := one.casefold()) in told),
            suppressed=any(one in suppressed for one in found),
        )
        for row, found in shown
    )


def _mails(company_id: int, cause: Cause, before: int | None, limit: int) -> tuple[Failure, ...]:
    rows = failing.mails(company_id, cause).select_related("delivery__document")
    rows = rows.defer(*(f"delivery__{name}" for name in HEAVY))
    shown = list(_below(rows, before, limit))
    bounced = [row.pk for row in shown if row.state == _BOUNCED]
    returned = news.bounces(bounced) if bounced else {}
    suppressed = news.suppressed(company_id, {row.normalised for row in shown})
    return tuple(
        Failure(
            id=row.pk,
            cause=cause,
            number=row.delivery.document.number,
            document_id=row.delivery.document_id,
            customer_id=row.delivery.document.customer_id,
            customer_name=row.delivery.document.customer_name,
            address=row.address,
            since=row.delivery.opened_at,
            tries=row.tries,
            next_at=row.wake_at,
            said=_said(row, returned),
            suppressed=row.normalised in suppressed,
            own_copy=row.delivery.trigger == Trigger.COPY.value,
        )
        for row in shown
    )


def _said(row: models.Recipient, returned: Mapping[int, News]) -> str:
    """Of what came back, what the report says: the server's own answer was that it took it."""
    if row.state != _BOUNCED:
        return row.answer
    told = returned.get(row.pk)
    return told.words if told else ""


def _conversations(company_id: int, before: int | None, limit: int) -> tuple[Failure, ...]:
    rows = failing.conversations(company_id).select_related("document", "batch", "reception")
    rows = rows.defer(*HEAVY[1:])
    return tuple(_conversation(row) for row in _below(rows, before, limit))


def _conversation(row: models.Submission) -> Failure:
    told = Failure(
        id=row.pk,
        cause=Cause.AUTHORITY,
        number="",
        since=row.sent_at,
        tries=row.tries,
        said=row.reason,
    )
    if row.document is not None:
        return replace(
            told,
            number=row.document.number,
            since=row.sent_at or row.document.issued_at,
            document_id=row.document_id,
            customer_id=row.document.customer_id,
            customer_name=row.document.customer_name,
        )
    if row.batch is not None:
        return replace(told, number=row.batch.number, batch_id=row.batch_id)
    assert row.reception is not None, "a conversation has one subject"
    reception = row.reception
    return replace(
        told,
        number=reception.number,
        received_id=reception.received_id,
        document_id=reception.document_id,
    )


def _late(company_id: int, at: datetime, before: int | None, limit: int) -> tuple[Failure, ...]:
    rows = list(_below(failing.late(company_id, at=at).defer("content", "issuer"), before, limit))
    ids = [row.pk for row in rows]
    why = gathered.reasons(company_id, ids)
    batches = _open_batches(company_id, ids)
    return tuple(
        Failure(
            id=row.pk,
            cause=Cause.LATE,
            number=row.number,
            document_id=row.pk,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            since=row.issued_at,
            said=why.get(row.pk, ""),
            batch_id=batches.get(row.pk),
            gathered=row.pk in why,
        )
        for row in rows
    )


def _open_batches(company_id: int, document_ids: list[int]) -> dict[int, int]:
    """The batch that each of them is in and that the authority has not answered."""
    rows = models.BatchMember.objects.filter(
        company_id=company_id, document_id__in=document_ids, fate=""
    )
    return dict(rows.order_by("id").values_list("document_id", "batch_id"))


def _since_held(found: tuple[Failure, ...]) -> tuple[Failure, ...]:
    """Each since it is held; an address that was left out, since its mail was cancelled, if any."""
    held = _since_last(tuple(one for one in found if not one.left_out), EventKind.DELIVERY_HELD)
    since = {one.id: one.since for one in held}
    for one in found:
        since.setdefault(one.id, one.since)
    left_out = [one for one in found if one.left_out]
    for row in _events(left_out, (EventKind.RECIPIENT_CANCELLED,)):
        for one in left_out:
            its_own = one.document_id == row.document_id and row.facts.get("to", "") in one.address
            if its_own and one.since and row.at >= one.since:
                since[one.id] = row.at
    return tuple(replace(one, since=since[one.id]) for one in found)


def _since_last(found: tuple[Failure, ...], kind: EventKind) -> tuple[Failure, ...]:
    """Each since the event that stops it now: the last one, for the reason may have changed."""
    last = {row.document_id: row.at for row in _events(found, (kind,))}
    return tuple(replace(one, since=last.get(one.document_id, one.since)) for one in found)


def _since_mailed(found: tuple[Failure, ...]) -> tuple[Failure, ...]:
    """Each since its address first failed in this delivery."""
    first: dict[tuple[int, str], datetime] = {}
    opened = {(one.document_id, one.address): one.since for one in found}
    for row in _events(found, MAIL_EVENTS):
        key = (row.document_id or 0, str(row.facts.get("to", "")))
        begun = opened.get(key)
        if begun is not None and row.at >= begun:
            first.setdefault(key, row.at)
    return tuple(
        replace(one, since=first.get((one.document_id or 0, one.address), one.since))
        for one in found
    )


def _events(found: Iterable[Failure], kinds: tuple[EventKind, ...]) -> Iterable[models.Event]:
    ids = {one.document_id for one in found if one.document_id}
    if not ids:
        return ()
    rows = models.Event.objects.filter(document_id__in=ids, kind__in=[k.value for k in kinds])
    return rows.order_by("ordinal").only("document_id", "at", "facts")
