"""A document's deliveries beside each other: what one is done with, and what another mail goes to.

No address gets the same document twice by two of them. Source: design.md 1.5, reliability.md 5.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from acuse.domain.delivery import DeliveryState, Trigger
from acuse.domain.recipient import UNDER_WAY, WAITING, RecipientState, has_begun


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of a delivery; its address is in lower case."""

    address: str
    state: RecipientState
    uncertain: int = 0  # tries whose end nobody knows


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery of the document with its mails; `wanted` are addresses that a person named."""

    id: int
    trigger: Trigger
    state: DeliveryState
    prepared: bool
    wanted: tuple[str, ...] = ()
    mails: tuple[Mail, ...] = ()


def dealt_with(mails: Iterable[Mail]) -> frozenset[str]:
    """The addresses that the delivery of these mails is done with, whatever came of it."""
    open_still = {*UNDER_WAY, RecipientState.REPLACED}
    return frozenset(one.address for one in mails if one.state not in open_still)


def elsewhere(ours: Sent, others: Iterable[Sent]) -> frozenset[str]:
    """The addresses, in lower case, that another mail goes to, or may have gone to.

    But those that `ours` goes to itself. The company's own copies say nothing of the customer's
    mail, and what bounced reached nobody.
    """
    going = {
        address
        for one in others
        if one.id != ours.id and one.trigger is not Trigger.COPY
        for address in _goes_to(one)
    }
    return frozenset(going - {one.address for one in ours.mails if one.state in UNDER_WAY})


def _goes_to(other: Sent) -> set[str]:
    opened = other.state is DeliveryState.OPEN
    unmade = {one.casefold() for one in other.wanted} if opened and not other.prepared else set()
    return unmade | {
        one.address
        for one in other.mails
        if one.state is not RecipientState.BOUNCED
        if has_begun(one.state, one.uncertain) or (opened and one.state in WAITING)
    }
