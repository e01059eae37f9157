"""Conversations whose worker fell silent: found by their lease, and taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from acuse.domain.conversation import Step
from acuse.domain.submission import SubmissionState
from acuse.store import models


@dataclass(frozen=True, slots=True)
class Orphan:
    """A submission whose worker's lease ended; `intended` if a call of it had been begun."""

    id: int
    company_id: int
    document_id: int | None
    jurisdiction: str
    state: SubmissionState
    tries: int
    intended: bool


ORPHANS = """
SELECT s.id, s.company_id, s.document_id, s.jurisdiction, s.state, s.tries, EXISTS (
    SELECT FROM store_exchange e
    WHERE e.submission_id = s.id AND e.epoch = s.epoch AND e.purpose <> 'LOGIN'
)
FROM store_submission s
WHERE s.lease_until <= %(at)s AND s.state IN ('IN_FLIGHT', 'WAITING', 'UNCERTAIN')
ORDER BY s.lease_until LIMIT %(limit)s FOR UPDATE OF s SKIP LOCKED
"""


def found(*, at: datetime, limit: int) -> tuple[Orphan, ...]:
    """Submissions that a silent worker left, locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS, {"at": at, "limit": limit})
        return tuple(
            Orphan(row[0], row[1], row[2], row[3], SubmissionState(row[4]), row[5], row[6])
            for row in cursor.fetchall()
        )


def recover(orphan: Orphan, step: Step) -> None:
    """Take the submission from its silent worker: its epoch moves on."""
    models.Submission.objects.filter(pk=orphan.id).update(
        state=step.state.value,
        wake_at=step.wake_at,
        lease_until=None,
        epoch=F("epoch") + 1,
        tries=F("tries") + 1,
        reason=step.reason,
    )
