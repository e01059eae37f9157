"""Withhold: a mail that is about to leave waits instead, for what changed since it was prepared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import Hold, Reason, Send, Skip
from acuse.domain.party import Company
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage
from acuse.flow import apart, gates, outside, pace
from acuse.flow.copied import about_copy
from acuse.store import activity, addressed, companies, deliveries, recipients
from acuse.store.recipients import Claim

SUPPRESSED = SmtpOutcome(Stage.CONNECT, 0, "address suppressed")
NOT_MEANT = SmtpOutcome(Stage.CONNECT, 0, "not as it was prepared")


def still_meant(claimed: Iterable[Claim]) -> Iterator[Claim]:
    """Those of the claimed mails that may leave, each when it has its turn: until something of a
    delivery has left, its gates are asked again right before each try (design.md 1.5.2).

    What a gate stops waits or is over; what goes to others now is prepared anew.
    """
    of_delivery: dict[int, list[Claim]] = defaultdict(list)
    for one in claimed:
        of_delivery[one.delivery_id].append(one)
    company = cache(companies.load)
    going: list[Claim] = []

    def asked(ours: list[Claim]) -> None:
        if any(one.begun for one in ours):
            going.extend(ours)
            return
        at = outside.now()
        found = gates.ask(ours[0], company(ours[0].company_id), at)
        if isinstance(found, Send) and _as_prepared(found, ours):
            going.extend(ours)
        else:
            _withdraw(ours, found, company(ours[0].company_id), at)

    for ours in of_delivery.values():
        apart.each([ours], asked)
        yield from going
        going.clear()


def _as_prepared(found: Send, ours: list[Claim]) -> bool:
    """Whether it goes to those that the messages were made for, shown as they were then."""
    made = {*(one.address.casefold() for one in ours), *ours[0].beside}
    meant = {one.casefold() for one in found.emails}
    return meant == made and found.as_made(made, ours[0].roles)


def _withdraw(ours: list[Claim], found: Send | Hold | Skip, company: Company, at: datetime) -> None:
    """The mails are back, their delivery is prepared anew, waits or is over."""
    with transaction.atomic():
        back = [_give_back(one, NOT_MEANT, at) for one in ours]
        if not all(back):
            return
        held = deliveries.lock(ours[0].delivery_id)
        if not addressed.any_begun(held.id):  # else another worker began: these follow as they are
            deliveries.prepare_anew(held.id, at=at)
            if not isinstance(found, Send):
                gates.close(held, company, found, at=at)
    for one in ours:
        pace.unused(one, at=at)


def withhold(claimed: Claim, *, at: datetime) -> None:
    """The claimed mail does not leave, for its address bounced meanwhile.

    Its delivery goes on without it; one of which nothing has left is asked about in its next turn.
    """
    with transaction.atomic():
        if not _give_back(claimed, SUPPRESSED, at):
            return
        held = deliveries.lock(claimed.delivery_id)
        if not addressed.any_begun(held.id):
            return
        addressed.cancel_one(claimed.id)
        facts = {"reason": Reason.ADDRESS_SUPPRESSED.value, **about_copy(held.trigger)}
        event = Event(at, EventKind.RECIPIENT_CANCELLED, facts=facts | {"to": claimed.address})
        activity.record(claimed.company_id, claimed.document_id, event)


def _give_back(claimed: Claim, outcome: SmtpOutcome, at: datetime) -> bool:
    """Whether the mail waits again, not tried: not where it was given to another meanwhile."""
    move = Move(RecipientState.DEFERRED, at, counted=False)
    return recipients.finish(claimed, move, outcome, at=at)
