"""The list by cause, and all of one cause a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from acuse import jurisdictions
from acuse.domain.failure import HELD, Cause
from acuse.domain.jurisdiction import Purpose
from acuse.domain.problem import Problem
from acuse.flow import causes, outside
from acuse.store import failing, failures
from acuse.store.failures import Failure
from acuse.web import pauses
from acuse.web.access import CompanyRequest, for_company
from acuse.web.failures import actions
from acuse.web.failures.actions import Action
from acuse.web.paging import before

PAGE = 30
FIRST = 5  # of each cause on the page of all


@dataclass(frozen=True, slots=True)
class Shown:
    """A cause as it is drawn."""

    cause: Cause
    title: str
    sentence: str
    many: int
    rows: tuple[Failure, ...]
    actions: tuple[Action, ...]  # on all of it
    on_row: tuple[Action, ...]
    on_held: tuple[Action, ...]  # on a row whose address mail is held to
    held: bool  # its mail waits, and a person may have delivered it otherwise
    addressed: bool  # the address can be mended in its row
    lacking: tuple[Problem, ...]

    @property
    def upto(self) -> int:
        """The newest key on the screen: what came later is not acted on unseen."""
        return self.rows[0].id if self.rows else 0


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """Every cause that has something, with its first rows: one query for each."""
    counts = failing.counts(request.company.id, at=outside.now())
    groups = [shown(request, cause, many, limit=FIRST) for cause, many in counts.items()]
    context = {
        "section": "failures",
        "groups": groups,
        "many": sum(counts.values()),
        "pause": pauses.of(request.company),
    }
    return render(request, "failures/list.html", context)


@for_company
def group(request: CompanyRequest, cause: str) -> HttpResponse:
    """One cause, newest first, a page by key."""
    wanted = known(cause)
    many = failing.counts(request.company.id, at=outside.now()).get(wanted, 0)
    found = shown(request, wanted, many, limit=PAGE + 1, key=before(request))
    older = found.rows[PAGE - 1].id if len(found.rows) > PAGE else None
    context = {
        "section": "failures",
        "group": found,
        "rows": found.rows[:PAGE],
        "older": older,
        "below": before(request),
        "pause": pauses.of(request.company) if wanted is Cause.OUR_SERVER else None,
    }
    return render(request, "failures/group.html", context)


def shown(
    request: CompanyRequest, cause: Cause, many: int, *, limit: int, key: int | None = None
) -> Shown:
    """The cause with its rows below the key."""
    at = outside.now()
    company = request.company
    jurisdiction = jurisdictions.find(company.jurisdiction)
    rows = failures.page(company.id, cause, at=at, before=key, limit=limit)
    lacking: tuple[Problem, ...] = ()
    if cause is Cause.COMPANY_INCOMPLETE:
        lacking = tuple(jurisdiction.company_problems(company, at, Purpose.MAIL))
    return Shown(
        cause=cause,
        title=causes.title(cause, jurisdiction.traits),
        sentence=causes.sentence(cause, jurisdiction.traits),
        many=many,
        rows=rows,
        actions=_of_all(cause, rows),
        on_row=actions.of_row(cause, suppressed=False),
        on_held=actions.of_row(cause, suppressed=True),
        held=cause in HELD,
        addressed=cause in actions.ADDRESSED,
        lacking=lacking,
    )


def _of_all(cause: Cause, rows: tuple[Failure, ...]) -> tuple[Action, ...]:
    """What can be done about all of it: no trying again where mail to each address is held."""
    none = bool(rows) and all(one.suppressed for one in rows)
    return tuple(one for one in actions.of(cause) if one is not actions.RETRY or not none)


def known(cause: str) -> Cause:
    """The cause of that name; 404 without one."""
    try:
        return Cause(cause)
    except ValueError as error:
        raise Http404 from error
