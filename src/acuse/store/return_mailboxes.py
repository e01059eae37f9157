"""The installation's mailbox for returned mail: claimed for a visit, visited, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from acuse.domain.mailbox import Step
from acuse.store import models


@dataclass(frozen=True, slots=True)
class Kept:
    """The mailbox as it was left by the last visit; `stopped` says why it is not read."""

    id: int
    cursor: str
    refusals: int
    failures: int
    stopped: str
    epoch: int


def seen(name: str) -> Kept | None:
    """The mailbox of that name, None before its first visit."""
    row = models.ReturnMailbox.objects.filter(name=name).first()
    return _kept(row) if row else None


def due(name: str, *, at: datetime) -> bool:
    """Whether it is to be visited."""
    row = models.ReturnMailbox.objects.filter(name=name).first()
    if row is None:
        return True
    free = row.lease_until is None or row.lease_until <= at
    return free and not row.stopped and (row.wake_at is None or row.wake_at <= at)


def claim(name: str, *, at: datetime, until: datetime, now: bool = False) -> Kept | None:
    """The mailbox, held by the caller until then; None where it is not due or another reads it.

    `now`: a person wants it read, due, stopped or not.
    """
    models.ReturnMailbox.objects.bulk_create(
        [models.ReturnMailbox(name=name)], ignore_conflicts=True
    )
    rows = models.ReturnMailbox.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=at), name=name
    )
    if not now:
        rows = rows.filter(Q(wake_at=None) | Q(wake_at__lte=at), stopped="")
    row = rows.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.epoch += 1
    row.lease_until = until
    if now:
        row.stopped, row.refusals = "", 0
    row.save(update_fields=["epoch", "lease_until", "stopped", "refusals"])
    return _kept(row)


def visited(kept: Kept, step: Step, *, cursor: str, reason: str, at: datetime) -> bool:
    """Whether the visit's end was written: it was still the caller's."""
    rows = models.ReturnMailbox.objects.filter(pk=kept.id, epoch=kept.epoch)
    return bool(
        rows.update(
            cursor=cursor,
            refusals=step.refusals,
            failures=step.failures,
            stopped=reason if step.stop else "",
            visited_at=at,
            wake_at=step.wake_at,
            lease_until=None,
        )
    )


def unknown(mailbox_id: int, names: Sequence[str]) -> list[str]:
    """Of these messages' names, those that were not taken in, in their order."""
    rows = models.ReturnMessage.objects.filter(mailbox_id=mailbox_id, uid__in=list(names))
    known = set(rows.values_list("uid", flat=True))
    return [name for name in names if name not in known]


def took(mailbox_id: int, name: str, *, at: datetime) -> None:
    """Remember that the message was taken in."""
    models.ReturnMessage.objects.bulk_create(
        [models.ReturnMessage(mailbox_id=mailbox_id, uid=name, at=at)], ignore_conflicts=True
    )


def _kept(row: models.ReturnMailbox) -> Kept:
    return Kept(
        id=row.pk,
        cursor=row.cursor,
        refusals=row.refusals,
        failures=row.failures,
        stopped=row.stopped,
        epoch=row.epoch,
    )
