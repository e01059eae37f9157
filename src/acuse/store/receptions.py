"""Declarations of ours about documents of others (by lapse, about our own): signed, answered."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.jurisdiction import Sealed
from acuse.domain.verdict import Verdict
from acuse.store import artifacts, codec, models


def sealed(reception_id: int) -> Sealed:
    """The signed declaration, whose hash was checked."""
    row = models.Reception.objects.select_related("artifact").get(pk=reception_id)
    kept = row.artifact
    return Sealed(
        content=artifacts.unpack(kept.sha256, kept.packing, bytes(kept.content)),
        fiscal_id=row.fiscal_id,
        number=row.number,
        file_name=row.file_name,
        sealed_at=row.declared_at,
    )


def answered(reception_id: int, verdict: Verdict, *, at: datetime) -> bool:
    """Whether the authority's verdict was written now: it is written once."""
    row = models.Reception.objects.select_for_update().get(pk=reception_id)
    if row.outcome:
        return False
    row.outcome = verdict.outcome.value
    row.remarks = [codec.dump(remark) for remark in verdict.remarks]
    row.receipt_id = artifacts.save(row.company_id, verdict.receipt) if verdict.receipt else None
    row.answered_at = at
    row.save(update_fields=["outcome", "remarks", "receipt", "answered_at"])
    return True
