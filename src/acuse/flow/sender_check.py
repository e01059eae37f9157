"""Sender check: what the DNS says of a sender, its key, and what follows from both.

The DNS is asked outside any transaction; nobody answering changes nothing that was known.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.alarm import Trouble
from acuse.domain.dns import Answer, Book, Question, Record, Unasked
from acuse.domain.route import RouteKind
from acuse.domain.sender import Check, Expected, Row, State
from acuse.domain.sender_dns import followed, judge, judge_following
from acuse.domain.spf import LOOKUPS
from acuse.flow import notify, returns
from acuse.gateways import dns
from acuse.store import activity, alarms, companies, senders
from acuse.store.senders import Kept

log = structlog.get_logger()
EVERY = timedelta(days=1)
BATCH = 20
ROUNDS = 3 * LOOKUPS  # never met: ten names in a chain and the hosts of an MX take twelve
LASTING = (Check.SPF, Check.DKIM)  # how these stood is kept where nobody answers


@dataclass(frozen=True, slots=True)
class Proof:
    """What the DNS must say of a sender, and how it is told that it does, or ceased to."""

    by: tuple[Check, ...]
    stands: Callable[[Kept], bool]
    found: EventKind
    lost: EventKind
    trouble: Trouble


OF_A_DOMAIN = Proof(  # that goes by the installation's road
    LASTING,
    lambda kept: kept.proved,
    EventKind.SENDER_PROVED,
    EventKind.SENDER_LOST,
    Trouble.SENDER_LOST,
)
OF_A_KEY = Proof(  # what leaves by a server of its own needs no more
    (Check.DKIM,),
    lambda kept: kept.key_seen,
    EventKind.SENDER_KEY_SEEN,
    EventKind.SENDER_KEY_LOST,
    Trouble.KEY_LOST,
)


def check(owner: int, *, by: str, at: datetime) -> tuple[Row, ...] | None:
    """The rows of the owner's own sender (0 is the installation), kept; None without a road."""
    kept = senders.of(owner)
    if kept is None or not kept.domain:
        return None
    wanted = expected(kept)
    rows = _asked(wanted, kept)
    with transaction.atomic():
        if owner:
            companies.lock(owner)  # before its road, as whoever changes the road does
        now = senders.lock(owner)
        same = now is not None and (now.sender, now.key, now.following, now.kind) == (
            kept.sender,
            kept.key,
            kept.following,
            kept.kind,
        )
        if now is None or not same:
            return rows  # of a sender that changed meanwhile: the next look is at the new one
        return _keep(now, rows, by, at)


def check_due(*, at: datetime) -> int:
    """How many senders were looked at: each once a day, none further where nobody answers."""
    looked = 0
    for owner in senders.due(before=at - EVERY, limit=BATCH):
        rows = check(owner, by=SYSTEM, at=at)
        looked += 1
        if rows is None or any(row.state is State.UNKNOWN for row in rows):
            break
    return looked


def expected(kept: Kept) -> Expected:
    """What the DNS must say of that sender."""
    ours = kept.owner == 0 or kept.kind is RouteKind.DOMAIN
    return Expected(
        domain=kept.domain,
        return_domain=(returns.domain() if ours else "") or kept.domain,
        selector=kept.key.selector if kept.key else "",
        public=kept.key.public if kept.key else "",
        spf=settings.SPF if ours else (),
        addresses=settings.SENDING_IPS if ours else (),
        ours=ours,
        proves=kept.kind is RouteKind.DOMAIN,
    )


def rows_of(kept: Kept) -> tuple[Row, ...]:
    """What the last look found; what it did not look at is expected, and UNASKED."""
    wanted = tuple(_unasked(row) for row in _judged(expected(kept), kept, Book({})))
    told = tuple(map(_row, kept.checked.get("rows", ())))
    if not told:
        return wanted
    found = tuple(row for row in told if row.check is not Check.NEXT_DKIM)
    waits = {row.host: row for row in (*wanted, *told) if row.check is Check.NEXT_DKIM}
    return (*found, *(waits[row.host] for row in wanted if row.check is Check.NEXT_DKIM))


def _unasked(row: Row) -> Row:
    asked = row.state is not State.UNKNOWN
    return row if asked else replace(row, state=State.UNASKED, advice="")


def _row(told: dict[str, str]) -> Row:
    kinds = {
        "check": Check(told["check"]),
        "record": Record(told["record"]),
        "state": State(told["state"]),
    }
    return Row(**told | kinds)  # type: ignore[arg-type]  # the texts are as they were written


def _asked(wanted: Expected, kept: Kept) -> tuple[Row, ...]:
    """The rows; where our time ends before the questions do, they say so of what is left."""
    answers: dict[Question, Answer] = {}
    until = time.monotonic() + settings.DNS_SECONDS
    for _ in range(ROUNDS):
        book = Book(answers)
        rows = _judged(wanted, kept, book)
        if not book.missing:
            return rows
        left = until - time.monotonic()
        if left <= 0:
            break
        answers |= dns.ask(book.missing, seconds=left, resolvers=settings.RESOLVERS)
    return _judged(wanted, kept, Book(answers, rest=Unasked()))


def _judged(wanted: Expected, kept: Kept, book: Book) -> tuple[Row, ...]:
    rows = judge(wanted, book)
    if kept.following is None:
        return rows
    waits = replace(wanted, selector=kept.following.selector, public=kept.following.public)
    return (*rows, judge_following(waits, book))


def _keep(kept: Kept, found: tuple[Row, ...], by: str, at: datetime) -> tuple[Row, ...]:
    """The rows as written; a key that waited signs if it was seen; who lost his proof is told."""
    rows, following = followed(found), kept.following
    if following and rows != found:
        senders.sign_with(kept, following)
        following = None
    checked: dict[str, Any] = {"rows": [asdict(row) for row in rows]}
    for lasting in LASTING:
        row = next(row for row in rows if row.check is lasting)
        name = lasting.value.lower()
        if row.state is State.UNKNOWN and name in kept.checked:
            checked[name] = kept.checked[name]
        else:
            checked[name] = {"state": row.state.value, "host": row.host}
    senders.keep(kept.owner, checked, following, at=at)
    _tell(kept, senders.of(kept.owner), by, at)
    return rows


def _tell(before: Kept, now: Kept | None, by: str, at: datetime) -> None:
    """It is told when a sender began or ceased to be proved; the latter alarms its company."""
    if now is None:
        return
    proof = OF_A_DOMAIN if now.kind is RouteKind.DOMAIN else OF_A_KEY
    stood, stands = proof.stands(before), proof.stands(now)
    if stood == stands:
        return
    if not now.owner:
        tell = log.info if stands else log.warning
        tell("sender key in the DNS", domain=now.domain, seen=stands)
        return
    kind = proof.found if stands else proof.lost
    activity.record(now.owner, None, Event(at, kind, by, {"domain": now.domain}))
    if stands:
        alarms.over(now.owner, proof.trouble, at=at)
        return
    alarm_id = alarms.begin(now.owner, proof.trouble, 0, at=at)
    if alarm_id is not None:
        notify.lost_proof(
            companies.load(now.owner),
            f"alarm:{alarm_id}",
            proof.trouble,
            now.domain,
            _lacking(now, proof),
            at=at,
        )


def _lacking(kept: Kept, proof: Proof) -> tuple[str, ...]:
    """Which of the records that prove it are not right."""
    return tuple(one.value for one in proof.by if kept.stood(one).get("state") != State.RIGHT)
