"""Gates: asked at the verdict, and again until the mail leaves; what they find holds or ends it.

Source: design.md 1.5.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.contact import Addressees, addressees, by_role
from acuse.domain.delivery import DeliveryEvent, Hold, Reason, Send, Skip, Trigger, decide
from acuse.domain.jurisdiction import Purpose
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.party import Company, Environment
from acuse.domain.verdict import Outcome
from acuse.flow import outside, wording
from acuse.flow.copied import about_copy, about_copy_of
from acuse.store import activity, addressed, deliveries, documents, recipients

PACKET_PAUSE = timedelta(minutes=15)
TOLD_OF_DELIVERY = (
    EventKind.DELIVERY_OPENED,
    EventKind.DELIVERY_HELD,
    EventKind.DELIVERY_SKIPPED,
    EventKind.DELIVERY_RELEASED,
    EventKind.DELIVERY_DISMISSED,
    EventKind.PACKET_READY,
)


class Asked(Protocol):
    """What the gates are asked about: a delivery, or a mail of it."""

    @property
    def delivery_id(self) -> int:
        """Which delivery."""

    @property
    def document_id(self) -> int:
        """Of what."""

    @property
    def trigger(self) -> Trigger:
        """What asked for it."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The addresses that a person named, () for the customer's."""


def ask(held: Asked, company: Company, at: datetime) -> Send | Hold | Skip:
    """The decision as it would fall now; of the switch only its having been turned off counts.

    `wanted` addresses were named by a person: they stand for the customer's, and each of them is
    meant, whatever the contact has it for.
    """
    state, kind, customer = documents.state_and_contact(held.document_id)
    if state not in MAILABLE:
        return Skip(Reason.VOIDED)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    by_itself = held.trigger is Trigger.AUTOMATIC
    going = addressees(customer.addresses, kind)
    if held.wanted:
        going = Addressees(held.wanted)
    stands = addressed.stands(company.id, held.document_id, held.delivery_id, going.everyone)
    decision = decide(
        switch=True,
        wish=customer.wish if by_itself else type(customer.wish).AS_COMPANY,
        outcome=Outcome(state.value),
        company_problems=jurisdiction.company_problems(company, at, Purpose.MAIL),
        emails=going.to,
        copies=going.copies,
        blind=going.blind,
        nobody=jurisdiction.traits.is_nobody(customer),
        suppressed=stands.suppressed,
    )
    if not isinstance(decision, Send):
        return decision
    decision = _less(decision, stands.dealt_with, stands.elsewhere if by_itself else ())
    if not held.wanted or not isinstance(decision, Send):
        return decision
    if held.trigger is Trigger.COPY:  # whoever keeps a copy sees no other who does
        return replace(decision, blind=decision.emails)
    roles = by_role(decision.emails, customer.addresses)
    return replace(decision, copies=roles.copies, blind=roles.blind)


def _less(found: Send, dealt: Collection[str], going: Collection[str]) -> Send | Skip:
    """The same without addresses that it has dealt with, and those that another mail goes to."""

    def left(emails: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in emails if one.casefold() not in {*dealt, *going})

    if not dealt and not left(found.emails):
        return Skip(Reason.SENT_BY_HAND)
    left_out = tuple(one for one in found.left_out if one.casefold() not in dealt)
    return Send(left(found.emails), left_out, left(found.copies), left(found.blind))


def close(
    held: deliveries.Held, company: Company, found: Hold | Skip, *, at: datetime, told: str = ""
) -> bool:
    """Whether the delivery waits or is over by what was found of it; the caller's transaction.

    What waits leaves by itself once mended; `told` says more of an incomplete packet.
    """
    if isinstance(found, Skip):
        if not deliveries.move(held, DeliveryEvent.DISMISSED, reason=found.reason, at=at):
            return False
        recipients.cancel(held.id)
        facts: dict[str, object] = {"reason": found.reason.value, **about_copy(held.trigger)}
        event = Event(at, EventKind.DELIVERY_SKIPPED, facts=facts)
        activity.record(held.company_id, held.document_id, event)
        return True
    packet = found.reason is Reason.PACKET_INCOMPLETE
    if not deliveries.move(
        held,
        DeliveryEvent.FOUND_WANTING,
        reason=found.reason,
        at=at,
        hold=outside.patience(Environment.PRODUCTION).hold,
        try_at=at + PACKET_PAUSE if packet else None,
    ):
        return False
    event = Event(at, EventKind.DELIVERY_HELD, facts=_facts(held, company, found, at, told))
    if not _said_last(held, event):
        activity.record(held.company_id, held.document_id, event)
    return True


def _facts(
    held: deliveries.Held, company: Company, found: Hold, at: datetime, told: str
) -> dict[str, object]:
    lacking = [told] if told else []
    if found.reason is Reason.COMPANY_INCOMPLETE:
        country = jurisdictions.find(company.jurisdiction)
        lacking = [one.text for one in country.company_problems(company, at, Purpose.MAIL)]
    facts = {"reason": found.reason.value, "lacking": lacking, **about_copy(held.trigger)}
    if found.reason is Reason.NO_EMAIL:
        _, _, customer = documents.state_and_contact(held.document_id)
        facts |= wording.why(found.reason.value, customer.addresses)
    return facts


def _said_last(held: deliveries.Held, event: Event) -> bool:
    """Whether that was told last of such a delivery: a packet is tried again every few minutes."""
    copy = about_copy(held.trigger)
    told = activity.latest(held.company_id, held.document_id, TOLD_OF_DELIVERY)
    last = next((one for one in told if about_copy_of(one) == copy), None)
    return last is not None and (last.kind, last.facts) == (event.kind, event.facts)
