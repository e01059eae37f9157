"""Messages that came back: each kept once, worked off under a claim, counted or only noted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import zstandard
from django.db import connection
from django.db.models import BinaryField, F, Func

from acuse.domain.bounce_trace import Trace
from acuse.domain.provider_event import Arrived
from acuse.domain.report import Report
from acuse.domain.returned import LARGEST, Intake, ReportState
from acuse.store import models

LONGEST = 2 * 1024 * 1024  # of a message that is read; what is beyond is files, or our own mail
LONGEST_ANSWER = LARGEST + 1024  # the door writes a line of its own above the message
LONGEST_NOTED = 64 * 1024  # of what is nobody's

# So much of what is packed holds what is read of it, whatever it is: packing adds next to nothing.
PACKED = LONGEST + 256 * 1024
BEGINNING = Func(F("raw"), 1, PACKED, function="substring", output_field=BinaryField(null=True))

KEEP = """
INSERT INTO store_report (digest, raw, size, intake, delivered_to, owner, received_at, state,
    wake_at, tries, kind, traced_by, doubt, token, sender, subject, facts, forward_tries)
VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, 'RECEIVED', %s, 0, '', '', '', '', '', '', '{}', 0)
ON CONFLICT (digest) DO NOTHING RETURNING id
"""
FORGET = """
DELETE FROM store_report WHERE id = ANY(ARRAY(
    SELECT id FROM store_report
    WHERE state IN ('NOTED', 'UNREADABLE') AND recipient_id IS NULL AND done_at < %s
    ORDER BY done_at LIMIT %s FOR UPDATE SKIP LOCKED
))
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that this worker reads; `tries` fences it.

    `provider` told it by the road of `owner` (a company, 0 for the installation); "" for a mail,
    of which `owner` is the company in whose mailbox it lay, 0 for what is everybody's.
    """

    id: int
    digest: str
    raw: bytes = field(repr=False)  # as much as is read
    size: int
    to: tuple[str, ...]
    received_at: datetime
    tries: int
    provider: str = ""
    owner: int = 0


def keep(
    raw: bytes,
    *,
    to: tuple[str, ...],
    intake: Intake,
    owner: int | None = None,
    at: datetime,
    longest: int,
    size: int,
) -> int | None:
    """The id of the message, to be read at once; None where it was kept before.

    At most the `longest` of its bytes are kept; `size` is how many there are.
    """
    digest = hashlib.sha256(raw).hexdigest()
    packed = zstandard.compress(raw[:longest], 3)
    told = json.dumps(list(to))
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [digest, packed, size, intake.value, told, owner, at, at])
        made = cursor.fetchone()
    return int(made[0]) if made else None


def keep_events(arrived: Sequence[Arrived], *, provider: str, owner: int, at: datetime) -> int:
    """How many of the events are new, to be read at once."""
    digests = [one.digest for one in arrived]
    before = models.Report.objects.filter(digest__in=digests).count()
    models.Report.objects.bulk_create(
        (
            models.Report(
                digest=one.digest,
                raw=zstandard.compress(one.raw[:LONGEST], 3),
                size=len(one.raw),
                intake=Intake.HOOK.value,
                provider=provider,
                owner=owner,
                received_at=at,
                wake_at=at,
            )
            for one in arrived
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(set(digests)) - before


def claim(*, at: datetime, lease: timedelta, limit: int) -> tuple[Waiting, ...]:
    """Reports to read, held by this worker for so long."""
    due = models.Report.objects.filter(state=ReportState.RECEIVED.value, wake_at__lte=at)
    begun = due.defer("raw").annotate(beginning=BEGINNING)
    rows = list(begun.select_for_update(skip_locked=True).order_by("wake_at")[:limit])
    models.Report.objects.filter(pk__in=[row.pk for row in rows]).update(
        tries=F("tries") + 1, wake_at=at + lease
    )
    return tuple(
        Waiting(
            id=row.pk,
            digest=row.digest,
            raw=_beginning(bytes(row.beginning or b"")),
            size=row.size,
            to=tuple(row.delivered_to),
            received_at=row.received_at,
            tries=row.tries + 1,
            provider=row.provider,
            owner=row.owner or 0,
        )
        for row in rows
    )


def hold(waiting: Waiting) -> bool:
    """Whether the report is still this worker's; it is until the transaction ends."""
    rows = models.Report.objects.select_for_update().filter(
        pk=waiting.id, tries=waiting.tries, state=ReportState.RECEIVED.value
    )
    return rows.only("pk").first() is not None


def later(waiting: Waiting, *, wake_at: datetime, failed: bool) -> None:
    """Look at it again then; what did not bring the reader down is no try."""
    changes: dict[str, object] = {"wake_at": wake_at}
    if not failed:
        changes["tries"] = F("tries") - 1
    _of(waiting).update(**changes)


def done(
    waiting: Waiting,
    state: ReportState,
    report: Report | None,
    trace: Trace | None,
    *,
    company_id: int | None,
    facts: Mapping[str, Any],
    forward_at: datetime | None,
    at: datetime,
) -> None:
    """Write what became of it; whole stays only what is handed on, of what is nobody's a little."""
    changes: dict[str, object] = {
        "state": state.value,
        "wake_at": None,
        "done_at": at,
        "company_id": company_id,
        "facts": dict(facts),
        "forward_at": forward_at,
    }
    if report is not None:
        changes |= {
            "kind": report.kind.value,
            "sender": report.sender[:320],
            "subject": report.subject[:310],
        }
    if trace is not None:
        changes |= {
            "traced_by": trace.by.value if trace.by else "",
            "doubt": trace.doubt.value,
            "token": trace.token,
            "recipient_id": trace.recipient if company_id is not None else None,
        }
    longest = LONGEST_NOTED if company_id is None else LONGEST
    if forward_at is None and waiting.size > longest:
        changes["raw"] = zstandard.compress(waiting.raw[:longest], 3)
    _of(waiting).update(**changes)


def due(*, at: datetime) -> bool:
    """Whether there is a report to read, or an answer to hand on."""
    waiting = models.Report.objects.filter(state=ReportState.RECEIVED.value, wake_at__lte=at)
    return waiting.exists() or models.Report.objects.filter(forward_at__lte=at).exists()


def forget(*, before: datetime, limit: int) -> int:
    """How many reports were deleted that changed nothing and are about no mail of ours."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [before, limit])
        return int(cursor.rowcount)


def _beginning(packed: bytes) -> bytes:
    """As much of the message as is read, from the beginning of what is packed."""
    return zstandard.ZstdDecompressor().stream_reader(packed).read(LONGEST) if packed else b""


def _of(waiting: Waiting) -> Any:
    return models.Report.objects.filter(
        pk=waiting.id, tries=waiting.tries, state=ReportState.RECEIVED.value
    )
