"""Numberings: ranges added by hand, changed, and read from the authority's service."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.jurisdiction import Jurisdiction, Purpose, desk_for
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.question import Question, RangesGiven, Topic
from acuse.domain.text import capitalised
from acuse.domain.traits import Traits
from acuse.flow import inquire, outside
from acuse.store import activity, companies


def add(company_id: int, added: NumberingRange, *, secret: str = "", at: datetime) -> int:
    """The id of the new range. Raises Blocked with what is wrong with it, and then it is not kept.

    A range that breaks a rule would keep the whole company from issuing. `secret` is what its
    authority gave with it, where it gives such (`traits.range_secret`).
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        _refuse(company, added, company.ranges, at)
        if secret:
            _keep_secret(company, added, secret)
        return companies.add_range(company_id, added)


def _keep_secret(company: Company, added: NumberingRange, secret: str) -> None:
    """Keep what belongs to the range alone, wrapped. Raises Blocked where it cannot be right."""
    jurisdiction = jurisdictions.find(company.jurisdiction)
    spec = jurisdiction.traits.range_secret
    if spec is None:
        return
    name = spec.name.format(series=added.series, **added.extra)
    problems = jurisdiction.secret_problems(name, secret)
    if problems:
        raise Blocked(problems)
    companies.set_secret(company.id, name, outside.wrap_secret(company.id, name, secret))


def set_active(company_id: int, range_id: int, active: bool) -> bool:
    """Whether the company has that range; inactive, it numbers nothing."""
    with transaction.atomic():
        return companies.set_range_active(company_id, range_id, active)


def set_kind(company_id: int, range_id: int, kind: DocumentKind, *, at: datetime) -> None:
    """Say of which kind a range is, which its authority does not tell.

    Raises Blocked where it numbered a document already, or breaks a rule of the new kind.
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        others = tuple(one for one in company.ranges if one.id != range_id)
        chosen = next((one for one in company.ranges if one.id == range_id), None)
        if chosen is None:
            raise Blocked([_used(chosen)])
        _refuse(company, replace(chosen, kind=kind), others, at)
        if not companies.set_range_kind(company_id, range_id, kind):
            raise Blocked([_used(chosen)])


def _refuse(
    company: Company, one: NumberingRange, others: tuple[NumberingRange, ...], at: datetime
) -> None:
    """Raise Blocked with what is wrong with the range beside the others."""
    clash = next((other for other in others if _overlap(one, other)), None)
    if clash is not None:
        raise Blocked([_taken(clash)])
    jurisdiction = jurisdictions.find(company.jurisdiction)

    def told(ranges: tuple[NumberingRange, ...]) -> tuple[Problem, ...]:
        changed = replace(company, ranges=ranges)
        return jurisdiction.company_problems(changed, at, Purpose.ISSUE)

    before = {(problem.code, problem.text) for problem in told(others)}
    wrong = [
        problem
        for problem in told((one, *others))
        if problem.field.startswith("company.numberTemplates.")
        and (problem.code, problem.text) not in before
    ]
    if wrong:
        raise Blocked(wrong)


def _overlap(one: NumberingRange, other: NumberingRange) -> bool:
    same = (one.kind, one.series) == (other.kind, other.series)
    return same and one.first <= other.last and other.first <= one.last


def fetch(company_id: int, *, by: str, at: datetime) -> tuple[int, int]:
    """How many ranges of the authority were new, and how many known; their keys are kept wrapped.

    A known one takes the dates and the end that the authority tells now (it was prolonged), and
    keeps its next number and the kind that a person gave it. Raises Blocked where the authority
    gives none, or does not answer.
    """
    jurisdiction = jurisdictions.find(companies.load(company_id).jurisdiction)
    given = _ask(company_id, jurisdiction, at)
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


def _ask(company_id: int, jurisdiction: Jurisdiction, at: datetime) -> RangesGiven:
    """The ranges that the authority tells; raises Blocked where it tells none."""
    if desk_for(jurisdiction, Topic.RANGES) is None:
        raise Blocked([_no_service(jurisdiction.traits)])
    answer = inquire.ask(company_id, Question(Topic.RANGES), at=at)
    if isinstance(answer, RangesGiven) and answer.ranges:
        return answer
    words = getattr(answer, "text", "") or getattr(answer, "reason", "")
    raise Blocked([_none_given(jurisdiction.traits, words or "respondió sin numeraciones")])


def _taken(other: NumberingRange) -> Problem:
    name = other.series or "(sin prefijo)"
    text = (
        f"La numeración {name} ya existe del {other.first} al {other.last} para ese documento. "
        "Escribe números que no se crucen con ella, u otra serie."
    )
    return Problem("company.numberTemplates.0.prefix", "XX-NUM-6", text)


def _used(chosen: NumberingRange | None) -> Problem:
    name = chosen.series if chosen else "esa"
    text = f"La numeración {name} ya numeró documentos o no existe: no cambia de tipo."
    return Problem("company.numberTemplates", "XX-NUM-7", text)


def _none_given(traits: Traits, words: str) -> Problem:
    authority = capitalised(traits.words.authority)
    text = (
        f"{authority} no dio numeraciones. Dijo: {words}. Revisa que los prefijos estén "
        "asociados al software en el portal y vuelve a intentarlo."
    )
    return Problem("ranges", "XX-ENR-6", text)


def _no_service(traits: Traits) -> Problem:
    authority = capitalised(traits.words.authority)
    text = f"{authority} no da las numeraciones por su servicio. Agrégalas a mano."
    return Problem("ranges", "XX-ENR-11", text)
