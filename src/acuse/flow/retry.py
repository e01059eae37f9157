"""Retry: a person's word on a stuck conversation. It always asks first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse.domain import conversation
from acuse.domain.activity import Event, EventKind
from acuse.domain.submission import SubmissionState
from acuse.flow import lanes
from acuse.store import activity, companies, interventions


def retry(company_id: int, document_id: int, *, by: str, at: datetime) -> bool:
    """Whether the document's stuck conversation goes on, with a question."""
    with transaction.atomic():
        step = conversation.retried(SubmissionState.STUCK, at)
        if not interventions.retry(document_id, step):
            return False
        activity.record(company_id, document_id, Event(at, EventKind.SUBMISSION_RETRIED, by))
        lanes.nudge(lanes.submit(companies.load(company_id).jurisdiction))
    return True
