"""What buyers declared about our documents, and when the authority was asked for it last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from acuse.domain.question import BuyerEvent
from acuse.store import artifacts, models

SHORTEST = "1 hour"  # between two questions about a document
LONGEST = "10 days"  # after the verdict nobody asks by itself any more
PATIENCE = 8  # it waits longer the older it is: an eighth of the time since its verdict


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


ASKED = """
INSERT INTO store_inquiry (company_id, document_id, asked_at) VALUES (%s, %s, %s)
ON CONFLICT (document_id) DO UPDATE SET asked_at = EXCLUDED.asked_at
"""


def asked(company_id: int, document_id: int, *, at: datetime) -> None:
    """Note that the question is being asked."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [company_id, document_id, at])


DUE = """
SELECT d.company_id, d.id FROM store_acceptance a
JOIN store_document d ON d.id = a.document_id
JOIN store_sealing s ON s.document_id = d.id AND s.current AND NOT s.contingency
JOIN store_company c ON c.id = d.company_id AND c.jurisdiction = %(jurisdiction)s
JOIN store_channel h ON h.company_id = c.id AND NOT h.stopped
LEFT JOIN store_inquiry i ON i.document_id = d.id
WHERE a.at > %(at)s - %(longest)s::interval AND d.kind = ANY(%(kinds)s)
    AND d.state IN ('ACCEPTED', 'ACCEPTED_WITH_OBSERVATIONS')
    AND coalesce(i.asked_at, a.at)
        <= %(at)s - greatest(%(shortest)s::interval, (%(at)s - a.at) / %(patience)s)
    AND NOT EXISTS (
        SELECT FROM store_buyerevent e WHERE e.document_id = d.id AND e.code = ANY(%(final)s)
    )
ORDER BY i.asked_at NULLS FIRST, a.at LIMIT %(limit)s
"""


def due(
    jurisdiction: str,
    *,
    kinds: Collection[str],
    final: Collection[str],
    at: datetime,
    limit: int,
) -> tuple[tuple[int, int], ...]:
    """Company and document of those to be asked about, the longest unasked first.

    Of `kinds`, accepted, not made in contingency, without an event whose code is `final`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            DUE,
            {
                "jurisdiction": jurisdiction,
                "kinds": sorted(kinds),
                "final": sorted(final),
                "at": at,
                "limit": limit,
                "shortest": SHORTEST,
                "longest": LONGEST,
                "patience": PATIENCE,
            },
        )
        return tuple((row[0], row[1]) for row in cursor.fetchall())


CLAIM = """
INSERT INTO store_inquiry (company_id, document_id, asked_at)
VALUES (%(company)s, %(document)s, %(at)s)
ON CONFLICT (document_id) DO UPDATE SET asked_at = EXCLUDED.asked_at
WHERE store_inquiry.asked_at <= %(at)s - %(shortest)s::interval
RETURNING id
"""


def claim(company_id: int, document_id: int, *, at: datetime) -> bool:
    """Whether this worker asks about the document now: noted before it asks, once an hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {"company": company_id, "document": document_id, "at": at, "shortest": SHORTEST},
        )
        return cursor.fetchone() is not None
