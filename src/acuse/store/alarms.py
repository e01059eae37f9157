"""What failed within the hour, and the alarms that stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from acuse.domain.activity import EventKind
from acuse.domain.alarm import Alarming, Trouble, alarming
from acuse.domain.failure import FAILING_EVENTS, WITHIN, Happened, of_event
from acuse.store import models


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm that is not over."""

    id: int
    cause: Alarming
    documents: int  # none of a trouble
    began_at: datetime


def happened(*, at: datetime) -> dict[int, list[Happened]]:
    """By company, what failed within the last hour; companies with an open alarm are all there."""
    found: dict[int, list[Happened]] = defaultdict(list)
    for company_id in models.Alarm.objects.filter(ended_at=None).values_list("company", flat=True):
        found[company_id] = []
    rows = models.Event.objects.filter(
        at__gt=at - WITHIN,
        kind__in=[kind.value for kind in FAILING_EVENTS],
        document__isnull=False,
    )
    told = rows.values_list("company_id", "document_id", "kind", "facts")
    for company_id, document_id, kind, facts in told.iterator():
        cause = of_event(EventKind(kind), facts)
        if cause and document_id:
            found[company_id].append(Happened(document_id, cause))
    return dict(found)


def standing(company_id: int) -> tuple[Standing, ...]:
    """The company's open alarms, the oldest first."""
    rows = models.Alarm.objects.filter(company_id=company_id, ended_at=None).order_by("began_at")
    return tuple(Standing(r.pk, alarming(r.cause), r.documents, r.began_at) for r in rows)


def begin(company_id: int, cause: Alarming, documents: int, *, at: datetime) -> int | None:
    """The id of the new alarm; None where one of that cause stands, its count kept up to date."""
    open_ones = models.Alarm.objects.filter(company_id=company_id, cause=cause, ended_at=None)
    if open_ones.update(documents=documents):
        return None
    models.Alarm.objects.bulk_create(
        [models.Alarm(company_id=company_id, cause=cause, documents=documents, began_at=at)],
        ignore_conflicts=True,
    )
    return open_ones.filter(began_at=at).values_list("id", flat=True).first()


def end(alarm_id: int, *, at: datetime) -> bool:
    """Whether the alarm is over from now on."""
    rows = models.Alarm.objects.filter(pk=alarm_id, ended_at=None)
    return bool(rows.update(ended_at=at))


def over(company_id: int, trouble: Trouble, *, at: datetime) -> bool:
    """Whether an alarm of that trouble stood, which is over from now on."""
    rows = models.Alarm.objects.filter(company_id=company_id, cause=trouble, ended_at=None)
    return bool(rows.update(ended_at=at))
