"""A small model of everything at once, to be explored world by world.

A world joins our four machines (document, submission, delivery, recipient) with what the authority
really holds and how many copies the mail server really delivered. Every step goes through the
functions and tables of `acuse.domain`; time is reduced to "the proof gap has passed".
Source: design.md 3.5, 3.6, 3.9.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from acuse.domain import conversation, recipient
from acuse.domain.delivery import DeliveryState, Reason
from acuse.domain.lifecycle import DocumentState
from acuse.domain.recipient import RecipientState
from acuse.domain.submission import SubmissionState


class Truth(StrEnum):
    """What the authority really holds of the document as it is now."""

    NOTHING = "nothing"
    PENDING = "pending"
    ACCEPTED = "accepted"
    OBSERVED = "observed"
    REJECTED = "rejected"


class Transit(StrEnum):
    """What keeps the authority's register from showing what was sent; over within the gap."""

    NONE = ""
    AIR = "the request is still on its way"
    LAG = "taken, but the register does not show it yet"


class Age(StrEnum):
    """How long ago the first "not known" came."""

    NONE = ""
    FRESH = "less than the proof gap ago"
    AGED = "the proof gap ago"


class Actor(StrEnum):
    """Who takes a step."""

    PROGRAM = "program"
    OUTSIDE = "outside"  # authority, mail server, network, crash, time
    PERSON = "person"


class Settings(NamedTuple):
    """What the mail depends on, as it stands now."""

    switch: bool = True
    customer_allows: bool = True
    complete: bool = True
    has_email: bool = True


EVERY_SETTING = [Settings(*choice) for choice in product((False, True), repeat=4)]


class World(NamedTuple):
    """One state of everything. `fault` names a rule that the step into this world broke."""

    number_reused: bool  # the country lets a rejected number be used again
    settings: Settings = Settings()
    document: DocumentState = DocumentState.DRAFT
    version: int = 1  # how often it was mended and issued again
    # the conversation
    submission: SubmissionState | None = None
    worker: str = ""  # "", "claimed", "intended", or the finding it has read and not recorded
    zombie: str = ""  # the same, of a worker whose lease was given away
    zombie_state: SubmissionState | None = None  # what that worker believes
    age: Age = Age.NONE
    not_held: bool = False
    truth: Truth = Truth.NOTHING
    transit: Transit = Transit.NONE
    # the mail
    automatic: int = 0  # automatic deliveries ever opened
    delivery: DeliveryState | None = None
    reason: Reason = Reason.NONE
    off: bool = False  # the switch was turned off since the verdict, and no person released it
    recipient: RecipientState | None = None
    dot: bool = False  # the worker has recorded that it enters the final dot
    started: bool = False  # an attempt was ever begun
    uncertain: int = 0
    late_copy: bool = False  # a paused worker may still write its dot
    closed_by_person: bool = False
    resends_by_person: int = 0
    copies: int = 0
    fault: str = ""


@dataclass(frozen=True)
class Rules:
    """The functions under test; a negative control swaps one for a careless one."""

    advance: Callable[..., conversation.Step] = conversation.advance
    after_attempt: Callable[..., recipient.Move] = recipient.after_attempt
    fenced: bool = True  # a worker whose lease was given away commits and calls nothing
    proof_before_withdrawal: bool = True


class Edge(NamedTuple):
    """One step: who took it, what it is called, where it leads."""

    actor: Actor
    name: str
    to: World


Steps = Callable[[World, Rules], Iterator[Edge]]

MOST_VERSIONS = 2
MOST_RESENDS = 1

DOCUMENT_JUDGED = {
    DocumentState.ACCEPTED: Truth.ACCEPTED,
    DocumentState.ACCEPTED_WITH_OBSERVATIONS: Truth.OBSERVED,
    DocumentState.REJECTED: Truth.REJECTED,
}
GIVEN_BACK = (DocumentState.DRAFT, DocumentState.WITHDRAWN)
HANDED_OVER = (RecipientState.SENT, RecipientState.DELIVERED, RecipientState.BOUNCED)
ENDED = frozenset({*HANDED_OVER, RecipientState.FAILED, RecipientState.CANCELLED})


def broken(world: World) -> Iterator[str]:
    """The invariants that do not hold in the world. Source: design.md 3.6."""
    if world.fault:
        yield world.fault
    if world.document in DOCUMENT_JUDGED and world.truth is not DOCUMENT_JUDGED[world.document]:
        yield "the judged state is not what the authority holds"
    if world.document in GIVEN_BACK and (world.truth, world.transit) != (Truth.NOTHING, ""):
        yield "a number was given back that the authority may hold"
    if world.copies and world.truth not in (Truth.ACCEPTED, Truth.OBSERVED):
        yield "mailed without acceptance"
    if world.automatic > 1:
        yield "two automatic deliveries"
    if world.delivery and not world.automatic:
        yield "a delivery without acceptance"
    if world.copies > 1 + min(world.uncertain, 1) + world.resends_by_person:
        yield "more copies than one, without an uncertain attempt that accounts for them"
    if world.recipient in HANDED_OVER and not world.copies and not world.closed_by_person:
        yield "said to be sent, yet nothing was delivered"
    if world.recipient not in HANDED_OVER and world.copies and not (world.uncertain or world.dot):
        yield "delivered, yet said to be certainly not sent"
    if world.worker and world.submission not in conversation_open():
        yield "a worker holds a conversation that is over"


def conversation_open() -> frozenset[SubmissionState | None]:
    """The states in which a worker may hold a submission."""
    return frozenset(
        {SubmissionState.IN_FLIGHT, SubmissionState.WAITING, SubmissionState.UNCERTAIN}
    )


def changed_for_good(before: World, after: World) -> str:
    """Which verdict or ending the step undid, "" for none."""
    if before.version != after.version:
        return ""  # mended: another document under the same number
    settled = before.submission is SubmissionState.SETTLED
    if settled and after.submission not in (SubmissionState.SETTLED, SubmissionState.CLOSED):
        return "a settled submission moved"
    if before.recipient in ENDED and after.recipient not in ENDED:
        return "an ended mail came to life"
    return ""


def is_broken(world: World) -> bool:
    """Whether any invariant does not hold in the world."""
    return any(broken(world))


def explore(
    starts: list[World],
    steps: Steps,
    rules: Rules,
    *,
    until: Callable[[World], bool] = is_broken,
) -> dict[World, list[Edge]]:
    """Every reachable world with its steps, breadth first; the first of `until` ends the search."""
    found: dict[World, list[Edge]] = {start: [] for start in starts}
    queue = deque(starts)
    while queue:
        world = queue.popleft()
        if until(world):
            return found
        for edge in steps(world, rules):
            undone = changed_for_good(world, edge.to)
            to = edge.to._replace(fault=undone) if undone else edge.to
            found[world].append(edge._replace(to=to))
            if to not in found:
                found[to] = []
                queue.append(to)
    return found


def every_start() -> list[World]:
    """A draft, where rejected numbers are used again and where they are not."""
    return [World(number_reused=False), World(number_reused=True)]


def can_reach(found: dict[World, list[Edge]], goals: set[World], without: set[Actor]) -> set[World]:
    """The worlds from which a goal is reachable by steps of the other actors."""
    backwards: dict[World, list[World]] = {}
    for world, edges in found.items():
        for edge in edges:
            if edge.actor not in without:
                backwards.setdefault(edge.to, []).append(world)
    reached, queue = set(goals), deque(goals)
    while queue:
        for world in backwards.get(queue.popleft(), ()):
            if world not in reached:
                reached.add(world)
                queue.append(world)
    return reached


def unworked(world: World, **changes: object) -> World:
    """The world after its worker let go, with the changes."""
    return world._replace(worker="", **changes)  # type: ignore[arg-type]  # checked by the tuple
