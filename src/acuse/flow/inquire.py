"""Inquire: questions to the authority about no document in conversation.

Transact (what is asked, and that it is), talk, transact (what was new).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.counter import Counter
from acuse.domain.jurisdiction import Desk, Jurisdiction, desk_for
from acuse.domain.party import TaxId
from acuse.domain.problem import Blocked, Problem
from acuse.domain.question import (
    Answer,
    BuyerEvent,
    ContactGiven,
    EventsGiven,
    Question,
    Topic,
)
from acuse.domain.received import ReceptionKind
from acuse.domain.submission import Call, NoAnswer, Refused
from acuse.domain.text import capitalised
from acuse.flow import endpoints, outside
from acuse.store import activity, buyer_events, channels, companies, documents

BATCH = 20
LAST_WORD = (ReceptionKind.ACCEPTED, ReceptionKind.CLAIMED, ReceptionKind.ACCEPTED_BY_LAPSE)


class Busy(Blocked):
    """Not at this moment: the company's rate or the authority's breaker says so."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question that may be asked now."""

    question: Question
    desk: Desk
    call: Call
    authority: str


def ask(company_id: int, question: Question, *, at: datetime) -> Answer:
    """What the authority answers now. Raises Blocked where it may not be asked at this moment."""
    with transaction.atomic():
        prepared = _prepare(company_id, question, at)
    return _talk(prepared)


def fetch_events(
    company_id: int, document_id: int, *, by: str = SYSTEM, at: datetime
) -> tuple[BuyerEvent, ...]:
    """What buyers declared since the last time, now kept and in the document's Actividad.

    Raises Blocked where the authority cannot be asked or gives no answer.
    """
    with transaction.atomic():
        buyer_events.asked(document_id, at=at)
        prepared = _prepare(company_id, _about(document_id), at)
    return _keep(company_id, document_id, _talk(prepared), prepared.authority, by=by, at=at)


def fetch_due(jurisdiction: str, *, at: datetime) -> int:
    """How many documents were asked about: accepted ones that a buyer may still answer."""
    asked = 0
    for company_id, document_id in due(jurisdiction, at=at, limit=BATCH):
        prepared = _claim(company_id, document_id, at)
        if prepared is None:
            continue
        asked += 1
        try:
            answer, now = _talk(prepared), outside.now()
            _keep(company_id, document_id, answer, prepared.authority, by=SYSTEM, at=now)
        except Blocked:
            continue  # it is asked again when its time comes
    return asked


def _claim(company_id: int, document_id: int, at: datetime) -> Prepared | None:
    """The question, noted before it is asked: no two workers ask it; None where it waits."""
    try:
        with transaction.atomic():
            if not buyer_events.claim(document_id, at=at):
                return None
            return _prepare(company_id, _about(document_id), outside.now())
    except Busy:
        return None  # still due: the next turn takes it
    except Blocked:  # such as a company without a certificate: others come first
        with transaction.atomic():
            buyer_events.claim(document_id, at=at)
        return None


def due(jurisdiction: str, *, at: datetime, limit: int) -> tuple[tuple[int, int], ...]:
    """Company and document of those that it is time to ask about."""
    if _answered(jurisdictions.find(jurisdiction)) is None:
        return ()
    return buyer_events.due(jurisdiction, at=at, limit=limit)


def follow(document_id: int, jurisdiction: Jurisdiction, *, at: datetime) -> None:
    """What was accepted now is asked about in its time, where its buyer may declare something.

    In the caller's transaction.
    """
    counter = _answered(jurisdiction)
    if counter is not None:
        kinds = [kind.value for kind in counter.answered]
        buyer_events.follow(document_id, kinds=kinds, at=at)


def _answered(jurisdiction: Jurisdiction) -> Counter | None:
    """The counter of a country whose authority can be asked what buyers declared."""
    return jurisdiction.counter if desk_for(jurisdiction, Topic.EVENTS) else None


def suggest_contact(company_id: int, tax_id: TaxId, *, at: datetime) -> ContactGiven | None:
    """What the authority knows of the buyer, None where nothing; one buyer at a time.

    Raises Blocked where the authority cannot be asked or gives no answer.
    """
    with transaction.atomic():
        prepared = _prepare(company_id, Question(Topic.CONTACT, subject=tax_id), at)
    answer = _talk(prepared)
    if isinstance(answer, NoAnswer | Refused):
        raise Blocked([_silent(prepared.authority, answer)])
    return answer if isinstance(answer, ContactGiven) else None


def _about(document_id: int) -> Question:
    return Question(Topic.EVENTS, fiscal_id=documents.sealed(document_id).fiscal_id)


def _prepare(company_id: int, question: Question, at: datetime) -> Prepared:
    """The call that asks, its token taken; in the caller's transaction. Raises Blocked."""
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    authority = jurisdiction.traits.words.authority
    desk = desk_for(jurisdiction, question.topic)
    if desk is None:
        raise Blocked([_nobody(authority)])
    call = desk.ask(question, company, outside.credential(company), at)
    if call is None:
        raise Blocked([_not_by_that(authority)])
    rate = jurisdiction.traits.calls_per_second
    wait = channels.breaker_wait(outside.endpoint(call), at=at)
    wait = wait or channels.take_token(company_id, rate=rate, at=at)
    if wait:
        raise Busy([_busy(authority, wait)])
    return Prepared(question, desk, call, authority)


def _talk(prepared: Prepared) -> Answer:
    """The answer, outside any transaction; its endpoint's breaker is told how it went."""
    reply = outside.perform(prepared.call)
    endpoints.heard(prepared.call, reply, at=outside.now())
    return prepared.desk.answer(prepared.question, reply)


def _keep(
    company_id: int, document_id: int, answer: Answer, authority: str, *, by: str, at: datetime
) -> tuple[BuyerEvent, ...]:
    """The events of the answer that were new; raises Blocked where there was none."""
    if isinstance(answer, NoAnswer | Refused):
        raise Blocked([_silent(authority, answer)])
    if not isinstance(answer, EventsGiven):
        return ()
    return heard(company_id, document_id, answer.events, by=by, at=at)


def heard(
    company_id: int, document_id: int, told: tuple[BuyerEvent, ...], *, by: str, at: datetime
) -> tuple[BuyerEvent, ...]:
    """Those that were new, now kept and in the document's Actividad; `by` asked, or passed on."""
    with transaction.atomic():
        new = buyer_events.keep(document_id, told, at=at)
        if told and _last_word(company_id, told):
            buyer_events.rest(document_id)
        activity.record(company_id, document_id, *(_event(one, asked_by=by, at=at) for one in new))
    return new


def _last_word(company_id: int, told: tuple[BuyerEvent, ...]) -> bool:
    counter = jurisdictions.find(companies.load(company_id).jurisdiction).counter
    return counter is not None and any(counter.events.get(one.code) in LAST_WORD for one in told)


def _event(told: BuyerEvent, *, asked_by: str, at: datetime) -> Event:
    facts = {
        "code": told.code,
        "text": told.text,
        "by": told.by,
        "reason": told.reason,
        "declared_at": told.at.isoformat() if told.at else "",
        "asked_by": asked_by,
    }
    return Event(at, EventKind.BUYER_DECLARED, SYSTEM, facts)


def _nobody(authority: str) -> Problem:
    return Problem(
        "authority", "XX-INQ-1", f"{capitalised(authority)} no atiende consultas desde aquí."
    )


def _not_by_that(authority: str) -> Problem:
    text = f"{capitalised(authority)} no busca por esa identificación. Revisa su tipo y su número."
    return Problem("identificationObject.number", "XX-INQ-5", text)


def _busy(authority: str, wait: timedelta) -> Problem:
    seconds = max(1, round(wait.total_seconds()))
    text = f"{capitalised(authority)} no admite otra consulta todavía. Inténtalo en {seconds} s."
    return Problem("authority", "XX-INQ-2", text)


def _silent(authority: str, answer: NoAnswer | Refused) -> Problem:
    if isinstance(answer, Refused):
        return Problem("authority", "XX-INQ-3", answer.text)
    text = f"{capitalised(authority)} no respondió. No se perdió nada: inténtalo más tarde."
    return Problem("authority", "XX-INQ-4", text)
