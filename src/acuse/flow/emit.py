"""Emit: a new document is drafted and issued in one go, or nothing of it stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse.domain.document import Document
from acuse.flow.draft import draft
from acuse.flow.issue import Issued, issue


def emit(company_id: int, document: Document, *, by: str, at: datetime) -> Issued:
    """The issued document. Raises Blocked with every problem; then no draft and no number stays."""
    with transaction.atomic():
        return issue(draft(company_id, document, by=by, at=at), by=by, at=at)
