"""Conversations with the authority: claimed under a lease, fenced by an epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import F, Max

from acuse.domain.conversation import Step
from acuse.domain.jurisdiction import Sealed
from acuse.domain.submission import (
    RECEPTION,
    Call,
    CallPurpose,
    Case,
    Note,
    Received,
    SubmissionState,
)
from acuse.store import artifacts, batches, documents, models, received, receptions
from acuse.store.models.submission import OPEN


@dataclass(frozen=True, slots=True)
class Claim:
    """A submission that this worker holds until its lease ends; others have another epoch."""

    id: int
    epoch: int
    company_id: int


@dataclass(frozen=True, slots=True)
class Held:
    """A claimed submission's facts."""

    claim: Claim
    document_id: int | None  # exactly one of the three
    reception_id: int | None
    batch_id: int | None
    case: Case

    @property
    def company_id(self) -> int:
        """Whose conversation it is."""
        return self.claim.company_id


def open_for(
    company_id: int, document_id: int, jurisdiction: str, *, at: datetime, gathered: bool = False
) -> int:
    """The id of a new conversation about issuing the document, due at once.

    `gathered`: it goes by way of a batch, and is not due by itself.
    """
    row = models.Submission(
        company_id=company_id,
        document_id=document_id,
        jurisdiction=jurisdiction,
        state=(SubmissionState.GATHERED if gathered else SubmissionState.QUEUED).value,
        wake_at=None if gathered else at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def open_about(
    company_id: int,
    jurisdiction: str,
    *,
    at: datetime,
    reception_id: int | None = None,
    batch_id: int | None = None,
) -> int:
    """The id of a new conversation about a declaration of ours, or a batch; due at once."""
    row = models.Submission(
        company_id=company_id,
        reception_id=reception_id,
        batch_id=batch_id,
        jurisdiction=jurisdiction,
        wake_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation that waits for an answer: when it asks next, and how often it has asked."""

    company_id: int
    jurisdiction: str
    wake_at: datetime
    asks: int
    called_at: datetime | None  # the last call of any kind


ASKABLE = {
    "state__in": [SubmissionState.WAITING.value, SubmissionState.UNCERTAIN.value],
    "lease_until__isnull": True,
}
CLAIM = """
UPDATE store_submission SET
    state = CASE WHEN state = 'QUEUED' THEN 'IN_FLIGHT' ELSE state END,
    epoch = epoch + 1, lease_until = %(until)s
WHERE id = ANY(ARRAY(
    SELECT s.id FROM store_submission s
    JOIN store_channel c ON c.company_id = s.company_id AND NOT c.stopped
    WHERE s.jurisdiction = %(jurisdiction)s AND s.state IN ('QUEUED', 'WAITING', 'UNCERTAIN')
        AND s.wake_at <= %(at)s AND (s.lease_until IS NULL OR s.lease_until <= %(at)s)
    ORDER BY s.wake_at LIMIT %(limit)s
    FOR UPDATE OF s SKIP LOCKED
))
RETURNING id, epoch, company_id
"""


def claim(jurisdiction: str, *, at: datetime, lease: timedelta, limit: int) -> tuple[Claim, ...]:
    """The due conversations that this worker holds from now on, the longest due first."""
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {"jurisdiction": jurisdiction, "at": at, "until": at + lease, "limit": limit},
        )
        return tuple(Claim(*row) for row in sorted(cursor.fetchall()))


HOLD = """
UPDATE store_submission s SET lease_until = %(until)s
WHERE id = %(id)s AND epoch = %(epoch)s AND state = ANY(%(open)s)
RETURNING s.*, (SELECT kind FROM store_document WHERE id = s.document_id) AS document_kind
"""


def hold(
    held: Claim,
    *,
    until: datetime,
    notes: Mapping[str, Note] | None = None,
    callback: str = "",
) -> Held | None:
    """The claimed submission, its lease prolonged and its row locked; None if it was lost."""
    values = {"until": until, "id": held.id, "epoch": held.epoch, "open": list(OPEN)}
    row = next(iter(models.Submission.objects.raw(HOLD, values)), None)
    if row is None:
        return None
    sealed, kind = _subject(row)
    about = receptions.about(row.reception_id).received_id if row.reception_id else None
    asked = row.state in (SubmissionState.WAITING.value, SubmissionState.UNCERTAIN.value)
    case = Case(
        state=SubmissionState(row.state),
        sealed=sealed.content,
        fiscal_id=sealed.fiscal_id,
        number=sealed.number,
        file_name=sealed.file_name,
        kind=kind,
        issued_at=sealed.sealed_at,
        tries=row.tries,
        asks=row.asks,
        not_known_since=row.not_known_since,
        sent_at=row.sent_at,
        ticket=row.ticket,
        callback=callback,
        notes=notes or {},
        members=batches.values(row.batch_id) if row.batch_id is not None and asked else (),
        about=received.content(about) if about else b"",
    )
    return Held(held, row.document_id, row.reception_id, row.batch_id, case)


def _subject(row: Any) -> tuple[Sealed, str]:
    """The signed file that the conversation is about, and its kind."""
    if row.document_id is not None:
        return documents.sealed(row.document_id), row.document_kind
    if row.batch_id is not None:
        return batches.sealed(row.batch_id), batches.kind(row.batch_id).value
    assert row.reception_id is not None
    return receptions.sealed(row.reception_id), RECEPTION


def note_intent(held: Held, call: Call, masked: bytes, *, at: datetime) -> int:
    """The id of the call's record, written before the call is made; `masked` has no secrets."""
    row = models.Exchange(
        company_id=held.company_id,
        submission_id=held.claim.id,
        epoch=held.claim.epoch,
        purpose=call.purpose.value,
        method=call.method,
        url=call.url,
        request_sha256=sha256(masked).hexdigest(),
        started_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def finish_exchange(
    held: Held,
    exchange_id: int,
    *,
    status: int | None,
    reply: bytes | None,
    finding: str,
    at: datetime,
) -> None:
    """Complete the call's record with what came back."""
    models.Exchange.objects.filter(pk=exchange_id, finished_at=None).update(
        finished_at=at,
        status=status,
        reply_id=artifacts.save(held.company_id, reply) if reply else None,
        finding=finding,
    )


def move(
    held: Held, step: Step, *, purpose: CallPurpose, received: Received | None, at: datetime
) -> bool:
    """Whether the step was written: not where the lease was given away meanwhile."""
    same = step.state is _unclaimed(held.case.state)
    changes: dict[str, object] = {
        "state": step.state.value,
        "wake_at": step.wake_at,
        "lease_until": None,
        "not_known_since": step.not_known_since,
        "reason": step.reason,
        "not_held": step.not_held,
        "tries": F("tries") + 1 if same else 0,
    }
    if purpose is CallPurpose.ASK:
        changes["asks"] = F("asks") + 1
    if received is not None:
        changes["sent_at"] = at
        changes["ticket"] = received.ticket
    rows = models.Submission.objects.filter(
        pk=held.claim.id, epoch=held.claim.epoch, state=held.case.state.value
    )
    return bool(rows.update(**changes))


def put_back(held: Held, *, wake_at: datetime) -> bool:
    """Give the claim back as it was: nothing was sent."""
    rows = models.Submission.objects.filter(pk=held.claim.id, epoch=held.claim.epoch)
    return bool(
        rows.update(state=_unclaimed(held.case.state).value, wake_at=wake_at, lease_until=None)
    )


def asked(submission_id: int) -> Asked | None:
    """The conversation, if it waits for an answer and nobody is asking at this moment."""
    row = models.Submission.objects.filter(pk=submission_id, **ASKABLE).first()
    if row is None or row.wake_at is None:
        return None
    last = models.Exchange.objects.filter(submission_id=row.pk).aggregate(at=Max("started_at"))
    return Asked(row.company_id, row.jurisdiction, row.wake_at, row.asks, last["at"])


def hasten(submission_id: int, *, wake_at: datetime) -> bool:
    """Whether the next question comes forward to that moment; never back, never of what rests."""
    rows = models.Submission.objects.filter(pk=submission_id, wake_at__gt=wake_at, **ASKABLE)
    return bool(rows.update(wake_at=wake_at))


def stick(held: Held, reason: str, *, not_held: bool) -> bool:
    """Whether the conversation now waits for a person; `not_held` where nothing was ever sent."""
    rows = models.Submission.objects.filter(pk=held.claim.id, epoch=held.claim.epoch)
    return bool(
        rows.update(
            state=SubmissionState.STUCK.value,
            wake_at=None,
            lease_until=None,
            reason=reason,
            not_held=not_held,
        )
    )


def due(*, at: datetime) -> tuple[str, ...]:
    """The jurisdictions that have conversations due."""
    rows = models.Submission.objects.filter(
        state__in=OPEN, wake_at__lte=at, lease_until=None
    ).values_list("jurisdiction", flat=True)
    return tuple(rows.distinct())


def _unclaimed(state: SubmissionState) -> SubmissionState:
    return SubmissionState.QUEUED if state is SubmissionState.IN_FLIGHT else state
