"""Copies: what the company keeps of an accepted document, apart from the customer's mail.

A copy is a delivery of its own cause: no customer's wish or missing address stops it, and nothing
that became of it says anything of the customer's. Source: design.md 1.5.7.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.copies import CompanyCopy, copied_to
from acuse.domain.delivery import Trigger
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import MAILABLE
from acuse.flow import opening
from acuse.flow.copied import about_copy
from acuse.store import acceptances, activity, companies, copies, documents, mended


def save(company_id: int, told: Iterable[CompanyCopy], *, by: str, at: datetime) -> None:
    """Have copies of what is accepted from now on go there; nothing of the past is mailed."""
    kept = tuple(told)
    with transaction.atomic():
        companies.lock(company_id)
        copies.save(company_id, kept)
        facts = {"copies": [one.address for one in kept]}
        activity.record(company_id, None, Event(at, EventKind.COMPANY_EDITED, by, facts))


def accepted(
    company_id: int, document_id: int, acceptance_id: int, kind: DocumentKind, *, at: datetime
) -> None:
    """Open the copies of a document that is accepted now; the transaction is the verdict's."""
    emails = copied_to(copies.of_company(company_id), kind)
    if emails:
        _open(company_id, document_id, acceptance_id, emails, SYSTEM, at)


def again(
    company_id: int, document_id: int, emails: tuple[str, ...], *, by: str, at: datetime
) -> bool:
    """Whether copies that failed go once more; not of a document that is not accepted any more."""
    with transaction.atomic():
        acceptance_id = acceptances.of_document(company_id, document_id)
        if acceptance_id is None or documents.state(document_id) not in MAILABLE:
            return False
        failed = mended.failed_of(document_id, emails, copies=True)
        _open(company_id, document_id, acceptance_id, emails, by, at)
        mended.resolve(failed, at=at)
    return True


def _open(
    company_id: int,
    document_id: int,
    acceptance_id: int,
    emails: tuple[str, ...],
    by: str,
    at: datetime,
) -> None:
    trigger = Trigger.COPY
    about = about_copy(trigger)
    opening.to_these(company_id, document_id, acceptance_id, emails, trigger, about, by=by, at=at)
