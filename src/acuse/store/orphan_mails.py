"""Mails that nobody works on any more: of silent workers, without news, of voided documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from acuse.domain.delivery import Trigger
from acuse.domain.failure import Cause
from acuse.domain.lifecycle import DocumentState
from acuse.domain.recipient import Move, RecipientState, Stage
from acuse.store import models
from acuse.store.recipients import COUNTED, NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Orphan:
    """A recipient whose worker went silent, or whose window for news has closed."""

    id: int
    company_id: int
    document_id: int
    address: str
    state: RecipientState
    stage: Stage
    tries: int
    uncertain: int
    trigger: Trigger
    provider: str = ""  # by whose road the last try went, "" for a mail server's


def orphans(*, at: datetime, limit: int) -> tuple[Orphan, ...]:
    """Recipients in SENDING whose lease ended, locked until commit."""
    rows = models.Recipient.objects.filter(state=RecipientState.SENDING.value, lease_until__lte=at)
    return _orphans(rows, limit)


def without_news(*, at: datetime, limit: int) -> tuple[Orphan, ...]:
    """Recipients in UNCERTAIN whose window has closed, locked until commit."""
    rows = models.Recipient.objects.filter(state=RecipientState.UNCERTAIN.value, wake_at__lte=at)
    return _orphans(rows, limit)


def _orphans(rows: QuerySet[models.Recipient], limit: int) -> tuple[Orphan, ...]:
    tries = models.Attempt.objects.filter(recipient=OuterRef("pk")).order_by("-ordinal")
    told = rows.annotate(last_provider=Subquery(tries.values("provider")[:1]))
    locked = told.select_for_update(skip_locked=True, of=("self",)).select_related("delivery")
    return tuple(
        Orphan(
            id=row.pk,
            company_id=row.company_id,
            document_id=row.delivery.document_id,
            address=row.address,
            state=RecipientState(row.state),
            stage=Stage(row.stage) if row.stage else Stage.CONNECT,
            tries=row.tries,
            uncertain=row.uncertain,
            trigger=Trigger(row.delivery.trigger),
            provider=row.last_provider or "",
        )
        for row in locked.order_by("id")[:limit]
    )


def recover(orphan: Orphan, move: Move, *, at: datetime) -> None:
    """Take the recipient from its silent worker: its epoch moves on."""
    # Where it failed its workers died of it, nobody refused it.
    cause = {"cause": Cause.OUR_SERVER.value} if move.state is RecipientState.FAILED else {}
    models.Recipient.objects.filter(pk=orphan.id, state=orphan.state.value).update(
        epoch=F("epoch") + 1,
        state=move.state.value,
        wake_at=move.retry_at,
        lease_until=None,
        uncertain=F("uncertain") + int(move.state in COUNTED),
        **cause,
    )
    models.Attempt.objects.filter(recipient_id=orphan.id, finished_at=None).update(
        finished_at=at, result=move.state.value, text="lease expired"
    )


def cancel_voided(*, limit: int) -> tuple[Orphan, ...]:
    """The mails of voided documents that still waited, cancelled."""
    waiting = models.Recipient.objects.filter(
        state__in=NOT_BEGUN, delivery__document__state=DocumentState.VOIDED.value
    )
    left = _orphans(waiting, limit)
    rows = models.Recipient.objects.filter(pk__in=[one.id for one in left])
    rows.update(state=RecipientState.CANCELLED.value, wake_at=None)
    return left
