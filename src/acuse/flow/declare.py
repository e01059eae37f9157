"""Declare: what we say of a supplier's document, or by lapse of our own, is signed and sent.

The conversation with the authority about it is submit's, as that about a document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import conversation
from acuse.domain.activity import Event, EventKind
from acuse.domain.document import PaymentForm
from acuse.domain.jurisdiction import Counter, Jurisdiction, Purpose
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import (
    PastReception,
    ReceivedDocument,
    Reception,
    ReceptionKind,
    Signatory,
)
from acuse.domain.submission import SubmissionState
from acuse.domain.text import capitalised
from acuse.flow import counters, lanes, outside, wording
from acuse.store import (
    activity,
    buyer_events,
    companies,
    documents,
    interventions,
    received,
    receptions,
    submissions,
)
from acuse.store.receptions import Declared, Subject

OURS = tuple(kind for kind in ReceptionKind if kind is not ReceptionKind.ACCEPTED_BY_LAPSE)
FORMS = frozenset({"person", "reason_code"})  # what a person still fills in


@dataclass(frozen=True, slots=True)
class Offer:
    """A declaration that could come next: what it needs, and why it cannot be now ((): it can)."""

    kind: ReceptionKind
    problems: tuple[Problem, ...]
    needs: frozenset[str]  # of FORMS


def offers(company_id: int, received_id: int, *, at: datetime) -> tuple[Offer, ...]:
    """What could be declared about the received document now, each with what forbids it."""
    company = companies.load(company_id)
    counter = counters.of(company)
    told = received.load(company_id, received_id).document
    done = receptions.declared(company_id, Subject(received_id=received_id))
    number = f"{receptions.SERIES}1"
    found = []
    for kind in OURS:
        intended = Reception(kind, told, number, before=receptions.before(done))
        against = counter.reception_problems(intended, company, at)
        lasting = tuple(problem for problem in against if problem.field not in FORMS)
        needs = FORMS & {problem.field for problem in against}
        found.append(Offer(kind, (*_pending(done, company), *lasting), needs))
    return tuple(found)


def declare(
    company_id: int,
    received_id: int,
    kind: ReceptionKind,
    *,
    reason_code: str = "",
    person: Signatory | None = None,
    note: str = "",
    by: str,
    at: datetime,
) -> int:
    """The id of the signed declaration, on its way to the authority. Raises Blocked."""
    told = received.load(company_id, received_id).document
    intended = Reception(kind, told, "", reason_code=reason_code, note=note, person=person)
    return _declare(company_id, Subject(received_id=received_id), intended, by=by, at=at)


def who(
    company_id: int,
    received_id: int,
    kind: ReceptionKind,
    told: Signatory | None,
    *,
    at: datetime,
) -> Signatory | None:
    """Who received, where the declaration says it: the one told, or else the last time's."""
    needs = {offer.kind: offer.needs for offer in offers(company_id, received_id, at=at)}
    if "person" not in needs.get(kind, ()):
        return None
    return told or receptions.last_person(company_id)


def accept_by_lapse(company_id: int, document_id: int, *, by: str, at: datetime) -> int:
    """The id of the signed declaration that our document stands accepted: nobody spoke in time.

    Raises Blocked while the buyer may still answer, or where the document is none to be answered.
    """
    told = _our_own(company_id, document_id)
    intended = Reception(ReceptionKind.ACCEPTED_BY_LAPSE, told, "")
    return _declare(company_id, Subject(document_id=document_id), intended, by=by, at=at)


def lapse(company_id: int, document_id: int, *, at: datetime) -> tuple[Problem, ...]:
    """Why our document cannot be declared accepted by lapse now; empty: it can."""
    company = companies.load(company_id)
    try:
        counter = counters.of(company)
        told = _our_own(company_id, document_id)
    except Blocked as blocked:
        return blocked.problems
    subject = Subject(document_id=document_id)
    done = receptions.declared(company_id, subject)
    before = _before(subject, counter, done)
    intended = Reception(
        ReceptionKind.ACCEPTED_BY_LAPSE, told, f"{receptions.SERIES}1", before=before
    )
    return (*_pending(done, company), *counter.reception_problems(intended, company, at))


def retry(company_id: int, reception_id: int, *, by: str, at: datetime) -> bool:
    """Whether the declaration's stuck conversation goes on, with a question."""
    with transaction.atomic():
        step = conversation.retried(SubmissionState.STUCK, at)
        if not interventions.retry_about(company_id, step, reception_id=reception_id):
            return False
        about = receptions.about(reception_id).document_id
        activity.record(company_id, about, Event(at, EventKind.SUBMISSION_RETRIED, by))
        lanes.nudge(lanes.submit(companies.load(company_id).jurisdiction))
    return True


def _declare(
    company_id: int, subject: Subject, intended: Reception, *, by: str, at: datetime
) -> int:
    at = at.replace(microsecond=0)  # authorities write seconds
    with transaction.atomic():
        number = receptions.next_number(company_id)  # the company is held from here on
        company = companies.load(company_id)
        jurisdiction = jurisdictions.find(company.jurisdiction)
        counter = counters.of(company)
        done = receptions.declared(company_id, subject)
        intended = replace(intended, number=number, before=_before(subject, counter, done))
        against = (
            *_lacking(jurisdiction, company, at),
            *_pending(done, company),
            *counter.reception_problems(intended, company, at),
        )
        if against:
            raise Blocked(against)
        traits = jurisdiction.traits
        draws = outside.with_file(outside.draws(), traits, company.id, traits.day(at))
        credential = outside.credential(company)
        sealed = counter.seal_reception(intended, company, draws, credential, at)
        reception_id = receptions.save(
            company_id,
            subject,
            intended.kind,
            sealed,
            reason_code=intended.reason_code,
            note=intended.note,
            person=intended.person,
            by=by,
            at=at,
        )
        submissions.open_about(company_id, company.jurisdiction, at=at, reception_id=reception_id)
        activity.record(company_id, subject.document_id, _declared(reception_id, intended, by, at))
        lanes.nudge(lanes.submit(company.jurisdiction))
    return reception_id


def _lacking(jurisdiction: Jurisdiction, company: Company, at: datetime) -> tuple[Problem, ...]:
    """What the company lacks for signing; a declaration needs no range, nor the key of one."""
    secrets = {f"company.secrets.{secret.name}" for secret in jurisdiction.traits.secrets}
    return tuple(
        problem
        for problem in jurisdiction.company_problems(company, at, Purpose.ISSUE)
        if problem.field != "company.numberTemplates"
        and (problem.field in secrets or not problem.field.startswith("company.secrets."))
    )


def _before(
    subject: Subject, counter: Counter, done: tuple[Declared, ...]
) -> tuple[PastReception, ...]:
    """What is registered about it: by us, and about our own document by its buyer."""
    ours = receptions.before(done)
    if subject.document_id is None:
        return ours
    theirs = (
        PastReception(counter.events[code], at)
        for code, at in buyer_events.moments(subject.document_id)
        if code in counter.events
    )
    return tuple(sorted((*theirs, *ours), key=lambda one: one.at))


def _our_own(company_id: int, document_id: int) -> ReceivedDocument:
    """Our accepted document as its buyer has it. Raises Blocked where it is not accepted."""
    issued = documents.load(document_id)
    verdict = documents.verdict(document_id)
    document = issued.document
    if issued.company_id != company_id or verdict is None or not verdict.outcome.accepts:
        raise Blocked([_not_accepted()])
    kind = jurisdictions.find(issued.issuer.jurisdiction).traits.kind(document.kind)
    assert kind is not None
    assert document.date is not None
    return ReceivedDocument(
        kind_code=kind.contingency if document.contingency else kind.code,
        kind_name=kind.name,
        number=issued.sealed.number,
        fiscal_id=issued.sealed.fiscal_id,
        issued_on=document.date,
        issuer=issued.issuer.tax_id,
        issuer_name=issued.issuer.legal_name,
        receiver=document.counterparty.tax_id,
        receiver_name=document.counterparty.name,
        currency=document.currency,
        total=issued.total,
        on_credit=document.payment.form is PaymentForm.CREDIT,
        content=issued.sealed.content,
        receipt=verdict.receipt or b"",
        issuer_email=issued.issuer.email,
    )


def _declared(reception_id: int, told: Reception, by: str, at: datetime) -> Event:
    facts = {
        "reception": reception_id,
        "number": told.number,
        "kind": told.kind.value,
        "words": wording.reception(told.kind),
        "about": told.document.number,
        "reason_code": told.reason_code,
    }
    return Event(at, EventKind.RECEPTION_DECLARED, by, facts)


def _pending(done: tuple[Declared, ...], company: Company) -> tuple[Problem, ...]:
    """Against declaring while an earlier declaration has no answer: the order is not known."""
    authority = jurisdictions.find(company.jurisdiction).traits.words.authority
    return tuple(
        Problem(
            "kind",
            "XX-REC-2",
            f"{capitalised(authority)} todavía no responde por {wording.reception(one.kind)} "
            f"{one.number}. Espera su respuesta: el orden de lo que se declara importa.",
        )
        for one in done
        if one.outcome is None
    )


def _not_accepted() -> Problem:
    return Problem(
        "document",
        "XX-REC-3",
        "Solo se declara sobre un documento que la autoridad aceptó. Mira su estado en Actividad.",
    )
