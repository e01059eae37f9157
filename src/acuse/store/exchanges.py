"""Calls that were made to an authority about a document, counted by how they ended."""

from __future__ import annotations

from django.db.models import Q

from acuse.store import models


def failed(submission_id: int) -> tuple[int, int]:
    """How many calls of the conversation ended in an error of the service, and in silence."""
    calls = models.Exchange.objects.filter(submission_id=submission_id).exclude(finished_at=None)
    errors = calls.filter(Q(status__gte=500) | Q(status=403)).count()
    return errors, calls.filter(status=None).count()


def failed_about(company_id: int, document_id: int) -> tuple[int, int]:
    """The same of the document's latest conversation; zeros before there is one."""
    rows = models.Submission.objects.filter(company_id=company_id, document_id=document_id)
    latest = rows.order_by("-id").values_list("id", flat=True).first()
    return failed(latest) if latest is not None else (0, 0)
