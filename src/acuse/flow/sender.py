"""Sender: by which road a company's mail leaves, and under which address; set and cleared.

What waited only for a road leaves once there is one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.alarm import Trouble
from acuse.domain.email_address import Fine, Refused, judge
from acuse.domain.party import Environment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.route import RouteKind, Wanted, wanted_problems
from acuse.flow import lanes, outside, release, roads
from acuse.store import activity, alarms, companies, holds, recipients, routes, senders

log = structlog.get_logger()


def checked(company_id: int | None, wanted: Wanted) -> Wanted:
    """The road as it would be kept, its sender cleaned. Raises Blocked with all that is wrong."""
    installation = company_id is None
    problems = list(
        wanted_problems(wanted, installation=installation, private=settings.PRIVATE_MAILBOXES)
    )
    judged = judge(wanted.sender, rehearsal=_lenient(company_id))
    if isinstance(judged, Fine):
        wanted = replace(wanted, sender=judged.address)
    else:
        told = judged.reason if isinstance(judged, Refused) else judged.question
        problems.append(Problem("sender", "XX-ROU-2", told))
    if problems:
        raise Blocked(problems)
    return wanted


def secret(company_id: int | None, wanted: Wanted, told: str) -> str:
    """The password (or key) that goes with the road: the told one, else the kept one.

    The kept one is for the same server, user and provider only: whoever may edit the form could
    have it sent to his own. Raises Blocked where one is needed.
    """
    if told or wanted.kind is RouteKind.DOMAIN:
        return told
    kept = routes.kept(company_id)
    if (
        kept is not None
        and kept.route.wrapped_password
        and _same(routes.wanted(kept.route), wanted)
    ):
        return roads.secret(kept.route)
    if wanted.kind is RouteKind.PROVIDER:
        raise Blocked([Problem("password", "XX-ROU-3", "Escribe la clave del proveedor.")])
    if wanted.username:
        raise Blocked([Problem("password", "XX-ROU-3", "Escribe la contraseña del usuario.")])
    return ""


def save(company_id: int | None, wanted: Wanted, told: str, *, by: str, at: datetime) -> None:
    """Keep the road of the company, or of the installation (None); waiting mail takes it at once.

    Raises Blocked where it cannot be right.
    """
    wanted = checked(company_id, wanted)
    plain = secret(company_id, wanted, told)
    wrapped = outside.wrap_secret(company_id or 0, roads.SECRET, plain) if plain else None
    with transaction.atomic():
        if company_id is not None:
            companies.lock(company_id)
            _moot(company_id, wanted, at)
        routes.save(company_id, wanted, wrapped)
        facts = {
            "kind": wanted.kind.value,
            "sender": wanted.sender,
            "host": wanted.host,
            "provider": wanted.provider or "",
        }
        _told(company_id, EventKind.ROUTE_SAVED, facts, by, at)
    _let_go(company_id, at)


def clear(company_id: int | None, *, by: str, at: datetime) -> bool:
    """Whether there was a road of its own; the company's mail takes the installation's now."""
    with transaction.atomic():
        if company_id is not None:
            companies.lock(company_id)
            _moot(company_id, None, at)
        if not routes.clear(company_id):
            return False
        _told(company_id, EventKind.ROUTE_CLEARED, {}, by, at)
    _let_go(company_id, at)
    return True


def _moot(company_id: int, wanted: Wanted | None, at: datetime) -> None:
    """What mails do not come from any more need not be proved: its alarm is over."""
    kept = senders.of(company_id)
    if kept is None:
        return
    kind, domain = kept.kind, kept.domain
    same = wanted and (wanted.kind, wanted.sender.rpartition("@")[2].lower()) == (kind, domain)
    if not same:
        for trouble in Trouble:
            alarms.over(company_id, trouble, at=at)


def _let_go(company_id: int | None, at: datetime) -> None:
    """What waited for want of a road, or for the one before, leaves."""
    waiting = holds.companies_with_holds() if company_id is None else (company_id,)
    for one in waiting:
        release.release(one, at=at)
    shared = routes.kept(None) if company_id is None else None
    users = routes.users(shared) if shared else waiting
    with transaction.atomic():
        recipients.wake(users, at=at)
        lanes.nudge(lanes.DELIVER)


def _same(kept: Wanted, wanted: Wanted) -> bool:
    return (kept.kind, kept.host, kept.username, kept.provider) == (
        wanted.kind,
        wanted.host,
        wanted.username,
        wanted.provider,
    )


def _told(
    company_id: int | None, kind: EventKind, facts: dict[str, str], by: str, at: datetime
) -> None:
    """In the company's timeline; the installation has none, and its log hears of it."""
    if company_id is None:
        log.info("mail route", event_kind=kind.value, by=by, host=facts.get("host", ""))
    else:
        activity.record(company_id, None, Event(at, kind, by, facts))


def _lenient(company_id: int | None) -> bool:
    """Whether a domain may be one that the internet does not have: the operator knows his own."""
    return company_id is None or companies.environment(company_id) is not Environment.PRODUCTION
