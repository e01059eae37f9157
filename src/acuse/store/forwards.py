"""People's answers that are handed on to their company: claimed, done, put off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import zstandard
from django.db.models import F

from acuse.domain.report import ReportKind
from acuse.store import models
from acuse.store.pacing import Going
from acuse.store.reports import LONGEST_ANSWER


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
    by_person: bool  # as far as its words tell
    size: int  # of the message, as it came
    tries: int
    going: Going

    @property
    def ordinal(self) -> int:
        """Which try this is."""
        return self.tries


def claim(granted: Mapping[int, Going], *, at: datetime, lease: timedelta) -> tuple[Answer, ...]:
    """Those due answers, held by this worker for so long."""
    due = models.Report.objects.filter(pk__in=list(granted)).order_by("forward_at")
    rows = list(due.select_related("recipient__delivery").defer("raw"))
    due.update(forward_tries=F("forward_tries") + 1, forward_at=at + lease)
    return tuple(_answer(row, granted[row.pk]) for row in rows)


def content(report_id: int) -> bytes:
    """The message as it is kept, one at a time: it may be large."""
    packed = models.Report.objects.values_list("raw", flat=True).get(pk=report_id)
    return zstandard.decompress(bytes(packed), LONGEST_ANSWER) if packed else b""


def done(answer: Answer, *, at: datetime) -> bool:
    """Whether the answer was still this worker's; it is not handed on again."""
    rows = models.Report.objects.filter(
        pk=answer.id, forward_tries=answer.tries, forward_at__isnull=False
    )
    return bool(rows.update(forward_at=None, forwarded_at=at))


def put_off(answer: Answer, at: datetime | None, *, counted: bool = True) -> None:
    """Try it again then, or not any more.

    A try that does not count gives its number back: whoever held that number is through with it.
    """
    rows = models.Report.objects.filter(pk=answer.id, forward_tries=answer.tries)
    tries = answer.tries if counted else answer.tries - 1
    rows.update(forward_at=at, forwarded_at=None, forward_tries=tries)


def give_up(answer: Answer, said: str, *, at: datetime) -> bool:
    """Whether the answer was still this worker's; it waits for a person from now on."""
    rows = models.Report.objects.filter(pk=answer.id, forward_tries=answer.tries)
    return bool(
        rows.update(forward_at=None, forwarded_at=None, stranded_at=at, forward_said=said[:500])
    )


def again(report_id: int, *, at: datetime) -> None:
    """Hand an answer that waits for a person on once more, with all its tries before it."""
    rows = models.Report.objects.filter(pk=report_id, stranded_at__isnull=False)
    rows.update(stranded_at=None, forward_at=at, forward_tries=0)


def resolve(report_id: int) -> None:
    """Nobody waits for that answer any more."""
    models.Report.objects.filter(pk=report_id).update(stranded_at=None)


def stranded(company_id: int, report_id: int) -> bytes | None:
    """The company's answer that waits for a person, as it is kept; None where there is none."""
    rows = models.Report.objects.filter(
        pk=report_id, company_id=company_id, stranded_at__isnull=False
    )
    return content(report_id) if rows.exists() else None


def _answer(row: models.Report, going: Going) -> Answer:
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
        by_person=row.kind == ReportKind.REPLY.value,
        size=row.size,
        tries=row.forward_tries + 1,
        going=going,
    )
