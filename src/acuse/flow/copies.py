"""Copies: what the company keeps of an accepted document, apart from the customer's mail.

A copy is a delivery of its own cause: no customer's wish or missing address stops it, and nothing
that became of it says anything of the customer's. Source: design.md 1.5.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import intake_copies
from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.copies import CompanyCopy, copied_to, problems
from acuse.domain.delivery import Trigger
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked
from acuse.flow import opening
from acuse.flow.copied import about_copy
from acuse.store import acceptances, activity, companies, copies, documents, mended


def replace(company: Company, raw: Mapping[str, object], *, by: str, at: datetime) -> None:
    """Have the copies that a program tells (docs/api.md) in the place of all there are.

    Raises Blocked with all that is wrong; then all stays as it was.
    """
    traits = jurisdictions.find(company.jurisdiction).traits
    rehearsal = company.environment is Environment.SANDBOX
    told, wrong = intake_copies.read(raw, traits, rehearsal=rehearsal)
    if wrong:
        raise Blocked(wrong)
    save(company.id, told, by=by, at=at)


def save(company_id: int, told: Iterable[CompanyCopy], *, by: str, at: datetime) -> None:
    """Have copies of what is accepted from now on go there; nothing of the past is mailed.

    Raises Blocked where an address is told twice, or too many are.
    """
    kept = tuple(told)
    wrong = tuple(problems(kept))
    if wrong:
        raise Blocked(wrong)
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
