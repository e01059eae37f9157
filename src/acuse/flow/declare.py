"""Declare: what we say of a supplier's document, or by lapse of our own, is signed and sent.

The conversation with the authority about it is submit's, as that about a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import conversation
from acuse.domain.activity import Event, EventKind
from acuse.domain.counter import Counter
from acuse.domain.jurisdiction import Jurisdiction, Purpose
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import (
    Declarable,
    PastReception,
    Reception,
    ReceptionKind,
    Signatory,
)
from acuse.domain.submission import SubmissionState
from acuse.domain.text import capitalised
from acuse.domain.traits import FieldSpec
from acuse.flow import counters, lanes, outside, wording
from acuse.flow.as_received import as_received
from acuse.store import (
    activity,
    buyer_events,
    companies,
    interventions,
    received,
    receptions,
    submissions,
)
from acuse.store.receptions import Declared, Subject

FORMS = frozenset({"person", "reason_code", "note"})  # what a person still fills in …
OWN = "extra."  # … and every field of the country's own


@dataclass(frozen=True, slots=True)
class Offer:
    """A declaration that could come next: what it needs, and why it cannot be now ((): it can)."""

    declarable: Declarable
    problems: tuple[Problem, ...]
    needs: frozenset[str]  # of FORMS
    fields: tuple[FieldSpec, ...]  # the country's own

    @property
    def kind(self) -> ReceptionKind:
        """What would be declared."""
        return self.declarable.kind


def offers(company_id: int, received_id: int, *, at: datetime) -> tuple[Offer, ...]:
    """What could be declared about the received document now, each with what forbids it."""
    company = companies.load(company_id)
    counter = counters.of(company)
    told = received.load(company_id, received_id).document
    done = receptions.declared(company_id, Subject(received_id=received_id))
    found = []
    for one in counter.declarables:
        if one.by_issuer:
            continue
        number = counter.series(one.kind, company).number(1)
        intended = Reception(one.kind, told, number, before=receptions.before(done))
        against = counter.reception_problems(intended, company, at)
        lasting = tuple(problem for problem in against if not _is_filled_in(problem.field))
        needs = FORMS & {problem.field for problem in against}
        fields = counter.fields(one.kind, told, company)
        found.append(Offer(one, (*_pending(done, company, counter), *lasting), needs, fields))
    return tuple(found)


def declare(
    company_id: int,
    received_id: int,
    kind: ReceptionKind,
    *,
    reason_code: str = "",
    person: Signatory | None = None,
    note: str = "",
    extra: Mapping[str, Any] | None = None,
    by: str,
    at: datetime,
) -> int:
    """The id of the signed declaration, on its way to the authority. Raises Blocked.

    `extra` holds the country's own fields, by their names and types.
    """
    told = received.load(company_id, received_id).document
    intended = Reception(
        kind, told, "", reason_code=reason_code, note=note, person=person, extra=extra or {}
    )
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
    told = as_received(company_id, document_id)
    intended = Reception(ReceptionKind.ACCEPTED_BY_LAPSE, told, "")
    return _declare(company_id, Subject(document_id=document_id), intended, by=by, at=at)


def lapse(company_id: int, document_id: int, *, at: datetime) -> tuple[Problem, ...]:
    """Why our document cannot be declared accepted by lapse now; empty: it can."""
    company = companies.load(company_id)
    try:
        counter = counters.of(company)
        told = as_received(company_id, document_id)
    except Blocked as blocked:
        return blocked.problems
    subject = Subject(document_id=document_id)
    done = receptions.declared(company_id, subject)
    before = _before(subject, counter, done)
    kind = ReceptionKind.ACCEPTED_BY_LAPSE
    if not _known(counter, kind):
        return (_not_here(company),)
    number = counter.series(kind, company).number(1)
    intended = Reception(kind, told, number, before=before)
    return (*_pending(done, company, counter), *counter.reception_problems(intended, company, at))


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
        companies.lock(company_id)  # until commit: numbers and the order hang from it
        company = companies.load(company_id)
        jurisdiction = jurisdictions.find(company.jurisdiction)
        counter = counters.of(company)
        if not _known(counter, intended.kind):
            raise Blocked([_not_here(company)])
        number = receptions.next_number(company_id, counter.series(intended.kind, company))
        done = receptions.declared(company_id, subject)
        intended = replace(intended, number=number, before=_before(subject, counter, done))
        against = (
            *_lacking(jurisdiction, company, at),
            *_pending(done, company, counter),
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
            extra=intended.extra,
            by=by,
            at=at,
        )
        submissions.open_about(company_id, company.jurisdiction, at=at, reception_id=reception_id)
        words = wording.reception(intended.kind, counter)
        event = _declared(reception_id, intended, words, by, at)
        activity.record(company_id, subject.document_id, event)
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


def _declared(reception_id: int, told: Reception, words: str, by: str, at: datetime) -> Event:
    facts = {
        "reception": reception_id,
        "number": told.number,
        "kind": told.kind.value,
        "words": words,
        "about": told.document.number,
        "reason_code": told.reason_code,
    }
    return Event(at, EventKind.RECEPTION_DECLARED, by, facts)


def _is_filled_in(field: str) -> bool:
    """Whether a problem of that field is mended in the form itself."""
    return field in FORMS or field.startswith(OWN)


def _known(counter: Counter, kind: ReceptionKind) -> bool:
    return any(one.kind is kind for one in counter.declarables)


def _not_here(company: Company) -> Problem:
    country = jurisdictions.find(company.jurisdiction).traits.words.country
    return Problem("kind", "XX-REC-7", f"En {country} no se declara eso de un documento.")


def _pending(done: tuple[Declared, ...], company: Company, counter: Counter) -> tuple[Problem, ...]:
    """Against declaring while an earlier declaration has no answer: the order is not known."""
    authority = jurisdictions.find(company.jurisdiction).traits.words.authority
    return tuple(
        Problem(
            "kind",
            "XX-REC-2",
            f"{capitalised(authority)} todavía no responde por "
            f"{wording.reception(one.kind, counter)} "
            f"{one.number}. Espera su respuesta: el orden de lo que se declara importa.",
        )
        for one in done
        if one.outcome is None
    )
