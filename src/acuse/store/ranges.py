"""Counters under their row's lock."""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.store import models
from acuse.store.companies import numbering


def lock(company_id: int, kind: DocumentKind, series: str = "") -> NumberingRange | None:
    """The counter of that kind (and series, else the first active one), held until commit."""
    rows = models.NumberingRange.objects.select_for_update().filter(
        company_id=company_id, kind=kind.value
    )
    rows = rows.filter(series=series) if series else rows.filter(active=True)
    row = rows.order_by("series").first()
    return numbering(row) if row else None


def keep(moved: NumberingRange) -> None:
    """Write the counter's next number."""
    models.NumberingRange.objects.filter(pk=moved.id).update(next=moved.next)
