"""Verdicts and the acceptances that mail hangs from."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.verdict import Verdict
from acuse.store import artifacts, codec, models


def record(
    company_id: int, document_id: int, submission_id: int, verdict: Verdict, *, at: datetime
) -> int | None:
    """The id of the acceptance, None for a rejection; raises IntegrityError for a second one."""
    row = models.Verdict(
        company_id=company_id,
        document_id=document_id,
        submission_id=submission_id,
        outcome=verdict.outcome.value,
        remarks=[codec.dump(remark) for remark in verdict.remarks],
        evidence=verdict.evidence.value,
        receipt_id=artifacts.save(company_id, verdict.receipt) if verdict.receipt else None,
        at=at,
    )
    row.save(force_insert=True)
    if not verdict.outcome.accepts:
        return None
    acceptance = models.Acceptance(
        company_id=company_id,
        document_id=document_id,
        verdict=row,
        outcome=verdict.outcome.value,
        at=at,
    )
    acceptance.save(force_insert=True)
    return int(acceptance.pk)


def of_document(company_id: int, document_id: int) -> int | None:
    """The id of the document's acceptance, None while it has none."""
    return (
        models.Acceptance.objects.filter(company_id=company_id, document_id=document_id)
        .values_list("id", flat=True)
        .first()
    )
