"""A draft: what a user or an integrator means to issue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.document import Document
from acuse.flow import release
from acuse.store import activity, companies, customers, drafts


def draft(company_id: int, document: Document, *, by: str, at: datetime) -> int:
    """The id of the saved draft; its customer becomes a contact of the company if it is new.

    A draft may be wrong: what it lacks is said when it is issued.
    """
    with transaction.atomic():
        company = companies.load(company_id)
        totals = jurisdictions.find(company.jurisdiction).totals(document)
        customer_id = customers.meet(company_id, document.counterparty, at=at)
        draft_id = drafts.create(
            company_id, customer_id, document, total=totals.total, by=by, at=at
        )
        activity.record(company_id, draft_id, Event(at, EventKind.DOCUMENT_CREATED, by))
    if document.counterparty.emails:
        release.release(company_id, at=at)
    return draft_id
