"""People's answers that are handed on to their company: claimed, done, put off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import zstandard
from django.db.models import F

from acuse.store import models
from acuse.store.reports import LONGEST


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer that this worker hands on; `tries` fences it."""

    id: int
    company_id: int
    document_id: int
    address: str
    digest: str
    sender: str
    subject: str
    raw: bytes = field(repr=False)
    tries: int = 0


def claim(*, at: datetime, lease: timedelta, limit: int) -> tuple[Answer, ...]:
    """Answers to hand on, held by this worker for so long."""
    due = models.Report.objects.filter(forward_at__lte=at).select_related("recipient__delivery")
    rows = list(
        due.select_for_update(skip_locked=True, of=("self",)).order_by("forward_at")[:limit]
    )
    models.Report.objects.filter(pk__in=[row.pk for row in rows]).update(
        forward_tries=F("forward_tries") + 1, forward_at=at + lease
    )
    return tuple(_answer(row) for row in rows)


def done(answer: Answer, *, at: datetime) -> bool:
    """Whether the answer was still this worker's; it is not handed on again."""
    rows = models.Report.objects.filter(
        pk=answer.id, forward_tries=answer.tries, forward_at__isnull=False
    )
    return bool(rows.update(forward_at=None, forwarded_at=at))


def put_off(answer: Answer, at: datetime | None) -> None:
    """Try it again then, or not any more."""
    rows = models.Report.objects.filter(pk=answer.id, forward_tries=answer.tries)
    rows.update(forward_at=at, forwarded_at=None)


def _answer(row: models.Report) -> Answer:
    assert row.recipient is not None, "only a traced answer is handed on"
    assert row.company_id is not None
    return Answer(
        id=row.pk,
        company_id=row.company_id,
        document_id=row.recipient.delivery.document_id,
        address=row.recipient.address,
        digest=row.digest,
        sender=row.sender,
        subject=row.subject,
        raw=zstandard.decompress(bytes(row.raw), LONGEST) if row.raw else b"",
        tries=row.forward_tries + 1,
    )
