"""A walk through the mail's story: people, workers, servers and time take turns, by a seed."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta

import pytest

from acuse.domain.copies import CompanyCopy
from acuse.domain.mailbox import Security
from acuse.domain.party import Customer, Environment
from acuse.domain.problem import Blocked
from acuse.domain.returned import Intake
from acuse.domain.route import RouteKind, Wanted
from acuse.flow import (
    apart,
    copies,
    deliver,
    outside,
    pace,
    sender,
    sweep,
    track,
)
from acuse.store import models, recipients
from tests.flow import walked
from tests.flow.house import BY, House
from tests.flow.news import dsn
from tests.flow.people import ACTS, PEOPLE, People
from tests.flow.test_gates_again import prepared
from tests.support import makers

ROAD = Wanted(
    kind=RouteKind.SMTP,
    sender="ventas@propio.example",
    host="salida.propio.example",
    port=587,
    security=Security.STARTTLS,
    username="ventas",
)
ARCHIVE = [CompanyCopy("archivo@propio.example"), CompanyCopy("contador@propio.example")]
DOCUMENTS = 4

# What the program and the clock do, and how often beside one act of a person.
OURS = {"deliver": 8, "prepare": 4, "verdict": 4, "hours": 8, "days": 0.6, "sweep": 4, "die": 2}
# What can happen while a mail is on its way.
THEIRS = (*ACTS, "wake_late", "report")


class Loud:
    """In place of the log of `apart`: a fault of ours ends the walk."""

    @staticmethod
    def exception(*_: object, **__: object) -> None:
        raise  # noqa: PLE0704


class Walk:
    """One company, four documents, three addresses, and whatever happens to them."""

    def __init__(self, house: House, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.house, self.rng = house, random.Random(seed)  # noqa: S311
        self.later, clock = timedelta(), outside.now
        monkeypatch.setattr(outside, "now", lambda: clock() + self.later)
        monkeypatch.setattr(apart, "log", Loud)
        self.company = house.peru()
        self.id = self.company.id
        if seed % 2:
            copies.save(self.id, ARCHIVE, by=BY, at=outside.now())
        self.has_road = seed % 3 == 0
        if self.has_road:
            sender.save(self.id, ROAD, "clave-inventada", by=BY, at=outside.now())
        self.story: list[str] = []
        self.said = walked.Said()
        self.people = People(self.company, self.rng, self.said)
        self.server = walked.Server(self.rng, self.said, self.story.append, self.meanwhile)
        monkeypatch.setattr(deliver.roads, "carry", self.server.carry)
        self.late: list[tuple[walked.Before, list[recipients.Claim]]] = []  # of who sleeps
        self.interrupted = False

    # a turn

    def step(self) -> None:
        """One act, and what must hold after it."""
        often = [*OURS.values(), *(1 for _ in THEIRS)]
        (name,) = self.rng.choices([*OURS, *THEIRS], often)
        self.do(name)
        walked.holds(self.id)

    def do(self, name: str) -> None:
        self.story.append(name)
        if name not in ACTS:
            getattr(self, name)()
            return
        with suppress(Blocked, models.Delivery.DoesNotExist, models.Recipient.DoesNotExist):
            getattr(self.people, name)()

    def meanwhile(self) -> None:
        """Sometimes, once in a worker's round, something else happens in the middle of a mail."""
        if not self.interrupted and self.rng.random() < 0.15:
            self.interrupted = True
            self.do(self.rng.choice(THEIRS))

    def rest(self) -> None:
        """Nobody does anything any more and all servers are friendly: all must come to its end."""
        self.server.friendly = True
        seen = []
        for _ in range(30):
            self.later += timedelta(hours=5)
            self.sweep()
            self.deliver()
            walked.holds(self.id)
            seen.append((models.Event.objects.count(), models.Recipient.objects.count()))
        if seen[-1] != seen[-10]:
            raise walked.Broken(f"it never rests: {seen[-10:]}")
        walked.rests()

    # the program and the clock

    def deliver(self) -> None:
        self.claimed()
        self.house.deliver()

    def claimed(self) -> None:
        self.server.before, self.interrupted = walked.Before.now(self.said), False

    def prepare(self) -> None:
        prepared(self.house)

    def sweep(self) -> None:
        sweep.sweep(at=outside.now())
        sweep.release_all(at=outside.now())

    def hours(self) -> None:
        self.later += timedelta(hours=self.rng.choice([1, 1, 3, 7]))

    def days(self) -> None:
        self.later += timedelta(days=self.rng.choice([1, 8, 31]))

    def verdict(self) -> None:
        """One more document is accepted; what the authority says is not of this walk."""
        documents = self.people.documents
        if len(documents) == DOCUMENTS:
            return
        counterparty = self.people.customer() if documents else self.newcomer()
        later, self.later = self.later, timedelta()
        self.is_in(Environment.SANDBOX)
        issued = self.house.issue(self.company, counterparty=counterparty)
        for _ in range(3):
            self.house.submit(self.company)
        self.later = later
        documents.append(issued.id)
        if self.has_road:  # a rehearsal's mail goes by none
            self.is_in(Environment.TEST)

    def is_in(self, environment: Environment) -> None:
        models.Company.objects.filter(pk=self.id).update(environment=environment.value)

    def newcomer(self) -> Customer:
        return makers.customer(emails=PEOPLE[: self.rng.choice([0, 1, 2, 2])])

    def die(self) -> None:
        """A worker stops in the middle of a mail: dead, or asleep with the rest in its hands."""
        _, due = pace.claim(at=outside.now(), lease=outside.claim_lease(), limit=3)
        self.claimed()
        going = iter(deliver.still_meant(due))
        for one in going:
            if self.rng.random() < 0.4:
                deliver.send(one)
                continue
            held = [] if self.handed_over(one) else [one]
            if self.rng.random() < 0.5:
                self.late.append((self.server.before, [*held, *going]))
            return

    def handed_over(self, one: recipients.Claim) -> bool:
        """Whether it stopped behind the dot; then the server may have the mail."""
        until = outside.now() + timedelta(minutes=12)
        if self.rng.random() < 0.5 or not recipients.before_dot(one, until=until):
            return False
        if self.rng.random() < 0.5:
            row = models.Recipient.objects.select_related("delivery").get(pk=one.id)
            self.server.keep(row)
        return True

    def wake_late(self) -> None:
        """One that slept goes on with what it had in its hands."""
        if self.late and not self.interrupted:
            self.server.before, rest = self.late.pop()
            self.interrupted = False
            apart.each(rest, deliver.send)

    def report(self) -> None:
        """A server tells what became of a mail that was tried."""
        tried = models.Recipient.objects.filter(attempt__isnull=False)
        rows = list(tried.distinct().order_by("id"))
        if not rows:
            return
        told = dsn(self.rng.choice(rows), *self.rng.choice(REPORTS))
        track.take(told, to=(), intake=Intake.SMTP, at=outside.now())
        for _ in range(4):
            track.track_due(at=outside.now())


REPORTS = [
    ("failed", "5.1.1", "550 5.1.1 no such user"),
    ("failed", "5.2.2", "552 5.2.2 full"),
    ("failed", "5.7.1", "550 5.7.1 spam"),
    ("delivered", "2.0.0", "250 ok"),
    ("delayed", "4.4.1", "wait"),
]


def here() -> str:
    """All deliveries and their mails, for the one who reads a broken walk."""
    lines = []
    for one in models.Delivery.objects.select_related("document").order_by("id"):
        lines.append(
            f"{one.pk} of document {one.document_id} ({one.document.state}), {one.trigger}: "
            f"{one.state} {one.reason}, left out {one.left_out}"
        )
        rows = models.Recipient.objects.filter(delivery=one).order_by("id")
        lines += [f"  {row.pk} {row.address} {row.state}, {row.uncertain}" for row in rows]
    return "\n".join(lines)
