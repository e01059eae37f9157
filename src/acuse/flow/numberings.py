"""Numberings: the ranges that the authority gave, read from its service."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.jurisdiction import Jurisdiction, Traits
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.question import Question, RangesGiven, Topic
from acuse.domain.submission import Reply
from acuse.domain.text import capitalised
from acuse.flow import outside
from acuse.store import activity, companies


def fetch(company_id: int, *, by: str, at: datetime) -> tuple[int, int]:
    """How many ranges of the authority were new, and how many known; their keys are kept wrapped.

    A known one takes the dates and the end that the authority tells now (it was prolonged), and
    keeps its next number and the kind that a person gave it. Raises Blocked where the authority
    gives none, or does not answer.
    """
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    given = _ask(jurisdiction, company, at)
    with transaction.atomic():
        companies.lock(company_id)
        known = _given_before(companies.load(company_id), jurisdiction.traits)
        new = 0
        for one in given.ranges:
            before = known.get((one.series, one.first))
            if before is None:
                companies.add_range(company_id, one)
                new += 1
            else:
                companies.renew_range(before.id, one)
        for name, value in given.secrets.items():
            wrapped = outside.wrap_secret(company_id, name, value)
            companies.set_secret(company_id, name, wrapped)
        facts = {"added": new, "known": len(given.ranges) - new}
        activity.record(company_id, None, Event(at, EventKind.RANGES_FETCHED, by, facts))
    return new, len(given.ranges) - new


def _given_before(company: Company, traits: Traits) -> dict[tuple[str, int], NumberingRange]:
    """The company's authorised ranges; the authority does not tell of which kind each one is."""
    authorised = {told.kind for told in traits.kinds if told.authorised}
    return {(one.series, one.first): one for one in company.ranges if one.kind in authorised}


def _ask(jurisdiction: Jurisdiction, company: Company, at: datetime) -> RangesGiven:
    """The authority's answer; the question holds no transaction open."""
    desk, traits = jurisdiction.desk, jurisdiction.traits
    if desk is None:
        raise Blocked([_no_service(traits)])
    question = Question(Topic.RANGES)
    call = desk.ask(question, company, outside.credential(company), at)
    reply = outside.perform(call)
    answer = desk.answer(question, reply)
    if isinstance(answer, RangesGiven) and answer.ranges:
        return answer
    words = getattr(answer, "text", "") or getattr(answer, "reason", "")
    if isinstance(reply, Reply) and not words:
        words = "respondió sin numeraciones"
    raise Blocked([_none_given(traits, words)])


def _none_given(traits: Traits, words: str) -> Problem:
    told = f" Dijo: {words}." if words else ""
    authority = capitalised(traits.words.authority)
    text = (
        f"{authority} no dio numeraciones.{told} Revisa que los prefijos estén "
        "asociados al software en el portal y vuelve a intentarlo."
    )
    return Problem("ranges", "XX-ENR-6", text)


def _no_service(traits: Traits) -> Problem:
    authority = capitalised(traits.words.authority)
    text = f"{authority} no da las numeraciones por su servicio. Agrégalas a mano."
    return Problem("ranges", "XX-ENR-11", text)
