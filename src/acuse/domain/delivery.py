"""Whether an accepted document is mailed, and the states of its mail.

The heart of the mission is `decide`: all that it asks are its arguments.
Source: design.md 1.5, 3.5.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.lifecycle import IllegalTransition
from acuse.domain.party import Wish
from acuse.domain.problem import Problem
from acuse.domain.verdict import Outcome


class Trigger(StrEnum):
    """What asked for a delivery."""

    AUTOMATIC = "AUTOMATIC"
    MANUAL = "MANUAL"
    COPY = "COPY"  # the company's own copy: never a delivery to the customer


class DeliveryState(StrEnum):
    """The decision about one acceptance; how far its mail got is told by its recipients."""

    OPEN = "OPEN"
    HELD = "HELD"
    SKIPPED = "SKIPPED"


class Reason(StrEnum):
    """Why a delivery is held or skipped."""

    NONE = ""
    NO_EMAIL = "NO_EMAIL"
    COMPANY_INCOMPLETE = "COMPANY_INCOMPLETE"
    ADDRESS_SUPPRESSED = "ADDRESS_SUPPRESSED"
    PACKET_INCOMPLETE = "PACKET_INCOMPLETE"
    SWITCH_OFF = "SWITCH_OFF"
    CUSTOMER_NEVER = "CUSTOMER_NEVER"
    EXPIRED = "EXPIRED"  # held too long to leave by itself
    CONFIRM_MANY = "CONFIRM_MANY"  # more than twenty at once wait for a person
    NOT_WANTED = "NOT_WANTED"  # a user's "No enviar"
    HANDED_OVER = "HANDED_OVER"  # given by other means
    SENT_BY_HAND = "SENT_BY_HAND"  # a manual delivery was sent first
    VOIDED = "VOIDED"
    NOBODY = "NOBODY"  # sold to whoever gave no name: there is no contact to mend


@dataclass(frozen=True, slots=True)
class Send:
    """Mail it to these addresses, and not to those that mail is held to.

    `copies` and `blind` are those of the addresses that are shown as copies, or to nobody else.
    """

    emails: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()

    @property
    def roles(self) -> dict[str, list[str]]:
        """The addresses, in lower case and in order, that are no main ones, by their role."""
        told = {"copies": self.copies, "blind": self.blind}
        return {
            role: sorted(one.casefold() for one in emails)
            for role, emails in told.items()
            if emails
        }

    def as_made(self, addresses: Container[str], roles: Mapping[str, list[str]]) -> bool:
        """Whether messages to these addresses that were made with these roles say the same.

        Roles of addresses that are not among them, for they were dealt with, say nothing.
        """
        kept = {role: [one for one in made if one in addresses] for role, made in roles.items()}
        return self.roles == {role: made for role, made in kept.items() if made}


@dataclass(frozen=True, slots=True)
class Hold:
    """Wait; it leaves by itself once mended."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Skip:
    """Do not mail it."""

    reason: Reason


def decide(
    *,
    switch: bool,
    wish: Wish,
    outcome: Outcome,
    company_problems: Iterable[Problem],
    emails: tuple[str, ...],
    copies: tuple[str, ...] = (),
    blind: tuple[str, ...] = (),
    nobody: bool = False,
    suppressed: Container[str] = (),
) -> Send | Hold | Skip:
    """What happens to the mail of a judged document.

    `switch` and `company_problems` (purpose MAIL) as they stand at this moment; `emails` are whom
    it is meant for, `copies` and `blind` get it where one of them does; `nobody`: it was
    sold to whoever gave no name, as at a till; to `suppressed` addresses nothing goes, and where
    none of `emails` is left, it waits. Raises ValueError for a document that was not
    accepted: nothing of it is ever mailed, whoever asks.
    """
    if not outcome.accepts:
        raise ValueError(f"a document judged {outcome} has no delivery")
    if not switch:
        return Skip(Reason.SWITCH_OFF)
    if wish is Wish.NEVER:
        return Skip(Reason.CUSTOMER_NEVER)
    if nobody and not emails:
        return Skip(Reason.NOBODY)
    if tuple(company_problems):
        return Hold(Reason.COMPANY_INCOMPLETE)
    if not emails:
        return Hold(Reason.NO_EMAIL)
    if all(one in suppressed for one in emails):
        return Hold(Reason.ADDRESS_SUPPRESSED)
    everyone = (*emails, *copies, *blind)
    return Send(
        tuple(one for one in everyone if one not in suppressed),
        left_out=tuple(one for one in everyone if one in suppressed),
        copies=tuple(one for one in copies if one not in suppressed),
        blind=tuple(one for one in blind if one not in suppressed),
    )


class DeliveryEvent(StrEnum):
    """What can happen to a delivery after the decision."""

    # The first and the last happen to an open delivery only while no recipient is beyond DEFERRED.
    SWITCH_TURNED_OFF = "switch turned off"
    RELEASED_BY_HAND = "released by hand"
    CAUGHT_UP = "caught up"
    COMPLETED = "completed"  # decide() asked again says Send
    FOUND_WANTING = "found wanting"  # decide() asked again before the first claim says Hold
    DISMISSED = "dismissed"  # "No enviar", "Entregada por otro medio", sent by hand, voided


_D, _V = DeliveryState, DeliveryEvent

DELIVERY_TABLE: dict[tuple[DeliveryState, DeliveryEvent], DeliveryState] = {
    (_D.OPEN, _V.SWITCH_TURNED_OFF): _D.HELD,
    (_D.OPEN, _V.FOUND_WANTING): _D.HELD,
    (_D.OPEN, _V.DISMISSED): _D.SKIPPED,  # voided or unwanted before its mail began
    (_D.HELD, _V.SWITCH_TURNED_OFF): _D.HELD,  # whatever it waited for, now a person releases it
    (_D.HELD, _V.FOUND_WANTING): _D.HELD,  # the reason may change
    (_D.HELD, _V.RELEASED_BY_HAND): _D.OPEN,
    (_D.HELD, _V.COMPLETED): _D.OPEN,
    (_D.HELD, _V.DISMISSED): _D.SKIPPED,
    (_D.SKIPPED, _V.CAUGHT_UP): _D.OPEN,  # only from SWITCH_OFF
}

RELEASED_BY_ITSELF = frozenset(
    {
        Reason.NO_EMAIL,
        Reason.COMPANY_INCOMPLETE,
        Reason.ADDRESS_SUPPRESSED,
        Reason.PACKET_INCOMPLETE,
    }
)


def advance_delivery(state: DeliveryState, event: DeliveryEvent) -> DeliveryState:
    """The state after the event; raises IllegalTransition where the table has none."""
    try:
        return DELIVERY_TABLE[state, event]
    except KeyError:
        raise IllegalTransition(f"a delivery in {state} cannot be {event}") from None
