"""What people do to a conversation with the authority: try again, close, wait out an outage."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from acuse.domain.conversation import Step
from acuse.domain.submission import SubmissionState
from acuse.store import exchanges, models
from acuse.store.models.submission import OPEN


def retry(document_id: int, step: Step) -> bool:
    """Whether the document's stuck conversation goes on."""
    return _retry(models.Submission.objects.filter(document_id=document_id), step)


def retry_about(
    company_id: int, step: Step, *, reception_id: int | None = None, batch_id: int | None = None
) -> bool:
    """Whether the declaration's, or the batch's, stuck conversation goes on."""
    mine = models.Submission.objects.filter(company_id=company_id)
    about = mine.filter(reception_id=reception_id) if reception_id else mine.filter(batch=batch_id)
    return _retry(about, step)


def _retry(rows: QuerySet[models.Submission], step: Step) -> bool:
    stuck = rows.filter(state=SubmissionState.STUCK.value)
    gone_on = stuck.update(
        state=step.state.value,
        wake_at=step.wake_at,
        reason="",
        not_held=False,
        tries=0,
        epoch=F("epoch") + 1,
    )
    return bool(gone_on)


def close(document_id: int) -> bool:
    """Whether the document's stuck conversation is closed: another may follow."""
    return _close(models.Submission.objects.filter(document_id=document_id))


def close_batch(company_id: int, batch_id: int) -> bool:
    """Whether the batch's stuck conversation is closed: its documents go in another."""
    return _close(models.Submission.objects.filter(company_id=company_id, batch_id=batch_id))


def _close(rows: QuerySet[models.Submission]) -> bool:
    stuck = rows.filter(state=SubmissionState.STUCK.value, not_held=True)
    return bool(stuck.update(state=SubmissionState.CLOSED.value, wake_at=None))


def close_judged(document_id: int) -> bool:
    """Whether the conversation that a rejection settled is closed: another may follow."""
    rows = models.Submission.objects.filter(
        document_id=document_id, state=SubmissionState.SETTLED.value
    )
    return bool(rows.update(state=SubmissionState.CLOSED.value, wake_at=None))


def lock_waiting(company_id: int, document_id: int) -> tuple[int, int] | None:
    """How many calls about the document ended in an error of the service, and in silence.

    Its conversation is held until commit; None where no worker's turn is open for it to be
    changed: it is judged, closed, or under a lease.
    """
    row = (
        models.Submission.objects.select_for_update()
        .filter(
            company_id=company_id,
            document_id=document_id,
            state__in=[
                SubmissionState.QUEUED.value,
                SubmissionState.UNCERTAIN.value,
                SubmissionState.STUCK.value,
            ],
            lease_until=None,
        )
        .first()
    )
    if row is None:
        return None
    return exchanges.failed(row.pk)


def wake_later(document_id: int, *, at: datetime) -> None:
    """Let the document's open conversation wait until then."""
    models.Submission.objects.filter(document_id=document_id, state__in=OPEN).update(wake_at=at)


def first_answer_since(company_id: int, since: datetime) -> datetime | None:
    """When the authority first answered the company after that moment."""
    rows = models.Exchange.objects.filter(
        company_id=company_id, started_at__gt=since, status__lt=400
    ).order_by("finished_at")
    return rows.values_list("finished_at", flat=True).first()
