"""Who makes batches for a company: summaries of a day, and messages that take documents back."""

from __future__ import annotations

from datetime import datetime

from acuse import jurisdictions
from acuse.domain.batch import Batch, BatchKind, Member
from acuse.domain.jurisdiction import Clerk
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.flow import lanes, outside
from acuse.store import batches, submissions


def of(company: Company) -> Clerk:
    """Who makes the company's batches. Raises Blocked where nobody does."""
    jurisdiction = jurisdictions.find(company.jurisdiction)
    if jurisdiction.clerk is None:
        raise Blocked([_no_clerk(jurisdiction.traits.words.country)])
    return jurisdiction.clerk


def send(
    company: Company,
    kind: BatchKind,
    members: tuple[tuple[int, Member], ...],
    *,
    by: str,
    at: datetime,
) -> tuple[int, str]:
    """The id and number of the signed batch, on its way; in the caller's transaction.

    `members` are documents of one day, each with its id.
    """
    clerk, at = of(company), at.replace(microsecond=0)  # authorities write seconds
    made_on = jurisdictions.find(company.jurisdiction).traits.day(at)
    reference_date = members[0][1].document.date
    assert reference_date is not None
    batch = Batch(
        kind=kind,
        reference_date=reference_date,
        made_on=made_on,
        ordinal=batches.next_ordinal(company.id, kind, made_on),
        members=tuple(member for _, member in members),
    )
    sealed = clerk.seal_batch(batch, company, outside.credential(company), at)
    ids = tuple(document_id for document_id, _ in members)
    batch_id = batches.save(company.id, batch, ids, sealed, by=by, at=at)
    submissions.open_about(company.id, company.jurisdiction, at=at, batch_id=batch_id)
    lanes.nudge(lanes.submit(company.jurisdiction))
    return batch_id, sealed.number


def _no_clerk(country: str) -> Problem:
    text = f"En {country} los documentos no van en resúmenes ni se anulan: emite una nota crédito."
    return Problem("document", "XX-BAT-1", text)
