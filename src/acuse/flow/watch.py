"""Watch: failures that spread raise an alarm at once; the others are told once a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.alarm import Trouble
from acuse.domain.failure import Cause, Happened, digest_due, documents, systemic
from acuse.domain.party import Company
from acuse.flow import lanes, notify
from acuse.store import activity, alarms, companies, failing, notices, routes


def watch(*, at: datetime) -> int:
    """How many alarms began or ended, digests were made, and notices moved on."""
    return _alarms(at) + _digests(at) + _nudge(at)


def _alarms(at: datetime) -> int:
    return sum(
        _look(companies.load(company_id), happened, at)
        for company_id, happened in alarms.happened(at=at).items()
    )


def _look(company: Company, happened: Iterable[Happened], at: datetime) -> int:
    """How many of the company's alarms began or ended: one ends after an hour without a case.

    A trouble's alarm ends with the trouble, and by who sees that; that of our server stands while
    nothing goes by it, for then there are no cases.
    """
    failed = documents(happened)
    changed = 0
    with transaction.atomic():
        companies.lock(company.id)
        closed = routes.closed(company.id, at=at)
        for cause in systemic(failed, road_closed=closed):
            changed += _begin(company, cause, failed[cause], at)
        for one in alarms.standing(company.id):
            if isinstance(one.cause, Trouble) or one.cause in failed:
                continue
            if one.cause is Cause.OUR_SERVER and (closed or _about_to_be_tried(company.id)):
                continue
            if alarms.end(one.id, at=at):
                facts = {"cause": one.cause.value}
                activity.record(company.id, None, Event(at, EventKind.ALARM_ENDED, facts=facts))
                changed += 1
    return changed


def _about_to_be_tried(company_id: int) -> bool:
    """Whether the company's road is broken, its pause over, and a mail waits to prove it."""
    waiting = failing.mails(company_id, Cause.OUR_SERVER)
    return routes.broken(company_id) and waiting.exists()


def _begin(company: Company, cause: Cause, many: int, at: datetime) -> int:
    alarm_id = alarms.begin(company.id, cause, many, at=at)
    if alarm_id is None:
        return 0
    facts = {"cause": cause.value, "documents": many}
    activity.record(company.id, None, Event(at, EventKind.ALARM_RAISED, facts=facts))
    found = failing.counts(company.id, at=at)
    found.setdefault(cause, many)
    notify.tell(company, f"alarm:{alarm_id}", found, alarm=cause, at=at)
    return 1


def _digests(at: datetime) -> int:
    """How many companies are told of their day: from the morning on, once."""
    made = 0
    for company_id in failing.companies(at=at):
        company = companies.load(company_id)
        zone = ZoneInfo(jurisdictions.find(company.jurisdiction).traits.timezone)
        local = at.astimezone(zone)
        if digest_due(local):
            made += notify.digest(company, local.date().isoformat(), at=at)
    return made


def _nudge(at: datetime) -> int:
    with transaction.atomic():
        moved = notices.recover(at=at)
        if notices.due(at=at):
            lanes.nudge(lanes.NOTIFY)
    return moved
