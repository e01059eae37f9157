"""Counters under their row's lock: numbers of documents, and of files to the authority."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.store import models
from acuse.store.companies import numbering

Rows = QuerySet[models.NumberingRange]


def lock(
    company_id: int,
    kind: DocumentKind,
    series: str = "",
    *,
    begins: str = "",
    on: date | None = None,
) -> NumberingRange | None:
    """The counter that numbers such a document on that day, held until commit.

    Without a series, of those that begin so.

    Of several, the one that began first; where none can, one that tells why it cannot. Where
    another transaction used the last number meanwhile, the next range takes over.
    """
    rows = models.NumberingRange.objects.filter(company_id=company_id, kind=kind.value)
    mine = rows.filter(active=True, series__startswith=begins)
    rows = rows.filter(series=series) if series else mine
    return _first(_usable(rows, on)) or _first(_usable(rows, on)) or _first(rows)


def lock_one(range_id: int) -> NumberingRange:
    """That very counter, held until commit."""
    return numbering(models.NumberingRange.objects.select_for_update().get(pk=range_id))


def keep(moved: NumberingRange) -> None:
    """Write the counter's next number."""
    models.NumberingRange.objects.filter(pk=moved.id).update(next=moved.next)


def next_file(company_id: int, year: int) -> int:
    """The next number of the company's files of that year, its counter held until commit."""
    models.FileCounter.objects.bulk_create(
        [models.FileCounter(company_id=company_id, year=year)], ignore_conflicts=True
    )
    row = models.FileCounter.objects.select_for_update().get(company_id=company_id, year=year)
    models.FileCounter.objects.filter(pk=row.pk).update(next=F("next") + 1)
    return row.next


def _usable(rows: Rows, on: date | None) -> Rows:
    usable = rows.filter(active=True, next__lte=F("last"))
    if on is None:
        return usable
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return usable.filter(begun & (Q(valid_until=None) | Q(valid_until__gte=on)))


def _first(rows: Rows) -> NumberingRange | None:
    row = rows.select_for_update().order_by("series", "valid_from", "first").first()
    return numbering(row) if row else None
