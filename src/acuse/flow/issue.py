"""Issue: a draft gets its number, is signed and frozen, and waits for the authority."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import numbering
from acuse.domain.activity import Event, EventKind
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Jurisdiction, Purpose, Sealed
from acuse.domain.numbering import NumberingRange
from acuse.domain.parts import unserved
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.flow import catalogue, lanes, outside, settlement
from acuse.store import activity, companies, documents, drafts, ranges, submissions


@dataclass(frozen=True, slots=True)
class Issued:
    """What the issuer is told: the document's number and the authority's name for it."""

    id: int
    number: str
    fiscal_id: str


def issue(draft_id: int, *, by: str, at: datetime) -> Issued:
    """The issued document. Raises Blocked, with every problem, and then no number is used."""
    at = at.replace(microsecond=0)  # authorities write seconds
    with transaction.atomic():
        draft = drafts.lock(draft_id)
        if draft is None:
            raise Blocked([_already_issued()])
        company = companies.load(draft.company_id)
        jurisdiction = jurisdictions.find(company.jurisdiction)
        document = _dated(draft.document, jurisdiction, at)
        _refuse(jurisdiction, document, company, at)
        unfit = settlement.receipt_problems(company, document)
        if unfit:
            raise Blocked(unfit)
        document, taken = _numbered(draft, document, company, jurisdiction)
        assert document.date is not None
        traits, day = jurisdiction.traits, document.date
        draws = outside.with_file(outside.draws(), traits, company.id, day)
        sealed = jurisdiction.seal(document, company, draws, outside.credential(company), at, None)
        documents.save_issued(
            draft.id,
            document=document,
            issuer=company,
            range_id=taken.id,
            draws=draws,
            sealed=sealed,
            total=jurisdiction.totals(document).total,
        )
        clerk = jurisdiction.clerk
        waits = clerk is not None and clerk.gathers(document, company)
        submissions.open_for(company.id, draft.id, company.jurisdiction, at=at, gathered=waits)
        activity.record(company.id, draft.id, _issued_event(sealed, by, at))
        if waits:
            activity.record(company.id, draft.id, Event(at, EventKind.DOCUMENT_GATHERED))
        else:
            lanes.nudge(lanes.submit(company.jurisdiction))
    return Issued(draft.id, sealed.number, sealed.fiscal_id)


def problems(company_id: int, document: Document, *, at: datetime) -> tuple[Problem, ...]:
    """Everything that would block issuing the document now; nothing is used or kept."""
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    return _all_problems(jurisdiction, _dated(document, jurisdiction, at), company, at)


def warnings(company_id: int, document: Document, *, at: datetime) -> tuple[Problem, ...]:
    """What its issuer should know before issuing the document; none of it stops anything."""
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    return (
        *jurisdiction.document_warnings(_dated(document, jurisdiction, at), company, at),
        *catalogue.warnings(document, jurisdiction.traits),
    )


def _all_problems(
    jurisdiction: Jurisdiction, document: Document, company: Company, at: datetime
) -> tuple[Problem, ...]:
    return (
        *jurisdiction.company_problems(company, at, Purpose.ISSUE),
        *unserved(document, jurisdiction.traits.parts, jurisdiction.traits.words.country),
        *jurisdiction.document_problems(document, company, at),
    )


def _refuse(jurisdiction: Jurisdiction, document: Document, company: Company, at: datetime) -> None:
    found = _all_problems(jurisdiction, document, company, at)
    if found:
        raise Blocked(found)


def _dated(document: Document, jurisdiction: Jurisdiction, at: datetime) -> Document:
    """The document with its date: the day of issue in its country, where none was given."""
    if document.date is not None:
        return document
    return replace(document, date=jurisdiction.traits.day(at))


def _numbered(
    draft: drafts.Draft, document: Document, company: Company, jurisdiction: Jurisdiction
) -> tuple[Document, NumberingRange]:
    """The document under its number; a draft that owns one keeps it (design.md 3.8, step 6)."""
    if draft.number is not None:
        assert draft.range_id is not None
        return replace(document, number=draft.number), ranges.lock_one(draft.range_id)
    series = document.number.series if document.number else ""
    begins = jurisdiction.series_begins(document)
    counter = ranges.lock(company.id, document.kind, series, begins=begins, on=document.date)
    if counter is None:
        raise Blocked([_no_range(series)])
    assert document.date is not None
    taken = numbering.take(counter, document.date)
    if isinstance(taken, Problem):
        raise Blocked([taken])
    number, moved = taken
    ranges.keep(moved)
    return replace(document, number=number), moved


def _issued_event(sealed: Sealed, by: str, at: datetime) -> Event:
    facts = {
        "number": sealed.number,
        "fiscal_id": sealed.fiscal_id,
        "file": sealed.file_name,
        "bytes": len(sealed.content),
    }
    return Event(at, EventKind.DOCUMENT_ISSUED, by, facts)


def _already_issued() -> Problem:
    return Problem(
        "document",
        "XX-ISS-1",
        "Ya no es un borrador: no se emite otra vez. Ábrelo para ver su estado.",
    )


def _no_range(series: str) -> Problem:
    named = f" {series}" if series else ""
    return Problem(
        "numberTemplate",
        "XX-NUM-5",
        f"No hay numeración{named} para este tipo de documento. Agrégala en Configuración > "
        "Facturación > Numeraciones.",
    )
