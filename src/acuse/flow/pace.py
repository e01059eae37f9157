"""Pace: which mails go now, and what the end of each attempt means for the road it took.

Where we are the problem the road waits, not the documents: they stay as they are, no try of
theirs is spent, and one of them goes first when the pause is over (reliability.md F70, F80).

Notices to a company's people and answers that are handed on take their turn among them. So does a
notice of the very pause: it leaves by the installation's road, whatever closed the company's own;
where that is the same road, what refuses us would refuse the notice, too, and each try beside the
breaker is one more refused log-in. The screens and Actividad tell meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import transaction

from acuse.domain import breaker
from acuse.domain.activity import Event, EventKind
from acuse.domain.breaker import Effect, Road
from acuse.domain.failure import Cause
from acuse.domain.patience import Patience, delay
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage
from acuse.flow import lanes
from acuse.mail import fault
from acuse.store import activity, pacing, recipients, routes
from acuse.store.pacing import Due, Going, Waiting
from acuse.store.recipients import Claim

NOT_TRIED = SmtpOutcome(Stage.CONNECT, 0, "route paused")


class Mail(Protocol):
    """What a worker holds to take a road with: a document's mail, a notice, a person's answer."""

    @property
    def company_id(self) -> int:
        """Whose it is."""

    @property
    def ordinal(self) -> int:
        """Which try this is, counted or not."""

    @property
    def going(self) -> Going:
        """By which road."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What an attempt's end means for its mail, as `recipient.after_attempt` takes it."""

    spared: datetime | None
    own: bool
    shut: bool = False  # the road keeps its mails back by itself


def claim(*, at: datetime, lease: timedelta, limit: int) -> tuple[int, tuple[Claim, ...]]:
    """How many documents' mails were looked at, and those that this worker holds now."""
    with transaction.atomic():
        found, granted = turn(Waiting.DOCUMENTS, at=at, limit=limit)
        return found, recipients.claim(granted, at=at, lease=lease) if granted else ()


def turn(waiting: Waiting, *, at: datetime, limit: int) -> tuple[int, dict[int, Going]]:
    """How many of what waits were looked at, and which of them may go now, counted as gone.

    A road that is shut keeps its mails in their order; the others do not wait for it. Within the
    transaction that claims them.
    """
    default = settings.MAIL_PER_MINUTE or None
    shut = pacing.shut(at=at, default=default)
    found = pacing.due(waiting, at=at, shut=shut, limit=limit)
    by_road: dict[int | None, list[Due]] = defaultdict(list)
    for one in found:
        by_road[one.road].append(one)
    granted: dict[int, Going] = {}
    for road in sorted(by_road, key=lambda road: road or 0):
        granted |= _granted(road, by_road[road], at, default)
    return len(found), granted


def heard(mail: Mail, outcome: SmtpOutcome, patience: Patience, *, at: datetime) -> Meant:
    """Note what the attempt says of its road, and tell what it means for the mail.

    Within the caller's transaction, before the mail's own row is touched.
    """
    effect, going = fault.effect(outcome), mail.going
    now = Road()
    if going.road is not None:
        if effect is Effect.DOUBTED and mail.ordinal > 1:
            now = pacing.standing(going.road)  # of one mail only its first try counts
        elif going.watched or effect is not Effect.WORKED:
            now = _noted(mail, going.road, effect, outcome.text, at)
        else:
            pacing.worked(going.road)
    own = fault.about_the_mail(outcome)
    # What may be the mail's own doing: it is spared only where the others meet it, too.
    alone = effect is Effect.DOUBTED or (effect is Effect.SILENT and outcome.stage is Stage.MAIL)
    if effect is Effect.WORKED or (alone and not now.broken):
        return Meant(None, own)
    wait = at + min(delay(patience.mailing, mail.ordinal), breaker.LONGEST_WAIT)
    if effect is Effect.BUSY:
        wait = at + min(wait - at, breaker.REST)
    return Meant(max(wait, now.paused_until or wait), own, now.shut(at))


def spared(
    mail: Mail, outcome: SmtpOutcome, patience: Patience, *, at: datetime
) -> datetime | None:
    """When a notice or an answer is due again whose road is at fault; None where its try counts.

    What the attempt says of the road is noted. A road that is shut keeps it by itself: it goes when
    the pause ends or a person ends it. Where there is no road at all each try counts.
    """
    with transaction.atomic():
        meant = heard(mail, outcome, patience, at=at)
    if mail.going.road is None:
        return None
    return at if meant.shut else meant.spared


def shut_since(mail: Mail, *, at: datetime) -> bool:
    """Whether its road was shut since it was claimed: no probe, whose road is shut to others."""
    road = mail.going.road
    return road is not None and not mail.going.probe and pacing.is_shut(road, at=at)


def put_back(claimed: Claim, *, at: datetime) -> bool:
    """Whether the mail waits after all: its road was shut since it was claimed."""
    if not shut_since(claimed, at=at):
        return False
    with transaction.atomic():
        back = Move(RecipientState.DEFERRED, at, counted=False)
        recipients.finish(claimed, back, NOT_TRIED, cause=Cause.OUR_SERVER.value, at=at)
    return True


def unused(mail: Mail, *, at: datetime) -> None:
    """The mail was not sent after all: if it was to be the probe, another is."""
    if mail.going.probe and mail.going.road is not None:
        with transaction.atomic():
            pacing.heard(mail.going.road, lambda road: breaker.unproven(road, at))


def resume(company_id: int | None, *, by: str, at: datetime) -> bool:
    """Whether the paused road that the company uses is tried again now, at a person's word.

    None is the installation's.
    """
    found = routes.used(company_id) if company_id is not None else routes.kept(None)
    if found is None:
        return False
    with transaction.atomic():
        changed = pacing.heard(found.id, lambda road: breaker.unproven(road, at))
        if changed is None or not changed[0].shut(at):
            return False
        if company_id is not None:
            activity.record(company_id, None, Event(at, EventKind.ROUTE_RESUMED, by))
    with transaction.atomic():  # the road's row is not held any more: claims lock the mails first
        recipients.wake(routes.users(found), at=at)
        lanes.nudge(lanes.DELIVER)
    return True


def proved(company_id: int, *, at: datetime) -> None:
    """A trial went through the road that the company uses: it is open, and what waited goes."""
    found = routes.used(company_id)
    if found is None or not (found.road.broken or found.road.shut(at)):
        return
    with transaction.atomic():
        pacing.heard(found.id, lambda _: Road())
        activity.record(company_id, None, Event(at, EventKind.ROUTE_WORKS))
    with transaction.atomic():
        recipients.wake(routes.users(found), at=at)
        lanes.nudge(lanes.DELIVER)


def _granted(
    road: int | None, due: list[Due], at: datetime, default: int | None
) -> dict[int, Going]:
    """Those of the road's due mails that may go now, the longest due first."""
    watched = due[0].watched or default is not None
    if road is None or not watched:
        return {one.id: Going(road) for one in due}
    granted = pacing.take(road, len(due), at=at, default=default)
    return {one.id: Going(road, probe=granted.probe, watched=True) for one in due[: granted.many]}


def _noted(mail: Mail, road: int, effect: Effect, text: str, at: datetime) -> Road:
    probe = mail.going.probe
    stood = pacing.heard(road, lambda was: breaker.after(was, effect, text, probe=probe, at=at))
    if stood is None:
        return Road()
    before, now = stood
    if now.broken and now != before and now.paused_until:
        facts = {"text": text, "until": now.paused_until.isoformat()}
        told = Event(at, EventKind.ROUTE_PAUSED, facts=facts)
        activity.record(mail.company_id, None, told)
    elif before.broken and not now.broken:
        activity.record(mail.company_id, None, Event(at, EventKind.ROUTE_WORKS))
    return now
