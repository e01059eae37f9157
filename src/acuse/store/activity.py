"""The timeline: written line by line, read as events."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection

from acuse.domain.activity import Event, EventKind
from acuse.store.codec import dump
from acuse.store.models import Event as Row

# Written for every step of every document: the ORM would take longer than the database.
RECORD = """
INSERT INTO store_event (company_id, document_id, at, kind, actor, facts, ordinal, previous, hash)
VALUES (%s, %s, %s, %s, %s, %s, 0, '', '')
"""


def record(company_id: int, document_id: int | None, *events: Event) -> None:
    """Append the events; the database numbers and chains them."""
    with connection.cursor() as cursor:
        for event in events:
            facts = json.dumps(dump(event.facts))
            told = (company_id, document_id, event.at, event.kind.value, event.actor, facts)
            cursor.execute(RECORD, told)


def timeline(company_id: int, document_id: int) -> tuple[Event, ...]:
    """The document's events, oldest first."""
    rows = Row.objects.filter(company_id=company_id, document_id=document_id).order_by("ordinal")
    return tuple(_event(row) for row in rows)


def latest(
    company_id: int, document_id: int, kinds: Iterable[EventKind], limit: int = 10
) -> tuple[Event, ...]:
    """The document's latest events of these kinds, the last one first."""
    rows = Row.objects.filter(
        company_id=company_id, document_id=document_id, kind__in=[kind.value for kind in kinds]
    )
    return tuple(_event(row) for row in rows.order_by("-ordinal")[:limit])


def company_timeline(company_id: int, limit: int = 50) -> tuple[Event, ...]:
    """The company's own latest events, newest first."""
    rows = Row.objects.filter(company_id=company_id, document=None).order_by("-ordinal")[:limit]
    return tuple(_event(row) for row in rows)


def last_ordinal(company_id: int, document_id: int) -> int:
    """The number of the document's latest event, 0 without any: cheap to poll."""
    latest = (
        Row.objects.filter(company_id=company_id, document_id=document_id)
        .order_by("-ordinal")
        .values_list("ordinal", flat=True)
        .first()
    )
    return latest or 0


def broken_chains() -> tuple[int, ...]:
    """The ids of events that do not fit their chain: none, unless somebody changed the past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM store_broken_chain")
        return tuple(row[0] for row in cursor.fetchall())


def _event(row: Row) -> Event:
    return Event(at=row.at, kind=EventKind(row.kind), actor=row.actor, facts=row.facts)


def events(rows: Iterable[Row]) -> tuple[Event, ...]:
    """Rows as events."""
    return tuple(_event(row) for row in rows)
