"""The steps of the conversation with the authority: drafts, calls, losses, crashes, verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from acuse.domain import conversation, lifecycle
from acuse.domain.lifecycle import DocumentEvent, DocumentState, IllegalTransition
from acuse.domain.submission import (
    AlreadyKnown,
    CallPurpose,
    Case,
    Cause,
    Finding,
    Judged,
    NeedsPerson,
    NoAnswer,
    NotKnown,
    Pending,
    Received,
    Refused,
    SubmissionState,
)
from acuse.domain.verdict import Outcome, Verdict
from tests.domain import worlds_batch
from tests.domain.worlds import (
    EVERY_SETTING,
    MOST_VERSIONS,
    Actor,
    Age,
    Edge,
    Rules,
    Transit,
    Truth,
    World,
)
from tests.domain.worlds_written import NOW, PATIENCE, SINCE, VERDICTS, judged, moved

SOON = timedelta(seconds=30)

FINDINGS: dict[str, Finding] = {
    "received": Received(),
    "pending": Pending(),
    "not known": NotKnown(),
    "already known": AlreadyKnown("ya fue recibido"),
    "refused for now": Refused("intenta más tarde", Cause.LIMIT, retry_in=SOON),
    "too many questions": Refused("demasiadas consultas", Cause.LIMIT),
    "refused for good": Refused("el archivo no vale", Cause.CONTENT),
    "misconfigured": Refused("sin permiso", Cause.CONFIG),
    "not connected": NoAnswer(left=False, reason="connect"),
    "answer lost": NoAnswer(left=True, reason="read"),
    "needs person": NeedsPerson("no se entiende"),
    **{f"judged {truth}": Judged(Verdict(outcome)) for truth, outcome in VERDICTS.items()},
}


def steps(world: World, rules: Rules) -> Iterator[Edge]:
    """Every step of document and submission out of the world."""
    yield from _desk(world, rules)
    yield from _program(world, rules)
    yield from _outside(world, rules)


def _desk(world: World, rules: Rules) -> Iterator[Edge]:
    """What people do."""
    if world.document is DocumentState.DRAFT:
        issued = lifecycle.advance(world.document, DocumentEvent.ISSUE)
        queued = world._replace(document=issued, submission=SubmissionState.QUEUED, not_held=False)
        yield Edge(Actor.PERSON, "issue", queued)
        waiting = queued._replace(submission=SubmissionState.GATHERED)
        yield Edge(Actor.PERSON, "issue for the day's summary", waiting)
        if world.version == 1:  # else it owns a number
            gone = lifecycle.advance(world.document, DocumentEvent.DISCARD)
            yield Edge(Actor.PERSON, "discard", world._replace(document=gone))
    if world.submission is SubmissionState.STUCK:
        step = conversation.retried(world.submission, NOW)
        yield Edge(Actor.PERSON, "retry", moved(world, step, by_person=True))
        if world.not_held or not rules.proof_before_withdrawal:
            gathered = conversation.gathered(world.submission, not_held=True)
            yield Edge(Actor.PERSON, "gather", moved(world, gathered, by_person=True))
            closed = conversation.withdrawn(world.submission, not_held=True)
            gone = lifecycle.advance(world.document, DocumentEvent.GIVE_UP)
            yield Edge(Actor.PERSON, "give up", world._replace(document=gone, submission=closed))
            if world.version < MOST_VERSIONS:
                event = DocumentEvent.WITHDRAW_FOR_MENDING
                draft = lifecycle.advance(world.document, event)
                yield Edge(
                    Actor.PERSON,
                    "mend",
                    world._replace(document=draft, submission=closed, version=world.version + 1),
                )
    reusable = world.number_reused and world.version < MOST_VERSIONS
    if world.document is DocumentState.REJECTED and reusable and world.submission is not None:
        reopened = world._replace(
            document=lifecycle.advance(world.document, DocumentEvent.REOPEN),
            submission=conversation.reopened(world.submission, Outcome.REJECTED),
            version=world.version + 1,
            truth=Truth.NOTHING,  # of the new version; this authority takes the number again
        )
        yield Edge(Actor.PERSON, "reopen", reopened)


def _program(world: World, rules: Rules) -> Iterator[Edge]:
    """What the workers and the sweep do."""
    if world.worker == "" and world.submission in (
        SubmissionState.QUEUED,
        SubmissionState.WAITING,
        SubmissionState.UNCERTAIN,
    ):
        held = conversation.claimed(world.submission)
        yield Edge(Actor.PROGRAM, "claim", world._replace(submission=held, worker="claimed"))
    if world.submission is SubmissionState.GATHERED:
        yield from worlds_batch.steps(world)
    if world.worker == "claimed":
        yield Edge(Actor.PROGRAM, "note the intent", world._replace(worker="intended"))
        for name in ("not connected", "refused for now", "too many questions", "misconfigured"):
            yield Edge(Actor.OUTSIDE, f"log-in: {name}", _recorded(world, name, rules, login=True))
    if world.worker == "intended" and world.submission is not None:
        for name, after in _call(world, world.submission):
            yield Edge(Actor.PROGRAM, f"call: {name}", after._replace(worker=name))
    if world.worker in FINDINGS:
        final = isinstance(FINDINGS[world.worker], Judged)
        for settings in EVERY_SETTING if final else [world.settings]:  # read at the verdict
            recorded = _recorded(world._replace(settings=settings), world.worker, rules)
            yield Edge(Actor.PROGRAM, f"record: {world.worker}", recorded)
    if world.zombie:
        yield from _zombie(world, rules)


def _outside(world: World, rules: Rules) -> Iterator[Edge]:
    """Crashes, time, and the authority at its own pace."""
    if world.worker and world.submission is not None:
        intended = world.worker != "claimed"
        step = conversation.lease_expired(world.submission, NOW, intended=intended)
        left = moved(world, step, keep_age=True)
        yield Edge(Actor.OUTSIDE, "the worker dies", left)
        if not rules.fenced and not world.zombie:
            paused = left._replace(zombie=world.worker, zombie_state=world.submission)
            yield Edge(Actor.OUTSIDE, "the worker is paused past its lease", paused)
    if world.transit is Transit.AIR:
        for truth in (Truth.PENDING, *VERDICTS):
            yield Edge(
                Actor.OUTSIDE,
                "the request arrives late",
                world._replace(truth=truth, transit=Transit.NONE),
            )
        yield Edge(Actor.OUTSIDE, "the request dies", world._replace(transit=Transit.NONE))
    if world.transit is Transit.LAG:
        yield Edge(Actor.OUTSIDE, "the register shows it", world._replace(transit=Transit.NONE))
    if world.truth is Truth.PENDING:
        for truth in VERDICTS:
            yield Edge(Actor.OUTSIDE, f"the authority judges: {truth}", world._replace(truth=truth))
    # An answer is dated when it is read, and its worker's lease is shorter than the gap.
    unread = world.worker not in FINDINGS
    if world.age is Age.FRESH and world.transit is Transit.NONE and unread:
        yield Edge(Actor.OUTSIDE, "the proof gap passes", world._replace(age=Age.AGED))


def _call(world: World, state: SubmissionState) -> Iterator[tuple[str, World]]:
    """The findings that the call can bring, each with what the authority then holds."""
    yield from ((name, world) for name in ("not connected", "answer lost", "needs person"))
    yield "refused for now", world
    if conversation.may_call(state, CallPurpose.SEND):
        yield from _send(world)
    else:
        yield from _ask(world)


def _send(world: World) -> Iterator[tuple[str, World]]:
    if (world.truth, world.transit) != (Truth.NOTHING, Transit.NONE):
        fault = "sent again without proof that the authority does not hold it"
        yield "already known", world._replace(fault=fault)
        return
    yield "refused for good", world
    yield "answer lost", world._replace(transit=Transit.AIR)
    for transit in (Transit.NONE, Transit.LAG):
        yield "received", world._replace(truth=Truth.PENDING, transit=transit)
        yield "answer lost", world._replace(truth=Truth.PENDING, transit=transit)
    for truth in VERDICTS:
        yield f"judged {truth}", world._replace(truth=truth)
        yield "answer lost", world._replace(truth=truth)


def _ask(world: World) -> Iterator[tuple[str, World]]:
    yield from ((name, world) for name in ("too many questions", "misconfigured"))
    if world.truth is Truth.NOTHING or world.transit is not Transit.NONE:
        yield "not known", world
        return
    yield "already known", world  # where the question is the same bytes again
    yield ("pending" if world.truth is Truth.PENDING else f"judged {world.truth}"), world


def _recorded(world: World, name: str, rules: Rules, *, login: bool = False) -> World:
    """The world after the finding went through the table."""
    assert world.submission is not None
    case = Case(
        state=world.submission,
        sealed=b"",
        fiscal_id="",
        number="",
        file_name="",
        kind="",
        issued_at=NOW,
        not_known_since=SINCE[world.age],
    )
    send = conversation.may_call(world.submission, CallPurpose.SEND)
    purpose = CallPurpose.SEND if send else CallPurpose.ASK
    finding = FINDINGS[name]
    step = rules.advance(
        case, CallPurpose.LOGIN if login else purpose, finding, at=NOW, patience=PATIENCE
    )
    after = moved(world, step)
    return judged(after, finding.verdict.outcome) if isinstance(finding, Judged) else after


def _zombie(world: World, rules: Rules) -> Iterator[Edge]:
    """A paused worker wakes without a fence: it goes on as if the row were still its own.

    Under the fence its epoch matches nothing, so it can change nothing: being paused is then the
    same as dying, and the model spares itself these worlds.
    """
    believed = world._replace(
        zombie="", zombie_state=None, submission=world.zombie_state, worker=world.zombie
    )
    assert world.zombie_state is not None
    calls = [(world.zombie, believed)]
    if world.zombie not in FINDINGS:
        calls = list(_call(believed, world.zombie_state))
    for name, after in calls:
        try:
            late = _recorded(after, name, rules)
        except IllegalTransition:  # the table itself stops it: nothing is committed
            continue
        yield Edge(Actor.PROGRAM, f"the paused worker: {name}", late)
