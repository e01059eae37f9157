"""The steps of the mail: gates, holds, attempts, lost answers, news, people's decisions."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain import lifecycle, recipient
from acuse.domain.delivery import (
    RELEASED_BY_ITSELF,
    DeliveryEvent,
    DeliveryState,
    Reason,
    advance_delivery,
)
from acuse.domain.lifecycle import MAILABLE, DocumentEvent, DocumentState
from acuse.domain.recipient import (
    RECIPIENT_TABLE,
    RecipientEvent,
    RecipientState,
    SmtpOutcome,
    Stage,
    advance_recipient,
)
from acuse.domain.verdict import Outcome
from tests.domain.worlds import ENDED, MOST_RESENDS, Actor, Edge, Rules, World
from tests.domain.worlds_written import NOW, PATIENCE, decision

NOT_BEGUN = (None, RecipientState.QUEUED, RecipientState.DEFERRED)

# Before the dot: what the server, or the lack of it, can do.
EARLY = (
    SmtpOutcome(Stage.CONNECT, 0),
    SmtpOutcome(Stage.AUTH, 535),
    SmtpOutcome(Stage.RCPT, 450),
    SmtpOutcome(Stage.RCPT, 550),
    SmtpOutcome(Stage.BODY, 0),
)
WAITING = (RecipientState.QUEUED, RecipientState.DEFERRED)
UNMADE = (None, RecipientState.REPLACED)  # no message, or none any more


def steps(world: World, rules: Rules) -> Iterator[Edge]:
    """Every step of delivery and recipient out of the world.

    A worker still paused over the conversation is let wake first: it concerns that part alone.
    """
    if world.delivery is None or world.zombie:
        return
    yield from _settings(world)
    yield from _people(world)
    yield from _gates(world)
    yield from _attempt(world, rules)
    yield from _news(world)


def _settings(world: World) -> Iterator[Edge]:
    """People change what the mail depends on."""
    for name in ("customer_allows", "complete", "has_email"):
        turned = world.settings._replace(**{name: not getattr(world.settings, name)})
        yield Edge(Actor.PERSON, f"toggle {name}", world._replace(settings=turned))
    turned = world.settings._replace(switch=not world.settings.switch)
    toggled = world._replace(settings=turned)
    holds = world.delivery is DeliveryState.HELD or (
        world.delivery is DeliveryState.OPEN and world.recipient in NOT_BEGUN
    )
    if world.settings.switch and holds:
        toggled = _move(toggled, DeliveryEvent.SWITCH_TURNED_OFF, Reason.SWITCH_OFF)._replace(
            off=True
        )
    yield Edge(Actor.PERSON, "toggle the switch", toggled)


def _people(world: World) -> Iterator[Edge]:
    """Buttons of the document's page, and the authority's word that it is void."""
    if world.delivery is DeliveryState.HELD:
        released = _move(world, DeliveryEvent.RELEASED_BY_HAND)._replace(off=False)
        if world.document in MAILABLE:
            yield Edge(Actor.PERSON, "release by hand", released)
        for reason in (Reason.NOT_WANTED, Reason.HANDED_OVER, Reason.SENT_BY_HAND):
            yield Edge(Actor.PERSON, reason, _move(world, DeliveryEvent.DISMISSED, reason))
    if world.delivery is DeliveryState.OPEN and world.recipient in NOT_BEGUN:
        yield Edge(Actor.PERSON, "no enviar", _dismissed(world, Reason.NOT_WANTED))
    skipped = (world.delivery, world.reason) == (DeliveryState.SKIPPED, Reason.SWITCH_OFF)
    if skipped and world.settings.switch and world.document in MAILABLE:
        yield Edge(Actor.PERSON, "catch up", _move(world, DeliveryEvent.CAUGHT_UP))
    if world.recipient is RecipientState.STUCK:
        closed = world._replace(recipient=_of(world, RecipientEvent.CLOSE), closed_by_person=True)
        yield Edge(Actor.PERSON, "close", closed)
        if world.document in MAILABLE and world.resends_by_person < MOST_RESENDS:
            again = world._replace(
                recipient=_of(world, RecipientEvent.RESEND),
                resends_by_person=world.resends_by_person + 1,
            )
            yield Edge(Actor.PERSON, "resend", again)
    if world.document in MAILABLE:
        void = world._replace(document=lifecycle.advance(world.document, DocumentEvent.VOID))
        if world.delivery is DeliveryState.HELD or (
            world.delivery is DeliveryState.OPEN and world.recipient in NOT_BEGUN
        ):
            void = _dismissed(void, Reason.VOIDED)
        yield Edge(Actor.OUTSIDE, "its voiding is accepted", void)


def _gates(world: World) -> Iterator[Edge]:
    """The program asks again what must be so until a mail has left. Source: design.md 1.5.2."""
    state, reason = decision(world.settings._replace(switch=True), Outcome.ACCEPTED)
    if world.delivery is DeliveryState.HELD and world.reason in RELEASED_BY_ITSELF:
        if state is DeliveryState.OPEN:
            yield Edge(Actor.PROGRAM, "completed", _move(world, DeliveryEvent.COMPLETED))
        if state is DeliveryState.SKIPPED:
            skipped = _move(world, DeliveryEvent.DISMISSED, reason)
            yield Edge(Actor.PROGRAM, "the customer wants none", skipped)
    unsent = world.recipient in WAITING and not world.uncertain
    if world.delivery is DeliveryState.OPEN and (world.recipient in UNMADE or unsent):
        if state is DeliveryState.HELD:
            wanting = _move(world, DeliveryEvent.FOUND_WANTING, reason)
            yield Edge(Actor.PROGRAM, "found wanting", wanting)
        elif state is DeliveryState.SKIPPED:
            yield Edge(Actor.PROGRAM, "not to be mailed any more", _dismissed(world, reason))
        elif unsent:
            anew = world._replace(recipient=_of(world, RecipientEvent.REPLACE))
            yield Edge(Actor.PROGRAM, "it goes elsewhere now", anew)
        else:
            queued = world._replace(recipient=RecipientState.QUEUED)
            yield Edge(Actor.PROGRAM, "the packet is ready", queued)


def _attempt(world: World, rules: Rules) -> Iterator[Edge]:
    """One SMTP try, broken wherever it can break."""
    sendable = world.delivery is DeliveryState.OPEN and world.document in MAILABLE
    if sendable and world.recipient in (RecipientState.QUEUED, RecipientState.DEFERRED):
        fault = "mailed though the switch was turned off" if world.off else world.fault
        taken = _of(world, RecipientEvent.CLAIM)
        begun = world._replace(recipient=taken, started=True, fault=fault)
        yield Edge(Actor.PROGRAM, "claim the mail", begun)
    void = world.document is DocumentState.VOIDED
    if void and world.recipient in (RecipientState.QUEUED, RecipientState.DEFERRED):
        stopped = world._replace(recipient=_of(world, RecipientEvent.CANCEL))
        yield Edge(Actor.PROGRAM, "a void document is not tried again", stopped)
    if world.recipient is RecipientState.SENDING and not world.dot:
        for outcome in EARLY:
            ended = _ended(world, outcome, rules)
            yield Edge(Actor.OUTSIDE, f"{outcome.stage} {outcome.code}", ended)
        tired = _ended(world, SmtpOutcome(Stage.CONNECT, 0), rules, tries=PATIENCE.mail_tries)
        yield Edge(Actor.OUTSIDE, "the last try fails", tired)
        yield Edge(Actor.OUTSIDE, "the worker dies early", _orphaned(world, Stage.RCPT))
        yield Edge(Actor.PROGRAM, "record the dot", world._replace(dot=True))
    if world.recipient is RecipientState.SENDING and world.dot:
        taken_by_server = world._replace(copies=world.copies + 1)
        sent = _ended(taken_by_server, SmtpOutcome(Stage.DOT, 250), rules)
        yield Edge(Actor.PROGRAM, "250 after the dot", sent)
        for code in (0, 354):
            for truth in (world, taken_by_server):
                lost = _ended(truth, SmtpOutcome(Stage.DOT, code), rules)
                yield Edge(Actor.OUTSIDE, f"no answer after the dot ({code})", lost)
        for code in (451, 554):
            refused = _ended(world, SmtpOutcome(Stage.DOT, code), rules)
            yield Edge(Actor.OUTSIDE, f"{code} after the dot", refused)
        for truth in (world, taken_by_server):
            yield Edge(Actor.OUTSIDE, "the worker dies at the dot", _orphaned(truth, Stage.DOT))
        paused = _orphaned(world, Stage.DOT)._replace(late_copy=True)
        yield Edge(Actor.OUTSIDE, "the worker is paused at the dot", paused)
    if world.late_copy:
        late = world._replace(late_copy=False, copies=world.copies + 1)
        yield Edge(Actor.OUTSIDE, "the paused worker writes its dot", late)
        yield Edge(Actor.OUTSIDE, "the paused worker is gone", world._replace(late_copy=False))


def _news(world: World) -> Iterator[Edge]:
    """What is heard later, and what is done without news."""
    if world.recipient is RecipientState.UNCERTAIN:
        for again, said in ((True, "once more"), (False, "a person decides")):
            move = recipient.window_closed(NOW, again=again)
            yield Edge(Actor.PROGRAM, f"no news: {said}", world._replace(recipient=move.state))
    if not world.copies or world.recipient is None:
        return
    for event in (
        RecipientEvent.PROVEN_SENT,
        RecipientEvent.REPORTED_DELIVERED,
        RecipientEvent.BOUNCE,
    ):
        if (world.recipient, event) in RECIPIENT_TABLE:  # else it is kept as an event only
            heard = world._replace(recipient=_of(world, event))
            yield Edge(Actor.OUTSIDE, event, heard)


def _move(world: World, event: DeliveryEvent, reason: Reason = Reason.NONE) -> World:
    assert world.delivery is not None
    return world._replace(delivery=advance_delivery(world.delivery, event), reason=reason)


def _dismissed(world: World, reason: Reason) -> World:
    gone = _of(world, RecipientEvent.CANCEL) if world.recipient in WAITING else world.recipient
    return _move(world, DeliveryEvent.DISMISSED, reason)._replace(recipient=gone)


def _of(world: World, event: RecipientEvent) -> RecipientState:
    assert world.recipient is not None
    return advance_recipient(world.recipient, event)


def _ended(world: World, outcome: SmtpOutcome, rules: Rules, *, tries: int = 2) -> World:
    move = rules.after_attempt(
        outcome,
        tries=tries,
        uncertain_before=world.uncertain > 0,
        at=NOW,
        patience=PATIENCE,
    )
    return _moved(world, move)


def _orphaned(world: World, stage: Stage) -> World:
    move = recipient.lease_expired(
        stage, tries=2, uncertain_before=world.uncertain > 0, at=NOW, patience=PATIENCE
    )
    return _moved(world, move)


def _moved(world: World, move: recipient.Move) -> World:
    """The move written; a mail that is tried again by itself must know when."""
    unknown = move.state in (RecipientState.UNCERTAIN, RecipientState.STUCK)
    waits = move.state in (RecipientState.DEFERRED, RecipientState.UNCERTAIN)
    lost = "" if waits == (move.retry_at is not None) else "nobody will try this mail again"
    return world._replace(
        recipient=move.state,
        dot=False,
        uncertain=min(world.uncertain + unknown, 2),
        fault=world.fault or lost,
    )


def over(world: World) -> bool:
    """Whether the mail needs nobody any more."""
    return world.delivery is DeliveryState.SKIPPED or world.recipient in ENDED
