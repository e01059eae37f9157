"""The mailboxes that companies' mail is read from: saved, claimed for a visit, visited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import F, Q, QuerySet

from acuse.domain.mailbox import Place, Protocol, Security, Step, Trouble
from acuse.store import codec, models


@dataclass(frozen=True, slots=True)
class Kept:
    """A company's mailbox; `stopped` says why it is not read, "" while it is.

    `trouble` is what the last visit met, None where it went well or there was none.
    """

    id: int
    company_id: int
    place: Place
    wrapped_password: bytes = field(repr=False)
    cursor: str
    stopped: str
    refusals: int
    failures: int
    trouble: Trouble | None
    visited_at: datetime | None
    wake_at: datetime | None
    epoch: int


def active(company_id: int) -> Kept | None:
    """The mailbox that the company's mail is read from; None without one."""
    row = models.Mailbox.objects.filter(company_id=company_id, active=True).first()
    return _kept(row) if row else None


def save(company_id: int, place: Place, wrapped_password: bytes, *, at: datetime) -> int:
    """The id of the mailbox, read from now on and visited at once; the one before it is left.

    The same host, user and folder are the same mailbox: what was read of it stays read.
    """
    models.Mailbox.objects.filter(company_id=company_id, active=True).update(active=False)
    row, _ = models.Mailbox.objects.update_or_create(
        company_id=company_id,
        protocol=place.protocol.value,
        host=place.host,
        username=place.username,
        folder=place.folder,
        defaults={
            "active": True,
            "port": place.port,
            "security": place.security.value,
            "wrapped_password": wrapped_password,
            "paused_reason": "",
            "refusals": 0,
            "failures": 0,
            "trouble": {},
            "wake_at": at,
            "lease_until": None,
            "saved_at": at,
        },
    )
    models.Mailbox.objects.filter(pk=row.pk).update(epoch=F("epoch") + 1)
    return int(row.pk)


def lock(company_id: int) -> None:
    """Hold the company's mailbox until the transaction ends; nothing where it has none."""
    rows = models.Mailbox.objects.filter(company_id=company_id, active=True)
    rows.select_for_update().first()


def close(company_id: int) -> bool:
    """Whether the company's mailbox is not read any more from now on."""
    rows = models.Mailbox.objects.filter(company_id=company_id, active=True)
    return bool(rows.update(active=False, lease_until=None, epoch=F("epoch") + 1))


def wake(company_id: int, *, at: datetime) -> bool:
    """Whether the company's mailbox is visited next."""
    rows = models.Mailbox.objects.filter(company_id=company_id, active=True, paused_reason="")
    return bool(rows.update(wake_at=at))


def due(*, at: datetime) -> bool:
    """Whether any mailbox is to be visited."""
    return _free(at).filter(wake_at__lte=at).exists()


def claim_due(*, at: datetime, until: datetime) -> Kept | None:
    """The mailbox that waits longest, held by the caller until then; None where none is due."""
    return _claimed(Q(wake_at__lte=at), at=at, until=until)


def claim(company_id: int, *, at: datetime, until: datetime) -> Kept | None:
    """The company's mailbox, due or not, held by the caller until then; None where it cannot be."""
    return _claimed(Q(company_id=company_id), at=at, until=until)


def hold(kept: Kept) -> bool:
    """Whether the visit is still the caller's; it is until the transaction ends."""
    rows = models.Mailbox.objects.select_for_update().filter(pk=kept.id, epoch=kept.epoch)
    return rows.first() is not None


def visited(
    kept: Kept, step: Step, *, cursor: str, trouble: Trouble | None, reason: str, at: datetime
) -> bool:
    """Whether the visit's end was written: it was still the caller's."""
    rows = models.Mailbox.objects.filter(pk=kept.id, epoch=kept.epoch)
    return bool(
        rows.update(
            cursor=cursor,
            refusals=step.refusals,
            failures=step.failures,
            trouble=codec.dump(trouble) or {},
            paused_reason=reason if step.stop else "",
            visited_at=at,
            wake_at=None if step.stop else step.wake_at,
            lease_until=None,
        )
    )


KNOWN = "SELECT uid FROM store_incomingmessage WHERE mailbox_id = %s AND uid = ANY(%s)"


def unknown(mailbox_id: int, names: Sequence[str]) -> list[str]:
    """Of these messages' names, those that were not worked off, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [mailbox_id, list(names)])  # one parameter, for all of a full mailbox
        known = {row[0] for row in cursor.fetchall()}
    return [name for name in names if name not in known]


def _free(at: datetime) -> QuerySet[models.Mailbox]:
    rows = models.Mailbox.objects.filter(active=True, paused_reason="")
    return rows.filter(Q(lease_until=None) | Q(lease_until__lte=at))


def _claimed(which: Q, *, at: datetime, until: datetime) -> Kept | None:
    rows = _free(at).filter(which).order_by("wake_at")
    row = rows.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.epoch += 1
    row.lease_until = until
    row.save(update_fields=["epoch", "lease_until"])
    return _kept(row)


def _kept(row: models.Mailbox) -> Kept:
    return Kept(
        id=row.pk,
        company_id=row.company_id,
        place=Place(
            protocol=Protocol(row.protocol),
            host=row.host,
            port=row.port,
            security=Security(row.security),
            username=row.username,
            folder=row.folder,
        ),
        wrapped_password=bytes(row.wrapped_password),
        cursor=row.cursor,
        stopped=row.paused_reason,
        refusals=row.refusals,
        failures=row.failures,
        trouble=codec.load(Trouble, row.trouble) if row.trouble else None,
        visited_at=row.visited_at,
        wake_at=row.wake_at,
        epoch=row.epoch,
    )
