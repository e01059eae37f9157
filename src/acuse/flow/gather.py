"""Gather: issued documents that wait for their day's summary are put into one, and sent.

The conversation with the authority about it is submit's; its verdict is each document's.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from acuse.domain import conversation
from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.batch import BatchKind, Member, MemberAction
from acuse.domain.jurisdiction import Clerk
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.submission import SubmissionState
from acuse.flow import clerks, lanes
from acuse.store import activity, batches, companies, gathered, interventions
from acuse.store.gathered import Gathered

# The field of a problem of one document in a file.
MEMBER = re.compile(r"members\.([0-9]+)(?:\.|$)")
AT_ONCE = 2000  # of one company in one turn; the rest is seen by the next


def gather_all(*, at: datetime) -> int:
    """How many summaries were made: for each company that has documents whose time has come.

    Where one cannot be made, its documents say why and wait; the others' leave.
    """
    made = 0
    for company_id in gathered.companies_waiting():
        try:
            made += gather(company_id, at=at)
        except Blocked as blocked:
            with transaction.atomic():
                gathered.tell_why(company_id, " ".join(one.text for one in blocked.problems))
    return made


def gather(company_id: int, *, by: str = SYSTEM, at: datetime, now: bool = False) -> int:
    """How many summaries of the company were made; `now`: a person does not wait for the hour.

    What no longer goes by summary goes by itself.
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        clerk = clerks.of(company)
        waiting = gathered.waiting(company_id, limit=AT_ONCE)
        waiting = _still_gathered(waiting, clerk, company, at)
        waiting = _in_order(company_id, waiting)
        made = 0
        for day, of_day in groupby(sorted(waiting, key=_day), key=_day):
            documents = tuple(of_day)
            ready = now or clerk.closes(day, company, at) or len(documents) >= clerk.most
            for first in range(0, len(documents) if ready else 0, clerk.most):
                _send(company, documents[first : first + clerk.most], by=by, at=at)
                made += 1
    return made


def gather_instead(company_id: int, document_id: int, *, by: str, at: datetime) -> None:
    """Let a document that waits for a person go by summary. Raises Blocked where it may be held."""
    with transaction.atomic():
        clerks.of(companies.load(company_id))
        step = conversation.gathered(SubmissionState.STUCK, not_held=True)
        if not gathered.gather(company_id, document_id, step):
            raise Blocked([_not_proven()])
        activity.record(company_id, document_id, Event(at, EventKind.DOCUMENT_GATHERED, by))


def retry(company_id: int, batch_id: int, *, by: str, at: datetime) -> bool:
    """Whether the batch's stuck conversation goes on, with a question."""
    with transaction.atomic():
        step = conversation.retried(SubmissionState.STUCK, at)
        if not interventions.retry_about(company_id, step, batch_id=batch_id):
            return False
        event = Event(at, EventKind.SUBMISSION_RETRIED, by)
        for member in batches.members(batch_id):
            activity.record(company_id, member.document_id, event)
        lanes.nudge(lanes.submit(companies.load(company_id).jurisdiction))
    return True


def dissolve(company_id: int, batch_id: int, *, by: str, at: datetime) -> None:
    """Free the documents of a batch that the authority is proven not to hold.

    The next summary takes them; a voiding is asked for anew. Raises Blocked without the proof.
    """
    with transaction.atomic():
        if not interventions.close_batch(company_id, batch_id):
            raise Blocked([_not_proven()])
        number = batches.load(company_id, batch_id).number
        members = batches.members(batch_id)
        batches.tell_fates(batch_id, {one.line: conversation.Fate.RETURNED for one in members})
        facts = {"batch": number, "fate": conversation.Fate.RETURNED.value, "remarks": []}
        for member in members:
            event = Event(at, EventKind.DOCUMENT_RETURNED, by, facts)
            activity.record(company_id, member.document_id, event)


def _still_gathered(
    waiting: tuple[Gathered, ...], clerk: Clerk, company: Company, at: datetime
) -> tuple[Gathered, ...]:
    """Those that go by summary; the company changed its mind about the others."""
    stay = []
    for one in waiting:
        if clerk.gathers(one.document, company):
            stay.append(one)
            continue
        gathered.move(one.document_id, conversation.alone(SubmissionState.GATHERED, at))
        event = Event(at, EventKind.DOCUMENT_ALONE)
        activity.record(company.id, one.document_id, event)
        lanes.nudge(lanes.submit(company.jurisdiction))
    return tuple(stay)


def _in_order(company_id: int, waiting: tuple[Gathered, ...]) -> tuple[Gathered, ...]:
    """Those whose corrected documents are judged: a note never goes before what it corrects."""
    named = tuple({ref.number for one in waiting for ref in one.document.references})
    unjudged = gathered.unjudged(company_id, named)
    return tuple(
        one for one in waiting if not any(ref.number in unjudged for ref in one.document.references)
    )


def _send(company: Company, documents: tuple[Gathered, ...], *, by: str, at: datetime) -> None:
    """Send them in one file, but for those that would have all of it rejected."""
    members = tuple(
        (one.document_id, Member(one.document, one.number, MemberAction.ADD)) for one in documents
    )
    gathered.tell_why(company.id, "")
    try:
        _, number = clerks.send(company, BatchKind.SUMMARY, members, by=by, at=at)
    except Blocked as blocked:
        sound = _leave_out(company, documents, blocked, at)
        if sound:
            _send(company, sound, by=by, at=at)
        return
    event = Event(at, EventKind.DOCUMENT_GATHERED, by, {"batch": number})
    for one in documents:
        activity.record(company.id, one.document_id, event)


def _leave_out(
    company: Company, documents: tuple[Gathered, ...], blocked: Blocked, at: datetime
) -> tuple[Gathered, ...]:
    """The others, once those that the problems name wait for a person; raises what names none."""
    wrong: dict[int, str] = {}
    for problem in blocked.problems:
        found = MEMBER.match(problem.field)
        if found is None:
            raise blocked
        wrong[int(found[1])] = problem.text
    for place, reason in wrong.items():
        step = conversation.after_batch(
            SubmissionState.GATHERED, conversation.Fate.LEFT_OUT, at, reason=reason
        )
        gathered.move(documents[place].document_id, step)
        event = Event(at, EventKind.SUBMISSION_STUCK, facts={"reason": reason})
        activity.record(company.id, documents[place].document_id, event)
    return tuple(one for place, one in enumerate(documents) if place not in wrong)


def _day(one: Gathered) -> date:
    assert one.document.date is not None, "an issued document has its date"
    return one.document.date


def _not_proven() -> Problem:
    return Problem(
        "document",
        "XX-BAT-2",
        "Todavía no: no está probado que la autoridad no lo tenga. Pulsa Reintentar; primero se le "
        "preguntará.",
        rule="reliability.md 5.4 N3",
    )
