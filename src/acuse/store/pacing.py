"""How fast a road of mail may be taken, and when it is left alone: rows, so they hold across hosts.

A row is locked while it is looked at; whoever holds it has locked all recipients that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db import connection
from django.db.models import Q

from acuse.domain.breaker import OPEN_AT, PROBING, Road
from acuse.domain.rate import Bucket
from acuse.store import models, routes


@dataclass(frozen=True, slots=True)
class Granted:
    """How many mails may take the road now; a probe is one, and goes alone."""

    many: int
    probe: bool = False


def shut(*, at: datetime, default: int | None) -> tuple[int, ...]:
    """The roads that nothing is to take now: paused, or their minute's mails are gone.

    `default` is the rate of those that have none of their own, None for no limit.
    """
    emptied = Q(refilled_at__isnull=False, tokens__lt=1)
    rows = models.MailRoute.objects.filter(Q(paused_until__gt=at) | emptied)
    found = []
    for row in rows.only("paused_until", "per_minute", "tokens", "refilled_at"):
        bucket = _bucket(row, default)
        if (row.paused_until and row.paused_until > at) or (bucket and bucket.now(at) < 1):
            found.append(row.pk)
    return tuple(found)


def take(road: int, many: int, *, at: datetime, default: int | None) -> Granted:
    """How many of so many mails may take the road; they are counted as gone."""
    row = models.MailRoute.objects.select_for_update().filter(pk=road).first()
    if row is None or routes.standing(row).shut(at):
        return Granted(0)
    probe = row.refusals >= OPEN_AT
    granted, bucket = 1 if probe else many, _bucket(row, default)
    if bucket is not None:
        granted, filled = bucket.take(granted, at)
        row.tokens, row.refilled_at = filled.tokens, filled.at
    if probe and granted:
        row.paused_until = at + PROBING
    row.save(update_fields=["tokens", "refilled_at", "paused_until"])
    return Granted(granted, probe=probe and granted > 0)


def is_shut(road: int, *, at: datetime) -> bool:
    """Whether the road is paused by now."""
    return models.MailRoute.objects.filter(pk=road, paused_until__gt=at).exists()


def heard(road: int, step: Callable[[Road], Road]) -> tuple[Road, Road] | None:
    """How the road stood and how it stands after that step; None where it is there no more."""
    row = models.MailRoute.objects.select_for_update().filter(pk=road).first()
    if row is None:
        return None
    before = routes.standing(row)
    now = step(before)
    if now != before:
        row.refusals, row.paused_until = now.refusals, now.paused_until
        row.paused_since, row.paused_reason = now.paused_since, now.reason
        row.save(update_fields=["refusals", "paused_until", "paused_since", "paused_reason"])
    return before, now


def standing(road: int) -> Road:
    """How the road stands; open where it is there no more."""
    row = models.MailRoute.objects.filter(pk=road).first()
    return routes.standing(row) if row else Road()


def worked(road: int) -> None:
    """A mail went through: refusals of the same batch were none in a row, if it is not broken."""
    rows = models.MailRoute.objects.filter(pk=road, refusals__gt=0, refusals__lt=OPEN_AT)
    rows.update(refusals=0)


def _bucket(row: models.MailRoute, default: int | None) -> Bucket | None:
    per_minute = row.per_minute or default
    return Bucket(per_minute, row.tokens, row.refilled_at) if per_minute else None


@dataclass(frozen=True, slots=True)
class Going:
    """By which road a mail goes, None for none that is stored.

    A probe goes alone; of a road that is `watched` also a success is news.
    """

    road: int | None = None
    probe: bool = False
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A mail whose time has come, locked until commit; `road` is the row of its way out.

    None is the way of a rehearsal, and of those who have none.
    """

    id: int
    road: int | None
    watched: bool  # the road counts its mails, or had trouble: it is asked first


# Of what is due: its id, the road of company `c`, and whether that is watched. The roads are those
# of `routes.used`, and of `routes.of_notices` for what the company's own people are told.
ROAD = """
SELECT q.id, m.id,
    m.refusals > 0 OR m.per_minute IS NOT NULL OR m.paused_until IS NOT NULL
FROM {mails} JOIN store_company c ON c.id = q.company_id
LEFT JOIN LATERAL (
    SELECT r.* FROM store_mailroute r
    WHERE c.environment <> 'SANDBOX' AND r.kind <> 'DOMAIN'
        AND (r.company_id = c.id OR r.company_id IS NULL)
    ORDER BY r.company_id NULLS {installation} LIMIT 1
) m ON true
WHERE {due} AND (m.id IS NULL OR m.id <> ALL(%(shut)s))
ORDER BY q.{when} LIMIT %(limit)s FOR UPDATE OF {held} SKIP LOCKED
"""


class Waiting(Enum):
    """The mails of one kind that wait for a road: how those that are due are found and locked."""

    DOCUMENTS = ROAD.format(
        mails="store_recipient q JOIN store_delivery e ON e.id = q.delivery_id "
        "JOIN store_document t ON t.id = e.document_id",
        installation="LAST",
        due="q.state IN ('QUEUED', 'DEFERRED') AND q.wake_at <= %(at)s AND e.state = 'OPEN' "
        "AND e.prepared_at IS NOT NULL AND t.state IN ('ACCEPTED', 'ACCEPTED_WITH_OBSERVATIONS')",
        when="wake_at",
        held="q, e",
    )
    NOTICES = ROAD.format(  # to companies' own people
        mails="store_notice q",
        installation="FIRST",
        due="q.state = 'QUEUED' AND q.wake_at <= %(at)s",
        when="wake_at",
        held="q",
    )
    ANSWERS = ROAD.format(  # people's, to be handed on
        mails="store_report q",
        installation="LAST",
        due="q.forward_at <= %(at)s",
        when="forward_at",
        held="q",
    )


def due(waiting: Waiting, *, at: datetime, shut: Collection[int], limit: int) -> tuple[Due, ...]:
    """Those that are due, the longest due first, but by roads that are shut."""
    with connection.cursor() as cursor:
        cursor.execute(waiting.value, {"at": at, "shut": list(shut), "limit": limit})
        return tuple(Due(row[0], row[1], bool(row[2])) for row in cursor.fetchall())
