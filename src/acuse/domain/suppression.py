"""Whether mail to an address is held, by what came back from it.

One certain failure holds, or the third uncertain one in a fortnight, or a complaint; an operator's
matter never does. Releasing is a person's decision and forgets what was before. Source: mail.md 4
and 6, reliability.md F87 and F88.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from acuse.domain.bounce import Response, response_to
from acuse.domain.bounce_news import News, NewsKind

COUNTED = 3
WITHIN = timedelta(days=14)


class HeldFor(StrEnum):
    """Why no automatic mail goes to an address."""

    NOBODY_THERE = "NOBODY_THERE"
    FAILS_AGAIN = "FAILS_AGAIN"  # full, closed or filtered three times
    COMPLAINED = "COMPLAINED"


@dataclass(frozen=True, slots=True)
class Came:
    """What came back of one delivery to the address."""

    delivery: int
    news: News


@dataclass(frozen=True, slots=True)
class Held:
    """Since when an address is held, why, and by which news."""

    reason: HeldFor
    since: datetime
    cause: str  # the id of the news


class Standing(StrEnum):
    """What is known of an address by what came back from it; without news it is DELIVERING."""

    VERIFIED = "VERIFIED"  # the last word: mail arrived there
    DELIVERING = "DELIVERING"  # nothing speaks against it
    BOUNCED = "BOUNCED"  # the last word was a failure, and not enough to hold mail
    SUPPRESSED = "SUPPRESSED"


@dataclass(frozen=True, slots=True)
class Known:
    """How an address stands, since when, by which news; `reason` only of a failure or a hold.

    `reason` is a HeldFor or a BounceReason by its value.
    """

    standing: Standing
    since: datetime | None = None
    reason: str = ""
    cause: str = ""


_ARRIVED = (NewsKind.DELIVERED, NewsKind.READ)


def known(came: Iterable[Came], *, released_at: datetime | None = None) -> Known:
    """How the address stands; what is our own fault says nothing of it."""
    counted = tuple(one for one in came if released_at is None or one.news.at > released_at)
    hold = held(counted)
    if hold:
        return Known(Standing.SUPPRESSED, hold.since, hold.reason.value, hold.cause)
    told = [one.news for one in counted if _tells_of_address(one)]
    last = max(told, key=lambda news: (news.at, news.id), default=None)
    if last is None:
        return Known(Standing.DELIVERING, released_at)
    if last.kind in _ARRIVED:
        return Known(Standing.VERIFIED, last.at, cause=last.id)
    return Known(Standing.BOUNCED, last.at, last.reason.value, last.id)


def _tells_of_address(one: Came) -> bool:
    if one.news.kind in _ARRIVED:
        return True
    failed = one.news.kind is NewsKind.FAILED
    return failed and response_to(one.news.reason) is not Response.ALARM


def held(came: Iterable[Came], *, released_at: datetime | None = None) -> Held | None:
    """Why the address is held, None if it is not; the order in which the news came does not matter.

    News up to `released_at` no longer count.
    """
    counted = sorted(
        (one for one in came if released_at is None or one.news.at > released_at),
        key=lambda one: (one.news.at, one.news.id, one.delivery),
    )
    found = (_certain(counted), _repeated(counted))
    return min((one for one in found if one), key=lambda one: one.since, default=None)


def _certain(came: list[Came]) -> Held | None:
    for one in came:
        if one.news.kind is NewsKind.COMPLAINED:
            return Held(HeldFor.COMPLAINED, one.news.at, one.news.id)
        if _asks_for(one, Response.HOLD):
            return Held(HeldFor.NOBODY_THERE, one.news.at, one.news.id)
    return None


def _repeated(came: list[Came]) -> Held | None:
    """The moment at which a third delivery failed within the span; a delivery counts once."""
    firsts: dict[int, News] = {}
    for one in came:
        if _asks_for(one, Response.COUNT):
            firsts.setdefault(one.delivery, one.news)
    failures = list(firsts.values())
    for number in range(COUNTED - 1, len(failures)):
        last = failures[number]
        if last.at - failures[number - COUNTED + 1].at <= WITHIN:
            return Held(HeldFor.FAILS_AGAIN, last.at, last.id)
    return None


def _asks_for(one: Came, response: Response) -> bool:
    return one.news.kind is NewsKind.FAILED and response_to(one.news.reason) is response
