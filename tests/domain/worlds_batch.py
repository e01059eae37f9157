"""The steps of a document that goes by way of a batch, whose own conversation is not modelled."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain import conversation
from acuse.domain.conversation import Fate
from acuse.domain.submission import Judged
from acuse.domain.verdict import Evidence, Outcome, Verdict
from tests.domain.worlds import EVERY_SETTING, Actor, Edge, World
from tests.domain.worlds_written import NOW, VERDICTS, judged, moved


def steps(world: World) -> Iterator[Edge]:
    """What the batch's own conversation, or its absence, does to a document that goes by way of it.

    A rejected batch was taken in no part; one that is still open leaves the document as it is.
    """
    assert world.submission is not None
    alone = conversation.alone(world.submission, NOW)
    yield Edge(Actor.PROGRAM, "goes by itself after all", moved(world, alone))
    for truth, outcome in VERDICTS.items():
        fates = {conversation.fate(outcome, Evidence.RECEIPT, 1, one) for one in _batch_findings()}
        for fate in fates - {Fate.KNOWN}:
            step = conversation.after_batch(world.submission, fate, NOW)
            for settings in EVERY_SETTING if fate is Fate.SETTLED else [world.settings]:
                after = moved(world._replace(settings=settings), step)
                if fate is Fate.SETTLED:
                    after = judged(after._replace(truth=truth), outcome)
                yield Edge(Actor.PROGRAM, f"its batch is {truth}: {fate}", after)


def _batch_findings() -> tuple[Judged, ...]:
    verdict = Verdict(Outcome.REJECTED)
    return Judged(verdict), Judged(verdict, culprits=(1,)), Judged(verdict, culprits=(2,))
