"""The joined machines, explored to the last reachable world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

import pytest

from acuse.domain import conversation, recipient
from acuse.domain.delivery import DeliveryState
from acuse.domain.lifecycle import DocumentState
from acuse.domain.recipient import Move, RecipientEvent, RecipientState, SmtpOutcome
from acuse.domain.submission import NotKnown, SubmissionState
from tests.domain import worlds_authority, worlds_mail
from tests.domain.worlds import (
    MOST_VERSIONS,
    Actor,
    Edge,
    Rules,
    World,
    broken,
    can_reach,
    every_start,
    explore,
)

Found = dict[World, list[Edge]]


def _steps(world: World, rules: Rules) -> Iterator[Edge]:
    return chain(worlds_authority.steps(world, rules), worlds_mail.steps(world, rules))


@cache
def _found() -> Found:
    return explore(every_start(), _steps, Rules())


def _over(world: World) -> bool:
    if world.document in (DocumentState.WITHDRAWN, DocumentState.DISCARDED):
        return True
    if world.document is DocumentState.REJECTED:
        # The model mends a document once; that is its own bound, not the table's.
        return not world.number_reused or world.version == MOST_VERSIONS
    return world.delivery is not None and worlds_mail.over(world)


def test_no_reachable_world_breaks_an_invariant() -> None:
    violations = {text: world for world in _found() for text in broken(world)}
    assert violations == {}
    assert len(_found()) > 5000  # the search did go somewhere


@pytest.mark.parametrize(
    ("states", "field"),
    [
        (DocumentState, "document"),
        (SubmissionState, "submission"),
        (DeliveryState, "delivery"),
        (RecipientState, "recipient"),
    ],
)
def test_every_state_of_every_machine_is_reached(states: Any, field: str) -> None:
    reached = {getattr(world, field) for world in _found()} - {None}
    assert reached == set(states)


def test_only_terminal_worlds_have_no_exit() -> None:
    ends = {world for world in _found() if _over(world)}
    assert set(_found()) - can_reach(_found(), ends, without=set()) == set()


def test_a_conversation_ends_or_calls_a_person_without_any_person() -> None:
    goals = {
        world
        for world in _found()
        if world.submission in (SubmissionState.SETTLED, SubmissionState.STUCK)
    }
    reached = can_reach(_found(), goals, without={Actor.PERSON})
    left_alone = {
        world
        for world in _found()
        if world.document is DocumentState.ISSUED and world not in reached
    }
    assert left_alone == set()


def test_an_open_mail_ends_or_says_what_it_waits_for_without_any_person() -> None:
    goals = {
        world
        for world in _found()
        if worlds_mail.over(world)
        or world.delivery is DeliveryState.HELD
        or world.recipient is RecipientState.STUCK
    }
    reached = can_reach(_found(), goals, without={Actor.PERSON})
    opened = {world for world in _found() if world.delivery is DeliveryState.OPEN}
    assert opened - reached == set()


def test_proof_of_a_copy_is_heard_wherever_a_mail_is_said_not_to_have_left() -> None:
    proofs = {RecipientEvent.PROVEN_SENT, RecipientEvent.REPORTED_DELIVERED, RecipientEvent.BOUNCE}
    ends = (RecipientState.FAILED, RecipientState.CANCELLED)
    arrived = {world for world in _found() if world.copies and world.recipient in ends}
    assert {world.recipient for world in arrived} == set(ends)
    for world in arrived:
        if not world.zombie:
            assert proofs <= {edge.name for edge in _found()[world]}


def _blind_resend(*arguments: Any, **named: Any) -> conversation.Step:
    """A lost answer taken for "not sent"."""
    step = conversation.advance(*arguments, **named)
    sending = arguments[0].state is SubmissionState.IN_FLIGHT
    if sending and step.state is SubmissionState.UNCERTAIN:
        return replace(step, state=SubmissionState.QUEUED)
    return step


def _one_not_known_is_proof(*arguments: Any, **named: Any) -> conversation.Step:
    """A single "not known" taken for proof, however fresh."""
    step = conversation.advance(*arguments, **named)
    if isinstance(arguments[2], NotKnown):
        return conversation.Step(SubmissionState.QUEUED, wake_at=named["at"])
    return step


def _silence_is_not_sent(outcome: SmtpOutcome, **named: Any) -> Move:
    """No reply after the dot taken for "not sent"."""
    move = recipient.after_attempt(outcome, **named)
    if move.state in (RecipientState.UNCERTAIN, RecipientState.STUCK):
        return Move(RecipientState.DEFERRED, named["at"])
    return move


SENT_TWICE = "sent again without proof that the authority does not hold it"
EXTRA_COPIES = "more copies than one, without an uncertain attempt that accounts for them"


@pytest.mark.parametrize(
    ("rules", "breaks"),
    [
        (Rules(advance=_blind_resend), SENT_TWICE),
        (Rules(advance=_one_not_known_is_proof), SENT_TWICE),
        (Rules(after_attempt=_silence_is_not_sent), EXTRA_COPIES),
        (Rules(fenced=False), SENT_TWICE),
        (
            Rules(proof_before_withdrawal=False),
            "a number was given back that the authority may hold",
        ),
    ],
    ids=["blind resend", "one not-known", "silence after the dot", "no fence", "no proof"],
)
def test_a_careless_rule_is_caught(rules: Rules, breaks: str) -> None:
    found = explore(every_start(), _steps, rules, until=lambda world: breaks in broken(world))
    assert breaks in {text for world in found for text in broken(world)}
    assert not any(breaks in broken(world) for world in _found())


def test_a_settled_conversation_takes_no_further_finding() -> None:
    edges: Callable[[World], list[Edge]] = _found().__getitem__
    settled = [w for w in _found() if w.submission is SubmissionState.SETTLED]
    assert settled
    for world in settled:
        moved = {edge.to.submission for edge in edges(world)} - {SubmissionState.SETTLED}
        assert moved <= {SubmissionState.CLOSED}
