"""What a step leaves written: the conversation, the verdict, the decision about the mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from acuse.domain import conversation, lifecycle
from acuse.domain.delivery import DeliveryState, Hold, Reason, Send, Skip, decide
from acuse.domain.lifecycle import JUDGED
from acuse.domain.party import Wish
from acuse.domain.patience import Patience
from acuse.domain.problem import Problem
from acuse.domain.submission import SubmissionState
from acuse.domain.verdict import Outcome
from tests.domain.worlds import Age, Settings, Truth, World, unworked

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
PATIENCE = Patience()
SINCE = {Age.NONE: None, Age.FRESH: NOW - timedelta(seconds=9), Age.AGED: NOW - PATIENCE.proof_gap}
VERDICTS = {
    Truth.ACCEPTED: Outcome.ACCEPTED,
    Truth.OBSERVED: Outcome.ACCEPTED_WITH_OBSERVATIONS,
    Truth.REJECTED: Outcome.REJECTED,
}
PROBLEM = Problem("address", "XX-OWN-1", "Falta la dirección.")


def moved(
    world: World, step: conversation.Step, *, keep_age: bool = False, by_person: bool = False
) -> World:
    """The step written; a conversation that goes on by itself must know when."""
    age = next((age for age, since in SINCE.items() if since == step.not_known_since), Age.FRESH)
    goes_on = step.state in (
        SubmissionState.QUEUED,
        SubmissionState.WAITING,
        SubmissionState.UNCERTAIN,
    )
    lost = "nobody will look at it again" if goes_on != (step.wake_at is not None) else ""
    return unworked(
        world,
        submission=step.state,
        age=world.age if keep_age else age,
        not_held=step.not_held and not by_person,
        fault=world.fault or lost,
    )


def judged(world: World, outcome: Outcome) -> World:
    """The verdict's transaction: the document's state and the one automatic delivery."""
    document = lifecycle.advance(world.document, JUDGED[outcome])
    if not outcome.accepts:
        return world._replace(document=document)
    state, reason = decision(world.settings, outcome)
    return world._replace(
        document=document,
        automatic=world.automatic + 1,
        delivery=state,
        reason=reason,
        version=1,  # how it came to be accepted matters no more
        number_reused=False,
    )


def decision(settings: Settings, outcome: Outcome) -> tuple[DeliveryState, Reason]:
    """What `decide` says under the settings, as the delivery's row keeps it."""
    said = decide(
        switch=settings.switch,
        wish=Wish.AS_COMPANY if settings.customer_allows else Wish.NEVER,
        outcome=outcome,
        company_problems=() if settings.complete else (PROBLEM,),
        emails=("ana@cliente.example",) if settings.has_email else (),
    )
    match said:
        case Send():
            return DeliveryState.OPEN, Reason.NONE
        case Hold(reason):
            return DeliveryState.HELD, reason
        case Skip(reason):
            return DeliveryState.SKIPPED, reason
