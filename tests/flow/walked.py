"""What must hold at every step of a walk through the mail's story, whatever happened before.

The pretended server of the customers keeps what it was handed, and breaks off where a worker hands
it a mail that should not leave. Source: design.md 3.6, reliability.md 5.3.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from acuse.domain.delivery import Trigger
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.flow import outside
from acuse.store import failing, models
from acuse.store.recipients import BEGUN

ACCEPTED = {state.value for state in MAILABLE}
WAITING = ("QUEUED", "DEFERRED", "SENDING")
ENDED_BADLY = ("FAILED", "BOUNCED", "CANCELLED")
A_PERSONS = ("failure.resolved", "recipient.cancelled")


class Broken(BaseException):
    """A rule of the house does not hold; not an Exception, so that no worker survives it."""


@dataclass
class Said:
    """What people said that decides whether a mail may still leave."""

    taken_back: set[int] = field(default_factory=set)  # deliveries that the switch stopped
    closed: set[int] = field(default_factory=set)
    # Another mail of the document that a person opened while the automatic one was under way.
    beside: Counter[tuple[int, str]] = field(default_factory=Counter)


class Before(NamedTuple):
    """How things stood when a worker claimed its mails: what changes later cannot call them back.

    Of a held address it counts only where it still is when the mail is handed over.
    """

    taken_back: frozenset[int]
    closed: frozenset[int]
    suppressed: frozenset[str]
    contact: frozenset[str]
    accepted: frozenset[int]
    begun: frozenset[int]

    @classmethod
    def now(cls, said: Said) -> Before:
        contacts = models.Customer.objects.values_list("emails", flat=True)
        accepted = models.Document.objects.filter(state__in=ACCEPTED)
        begun = models.Recipient.objects.filter(BEGUN).values_list("delivery_id", flat=True)
        return cls(
            frozenset(said.taken_back),
            frozenset(said.closed),
            suppressed(),
            frozenset(one.casefold() for emails in contacts for one in emails),
            frozenset(accepted.values_list("id", flat=True)),
            frozenset(begun),
        )


def suppressed() -> frozenset[str]:
    held = models.AddressState.objects.filter(state="SUPPRESSED")
    return frozenset(held.values_list("address", flat=True))


LATER = SmtpOutcome(Stage.RCPT, 450, "4.7.1 wait")
UNKNOWN = SmtpOutcome(Stage.RCPT, 550, "5.1.1 no such user")
POLICY = SmtpOutcome(Stage.RCPT, 550, "5.7.1 by policy")
FULL = SmtpOutcome(Stage.DOT, 552, "5.2.2 mailbox full")
LOCKED_OUT = SmtpOutcome(Stage.AUTH, 535, "5.7.8 authentication failed")
AWAY = SmtpOutcome(Stage.CONNECT, 0, "connection refused")
CUT = SmtpOutcome(Stage.DOT, 0, "cut")
TAKEN = SmtpOutcome(Stage.DOT, 250, "ok")
# What the server answers, whether it keeps the mail, and how often.
MOODS = [
    (LATER, False, 40),
    (UNKNOWN, False, 8),
    (POLICY, False, 8),
    (FULL, False, 6),
    (LOCKED_OUT, False, 6),
    (AWAY, False, 8),
    (CUT, True, 8),
    (CUT, False, 6),
    (TAKEN, True, 30),
]
TOO_LARGE, SMALLEST = 0.06, 3000


class Copy(NamedTuple):
    recipient: int
    delivery: int


@dataclass
class Server:
    """The customers' server, in place of `roads.carry`."""

    rng: random.Random
    said: Said
    tell: Callable[[str], None]
    meanwhile: Callable[[], None] = lambda: None  # what happens while a mail is on its way
    before: Before | None = None
    friendly: bool = False
    kept: dict[tuple[int, str, bool], list[Copy]] = field(default_factory=dict)

    def carry(
        self, message: bytes, *, recipient: str, before_dot: Callable[[], bool], name: str, **_: Any
    ) -> SmtpOutcome:
        """As a road does: what became of the mail."""
        row = models.Recipient.objects.select_related("delivery__document").get(token=name)
        told = f"  mail {row.pk} of {row.delivery_id}, {row.delivery.trigger}, to {recipient}"
        self._may_leave(row, told)
        if self.friendly:
            outcome, keeps = TAKEN, True
        else:
            self.meanwhile()
            if self.rng.random() < TOO_LARGE and len(message) > SMALLEST:
                self.tell(f"{told}: too large")
                return SmtpOutcome(Stage.RCPT, 552, "5.3.4 too large", limit=len(message) - 1)
            weights = [often for *_, often in MOODS]
            outcome, keeps, _often = self.rng.choices(MOODS, weights)[0]
        if outcome.stage is Stage.DOT and not before_dot():
            self.tell(f"{told}: not ours any more")
            return SmtpOutcome(Stage.BODY, 0, "given away")
        self.tell(f"{told}: {outcome.stage.value} {outcome.code}, kept: {keeps}")
        if keeps:
            self.keep(row)
        return outcome

    def _may_leave(self, row: models.Recipient, told: str) -> None:
        delivery, before = row.delivery, self.before
        assert before is not None
        if delivery.document_id not in before.accepted:
            raise Broken(f"not accepted: {told}")
        if delivery.pk in before.taken_back:
            raise Broken(f"the switch was off: {told}")
        if delivery.pk in before.closed:
            raise Broken(f"a person closed it: {told}")
        if row.normalised in before.suppressed & suppressed():
            raise Broken(f"its address is held: {told}")
        automatic = delivery.trigger == Trigger.AUTOMATIC.value
        if automatic and delivery.pk not in before.begun and row.normalised not in before.contact:
            raise Broken(f"not the contact's address: {told}")

    def keep(self, row: models.Recipient) -> None:
        """One more copy of a document in somebody's mailbox. Raises Broken for a double."""
        delivery = row.delivery
        own_copy = delivery.trigger == Trigger.COPY.value
        there = self.kept.setdefault((delivery.document_id, row.normalised, own_copy), [])
        uncertain = models.Recipient.objects.get(pk=row.pk).uncertain
        if sum(one.recipient == row.pk for one in there) > uncertain:
            raise Broken(f"mail {row.pk} came twice without an uncertain try")
        if any(one.delivery == delivery.pk and one.recipient != row.pk for one in there):
            raise Broken(f"delivery {delivery.pk} mailed {row.normalised} twice")
        automatic = delivery.trigger == Trigger.AUTOMATIC.value
        elsewhere = [one for one in there if one.delivery != delivery.pk]
        if automatic and elsewhere and not self.said.beside[delivery.pk, row.normalised]:
            raise Broken(f"automatic {delivery.pk} mailed {row.normalised} after {elsewhere}")
        there.append(Copy(row.pk, delivery.pk))


def holds(company_id: int) -> None:
    """Nothing waits for nothing, nothing fails out of sight. Raises Broken."""
    shown = set(failing.held(company_id).values_list("id", flat=True))
    failing.counts(company_id, at=outside.now())
    for one in models.Delivery.objects.filter(state="HELD").exclude(id__in=shown):
        raise Broken(f"delivery {one.pk} is held for {one.reason} and not shown")
    for one in models.Delivery.objects.filter(state="OPEN", prepared_at=None, wake_at=None):
        raise Broken(f"delivery {one.pk} is never prepared")
    waiting = models.Recipient.objects.filter(state__in=WAITING)
    for mail in waiting.filter(delivery__state="SKIPPED"):
        raise Broken(f"mail {mail.pk} waits in a closed delivery")
    for mail in waiting.filter(delivery__state="OPEN", wake_at=None).exclude(state="SENDING"):
        raise Broken(f"mail {mail.pk} waits for nothing")
    shown |= set(failing.mails(company_id).values_list("delivery_id", flat=True))
    opened = models.Delivery.objects.filter(state="OPEN", prepared_at__isnull=False)
    for one in opened.exclude(id__in=shown).exclude(document__state="VOIDED"):
        rows = list(models.Recipient.objects.filter(delivery=one).exclude(state="REPLACED"))
        if all(row.state in ENDED_BADLY for row in rows) and not _dealt_with(one, rows):
            raise Broken(f"delivery {one.pk} reached nobody and is not shown")


def _dealt_with(one: models.Delivery, rows: list[models.Recipient]) -> bool:
    """A person resolved what failed of it, or had the document mailed anew."""
    anew = models.Delivery.objects.filter(document=one.document_id, id__gt=one.pk)
    events = models.Event.objects.filter(document=one.document_id, kind__in=A_PERSONS)
    return (
        any(row.resolved_at for row in rows)
        or anew.filter(trigger__in=("MANUAL", one.trigger)).exists()
        or events.exclude(actor="sistema").exists()
    )


def rests() -> None:
    """Once nothing more happens outside, nothing is left to do. Raises Broken."""
    unfinished = models.Recipient.objects.filter(state__in=(*WAITING, "UNCERTAIN"))
    for mail in unfinished.filter(delivery__state="OPEN"):
        raise Broken(f"mail {mail.pk} still waits: {mail.state}")
    for one in models.Delivery.objects.filter(state="OPEN", prepared_at=None):
        raise Broken(f"delivery {one.pk} is still not prepared")
