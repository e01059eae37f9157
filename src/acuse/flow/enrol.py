"""Enrol: a company earns the right to issue, by the authority's own test set.

Data and certificate, the set and its progress, the start (ranges: flow/numberings.py); at its end
electronic invoicing is on and, where the law says so, the switch of the mission (design.md 1.5.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.document import Document, Line, Reference
from acuse.domain.intake import OBSERVATIONS
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import unusable
from acuse.domain.party import Company, Customer, Environment, TaxId, Wish
from acuse.domain.problem import Blocked
from acuse.domain.traits import Enrolment, Traits
from acuse.flow import company as company_flow
from acuse.flow import enrol_reasons as reasons
from acuse.flow import outside
from acuse.flow.draft import draft
from acuse.flow.enrol_reasons import Plan
from acuse.flow.issue import issue
from acuse.store import activity, companies, enrolments

MARK = "Set de pruebas"  # what the documents of the set carry among their internal remarks


@dataclass(frozen=True, slots=True)
class KindProgress:
    """How far the set is with one kind."""

    kind: DocumentKind
    name: str
    asked: int
    issued: int
    accepted: int
    rejected: int

    @property
    def waiting(self) -> int:
        """Issued and not judged."""
        return self.issued - self.accepted - self.rejected

    @property
    def to_issue(self) -> int:
        """Asked for and not issued yet."""
        return max(0, self.asked - self.issued)


def run_test_set(company_id: int, plan: Plan, *, by: str, at: datetime) -> int:
    """How many documents of the set were issued now; those of an earlier run count.

    Notes correct an invoice that the authority knows, so they come with a later run, once one is
    accepted. Raises Blocked with what the company lacks, or what is wrong with the plan.
    """
    company = companies.load(company_id)
    traits, enrolment = _enrolment(company)
    problems = (*reasons.lacking(company, enrolment, traits), *reasons.of_plan(plan, traits))
    if problems:
        raise Blocked(problems)
    add_own_ranges(company_id, enrolment)
    _refuse_incomplete(company_id, at)
    issued = 0
    for kind in plan:
        while _issue_one(company_id, enrolment, kind, plan[kind], by=by):
            issued += 1
    if issued:
        event = Event(at, EventKind.TEST_SET_STARTED, by, {"documents": issued})
        with transaction.atomic():
            activity.record(company_id, None, event)
    return issued


def _issue_one(
    company_id: int, enrolment: Enrolment, kind: DocumentKind, asked: int, *, by: str
) -> bool:
    """Whether one more document of the kind was issued, drawn up and numbered in one breath.

    Two persons may run the set at once: what is still to be issued is counted under the lock.
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        traits = jurisdictions.find(company.jurisdiction).traits
        done = enrolments.counts(company_id, MARK).get(kind, enrolments.NONE)
        document = _test_document(company, traits, enrolment, kind)
        if done.issued >= asked or document is None:
            return False
        at = outside.now()
        issue(draft(company_id, document, by=by, at=at), by=by, at=at)
    return True


def _refuse_incomplete(company_id: int, at: datetime) -> None:
    """Raise Blocked with what keeps the company from issuing, before anything is drawn up."""
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    problems = jurisdiction.company_problems(company, at, Purpose.ISSUE)
    if problems:
        raise Blocked(problems)


def progress(company_id: int, plan: Plan) -> tuple[KindProgress, ...]:
    """How far the set is, kind by kind."""
    company = companies.load(company_id)
    traits, _ = _enrolment(company)
    done = enrolments.counts(company_id, MARK)
    found = []
    for kind, asked in plan.items():
        told, count = traits.kind(kind), done.get(kind, enrolments.NONE)
        name = told.plural if told else kind.value
        found.append(KindProgress(kind, name, asked, count.issued, count.accepted, count.rejected))
    return tuple(found)


def add_own_ranges(company_id: int, enrolment: Enrolment) -> None:
    """The set's range and the internal series, with their public keys, where they are missing."""
    company = companies.load(company_id)
    known = {(one.kind, one.series, one.first) for one in company.ranges}
    with transaction.atomic():
        companies.lock(company_id)
        for one in enrolment.ranges:
            rehearsal = bool(one.extra) and company.environment is Environment.PRODUCTION
            if (one.kind, one.series, one.first) not in known and not rehearsal:
                companies.add_range(company_id, one)
        for name, value in enrolment.secrets:
            if name not in company.secrets:
                wrapped = outside.wrap_secret(company_id, name, value)
                companies.set_secret(company_id, name, wrapped)


def finish(company_id: int, plan: Plan, accepted_needed: int, *, by: str, at: datetime) -> None:
    """Electronic invoicing is on from now. Raises Blocked with all that is still missing."""
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    traits, _ = _enrolment(company)
    missing = list(jurisdiction.company_problems(company, at, Purpose.ISSUE))
    done = progress(company_id, plan)
    accepted = next((one.accepted for one in done if one.kind is DocumentKind.INVOICE), 0)
    rehearsed = company.environment is not Environment.PRODUCTION
    if rehearsed and accepted < accepted_needed:
        missing.append(reasons.not_accepted(traits, accepted, accepted_needed))
    if not may_number_invoices(company, traits, at):
        missing.append(reasons.no_invoice_range(traits))
    if missing:
        raise Blocked(missing)
    with transaction.atomic():
        if company_flow.enable_electronic_invoicing(company_id, by=by, at=at):
            activity.record(company_id, None, Event(at, EventKind.INVOICING_ENABLED, by))
            enrolments.offer_no_mail(company_id, MARK)


def may_number_invoices(company: Company, traits: Traits, at: datetime) -> bool:
    """Whether a range gives invoices a number today; series of notes give them none."""
    today = traits.day(at)
    return any(
        one.kind is DocumentKind.INVOICE and unusable(one, today) is None for one in company.ranges
    )


def promote(company_id: int, *, by: str, at: datetime) -> int:
    """The id of the same company in production: its data and people, no key, no number.

    Raises Blocked where it is there already, or was not enabled in its rehearsal.
    """
    company = companies.load(company_id)
    traits, enrolment = _enrolment(company)
    if company.environment is not Environment.TEST or not company.electronic_invoicing:
        raise Blocked([reasons.not_enabled(traits)])
    there = companies.find(company.jurisdiction, company.tax_id.number, Environment.PRODUCTION)
    if there is not None:
        raise Blocked([reasons.in_production(there)])
    extra = {key: value for key, value in company.extra.items() if key not in enrolment.needs}
    moved = replace(company, environment=Environment.PRODUCTION, extra=extra, endpoints={})
    with transaction.atomic():
        made = company_flow.create(moved, by=by, at=at)
        companies.share_members(company_id, made)
        add_own_ranges(made, replace(enrolment, secrets=()))
    return made


def _enrolment(company: Company) -> tuple[Traits, Enrolment]:
    traits = jurisdictions.find(company.jurisdiction).traits
    if traits.enrolment is None:
        raise Blocked([reasons.no_enrolment(traits)])
    return traits, traits.enrolment


def _test_document(
    company: Company, traits: Traits, enrolment: Enrolment, kind: DocumentKind
) -> Document | None:
    """A small invented document of the kind; None for a note that has nothing to correct yet."""
    told = traits.kind(kind)
    assert told is not None
    references: tuple[Reference, ...] = ()
    if told.corrects:
        latest = enrolments.latest_accepted(company.id, MARK, told.corrects[0])
        if latest is None:
            return None
        day = traits.day(latest.issued_at)
        code, words = told.reasons[-1]
        references = (
            Reference(latest.number, day, latest.fiscal_id, told.corrects[0], code, words),
        )
    line = Line(
        description="Documento de prueba",
        quantity=Decimal(1),
        price=Decimal(100_000),
        unit=enrolment.test_unit,
        code="PRUEBA",
        taxes=(enrolment.test_tax,),
    )
    buyer = Customer(
        tax_id=TaxId(company.tax_id.kind, company.tax_id.number),
        name=company.legal_name,
        address=company.address,
        wish=Wish.NEVER,
    )
    return Document(
        kind=kind,
        counterparty=buyer,
        lines=(line,),
        currency=traits.currency,
        references=references,
        extra={OBSERVATIONS: MARK},
    )
