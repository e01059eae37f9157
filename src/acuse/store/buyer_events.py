"""What buyers declared about our documents, and when the authority is asked for it next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from acuse.domain.question import BuyerEvent
from acuse.store import artifacts, models

SHORTEST = "1 hour"  # between two questions about a document
LONGEST = "10 days"  # after the verdict a question is the last one that nobody had to ask for
PATIENCE = 8  # the older, the longer it waits: an eighth of its age when it was asked about last


def keep(
    document_id: int, found: tuple[BuyerEvent, ...], *, at: datetime
) -> tuple[BuyerEvent, ...]:
    """Those that were new, now kept, in their order."""
    company_id = models.Document.objects.values_list("company_id", flat=True).get(pk=document_id)
    known = set(
        models.BuyerEvent.objects.filter(document_id=document_id).values_list("code", "key")
    )
    new = []
    for event in found:
        code, key = event.code[:8], event.key[:128]
        if (code, key) in known:
            continue
        known.add((code, key))
        models.BuyerEvent(
            company_id=company_id,
            document_id=document_id,
            code=code,
            key=key,
            text=event.text[:500],
            reason=event.reason[:500],
            declared_by=event.by[:450],
            at=event.at,
            raw_id=artifacts.save(company_id, event.raw) if event.raw else None,
            seen_at=at,
        ).save(force_insert=True)
        new.append(event)
    return tuple(new)


def of_document(document_id: int) -> tuple[BuyerEvent, ...]:
    """What is known, oldest first; without its bytes."""
    rows = models.BuyerEvent.objects.filter(document_id=document_id).order_by("at", "id")
    return tuple(
        BuyerEvent(row.code, row.text, row.key, row.at, row.declared_by, row.reason) for row in rows
    )


def moments(document_id: int) -> tuple[tuple[str, datetime], ...]:
    """Code and moment of each; of one without, when it was first seen: it is no younger."""
    rows = models.BuyerEvent.objects.filter(document_id=document_id).order_by("id")
    return tuple((row.code, row.at or row.seen_at) for row in rows)


FOLLOW = """
INSERT INTO store_inquiry (company_id, document_id, due_at)
SELECT d.company_id, d.id, %(at)s + %(shortest)s::interval FROM store_document d
JOIN store_sealing s ON s.document_id = d.id AND s.current AND NOT s.contingency
WHERE d.id = %(document)s AND d.kind = ANY(%(kinds)s)
ON CONFLICT (document_id) DO NOTHING
"""


def follow(document_id: int, *, kinds: Collection[str], at: datetime) -> None:
    """From its acceptance on it is asked about: of `kinds`, and not made in contingency."""
    with connection.cursor() as cursor:
        cursor.execute(
            FOLLOW,
            {"document": document_id, "kinds": sorted(kinds), "at": at, "shortest": SHORTEST},
        )


def rest(document_id: int) -> None:
    """Nobody asks about it by himself any more: its buyer's last word is known."""
    models.Inquiry.objects.filter(document_id=document_id).update(due_at=None)


NOTE = """
UPDATE store_inquiry i SET due_at = CASE WHEN a.at > %(at)s - %(longest)s::interval
    THEN %(at)s + greatest(%(shortest)s::interval, (%(at)s - a.at) / %(patience)s) END
FROM store_acceptance a
WHERE a.document_id = i.document_id AND i.document_id = %(document)s
    AND i.due_at IS NOT NULL AND (NOT %(only_due)s OR i.due_at <= %(at)s)
"""


def asked(document_id: int, *, at: datetime) -> None:
    """Note that the question is being asked; its next turn is counted from now."""
    _note(document_id, at, only_due=False)


def claim(document_id: int, *, at: datetime) -> bool:
    """Whether this worker asks about the document now: noted before it asks, once an hour."""
    return _note(document_id, at, only_due=True) == 1


def _note(document_id: int, at: datetime, *, only_due: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE,
            {
                "document": document_id,
                "at": at,
                "shortest": SHORTEST,
                "longest": LONGEST,
                "patience": PATIENCE,
                "only_due": only_due,
            },
        )
        return int(cursor.rowcount)


# What waits since longer is of a document that is not accepted any more: it is passed over.
DUE = """
SELECT i.company_id, i.document_id FROM store_inquiry i
JOIN store_document d ON d.id = i.document_id
JOIN store_company c ON c.id = i.company_id AND c.jurisdiction = %(jurisdiction)s
JOIN store_channel h ON h.company_id = i.company_id AND NOT h.stopped
WHERE i.due_at <= %(at)s AND i.due_at > %(at)s - %(longest)s::interval
    AND d.state IN ('ACCEPTED', 'ACCEPTED_WITH_OBSERVATIONS')
ORDER BY i.due_at LIMIT %(limit)s
"""


def due(jurisdiction: str, *, at: datetime, limit: int) -> tuple[tuple[int, int], ...]:
    """Company and document of those to be asked about, the one longest due first."""
    with connection.cursor() as cursor:
        cursor.execute(
            DUE, {"jurisdiction": jurisdiction, "at": at, "longest": LONGEST, "limit": limit}
        )
        return tuple((row[0], row[1]) for row in cursor.fetchall())
