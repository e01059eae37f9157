"""Mending by cause: what a person decides about all failures of one cause, some at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import DeliveryState, Reason, Trigger
from acuse.domain.failure import HELD, RELEASABLE, RESOLVABLE, RETRIABLE, UNHELD, Cause
from acuse.domain.problem import Blocked
from acuse.domain.recipient import RecipientEvent, RecipientState
from acuse.flow import addresses, copies, lanes, release, retry, wording
from acuse.store import activity, deliveries, failing, mended, models, news
from acuse.store.failing import Span

CHUNK = 100  # a transaction's
MOST = 1000  # of one request: who has more asks again
NAMED = 5  # addresses in one sentence


@dataclass(frozen=True, slots=True)
class Done:
    """How many were mended, and why others were not: addresses that mail is held to, and texts."""

    many: int = 0
    held: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()

    def __add__(self, other: Done) -> Done:
        said = dict.fromkeys((*self.said, *other.said))
        return Done(self.many + other.many, self.held | other.held, tuple(said))

    @property
    def why_not(self) -> tuple[str, ...]:
        """What to tell of those that were not, each thing once."""
        return (_held_to(self.held), *self.said) if self.held else self.said


Step = Callable[[Span], tuple[Done, int]]  # what it did, and the last key it looked at


def release_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> Done:
    """How many held mails of that cause are open now; the gates are asked again of each."""
    assert cause in RELEASABLE, cause

    def step(rest: Span) -> tuple[Done, int]:
        ids = failing.first_held(company_id, cause, rest, limit=CHUNK)
        done = sum(release.release_by_hand(one, by=by, at=at) for one in ids)
        return Done(done), _last(ids)

    return _in_chunks(step, span)


def dismiss_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> Done:
    """How many held mails of that cause are closed: they are not wanted.

    What went to others stays as it is; the addresses that it left out are dealt with.
    """
    assert cause in HELD, cause

    def step(rest: Span) -> tuple[Done, int]:
        ids = failing.first_held(company_id, cause, rest, limit=CHUNK)
        return Done(sum(_dismiss(company_id, one, by, at) for one in ids)), _last(ids)

    return _in_chunks(step, span)


def retry_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> Done:
    """How many failures of that cause are tried again, and why others are not.

    A mail that ended badly goes as a new delivery to the same address; one that still waits is
    tried now; a conversation with the authority goes on with a question. Nothing goes to an address
    that mail is held to: see `try_addresses`.
    """
    assert cause in RETRIABLE, cause
    if cause is Cause.AUTHORITY:
        return _in_chunks(lambda rest: _ask_again(company_id, rest, by, at), span)
    return _in_chunks(lambda rest: _mail_again(company_id, cause, rest, by, at), span)


def resolve_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> Done:
    """How many failed mails of that cause a person has dealt with; none of them is tried again.

    One that was uncertain twice counts as sent.
    """
    assert cause in RESOLVABLE, cause

    def step(rest: Span) -> tuple[Done, int]:
        rows = failing.first_mails(company_id, cause, rest, limit=CHUNK)
        return Done(sum(_resolve(row, by, at) for row in rows)), _last([row.pk for row in rows])

    return _in_chunks(step, span)


def try_addresses(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> Done:
    """A person's word that the addresses of these failures work: the mails go to them again.

    What waited for them elsewhere leaves, too.
    """
    assert cause in UNHELD, cause
    found = failing.addresses(company_id, cause, span)
    keys = failing.first_held(company_id, cause, span, limit=CHUNK) if cause in HELD else []
    for address in sorted(news.suppressed(company_id, found)):
        addresses.try_again(company_id, address, by=by, at=at)
    if cause not in HELD:
        return retry_all(company_id, cause, span, by=by, at=at)
    return sum((_went(company_id, one, by, at) for one in keys), Done())


def _went(company_id: int, delivery_id: int, by: str, at: datetime) -> Done:
    """What became of a delivery whose addresses may be tried: it left, or goes to the left out."""
    with transaction.atomic():
        held = deliveries.lock(delivery_id)
        if held.state is DeliveryState.HELD:
            return Done(said=(f"No sale todavía: {wording.reason(held.reason.value)}.",))
        left_out = mended.left_out(delivery_id)
        if not left_out:
            return Done(1)
        send = _copy_anew if held.trigger is Trigger.COPY else _send_anew
        sent = send(company_id, held.document_id, list(left_out), by, at)
    return replace(sent, many=min(sent.many, 1))


def _in_chunks(step: Step, span: Span) -> Done:
    done, looked = Done(), 0
    while looked < MOST:
        with transaction.atomic():
            now, last = step(span)
        if not last:
            break
        done, looked = done + now, looked + CHUNK
        span = replace(span, above=last)
    return done


def _dismiss(company_id: int, delivery_id: int, by: str, at: datetime) -> bool:
    if release.dismiss(delivery_id, reason=Reason.NOT_WANTED, how="", by=by, at=at):
        return True
    left_out = mended.give_up(delivery_id)
    for address in left_out:
        event = Event(at, EventKind.FAILURE_RESOLVED, by, {"to": address})
        activity.record(company_id, deliveries.lock(delivery_id).document_id, event)
    return bool(left_out)


def _last(ids: list[int]) -> int:
    return ids[-1] if ids else 0


def _ask_again(company_id: int, rest: Span, by: str, at: datetime) -> tuple[Done, int]:
    found = failing.first_conversations(company_id, rest, limit=CHUNK)
    done = sum(retry.retry(company_id, document_id, by=by, at=at) for _, document_id in found)
    return Done(done), _last([key for key, _ in found])


def _mail_again(
    company_id: int, cause: Cause, rest: Span, by: str, at: datetime
) -> tuple[Done, int]:
    rows = failing.first_mails(company_id, cause, rest, limit=CHUNK)
    held = {one.casefold() for one in news.suppressed(company_id, [row.address for row in rows])}
    done = Done(held=frozenset(row.address for row in rows if row.normalised in held))
    anew: dict[tuple[int, bool], list[str]] = defaultdict(list)  # the document, whether a copy
    for row in (row for row in rows if row.normalised not in held):
        match RecipientState(row.state):
            case RecipientState.DEFERRED:
                went = mended.hurry(row.pk, at=at)
                done += Done(_told(row, went, EventKind.RECIPIENT_RETRIED, by, at))
            case RecipientState.STUCK:
                went = mended.decide(row.pk, RecipientEvent.RESEND, at=at)
                done += Done(_told(row, went, EventKind.RECIPIENT_RETRIED, by, at))
            case _:
                copied = row.delivery.trigger == Trigger.COPY.value
                anew[row.delivery.document_id, copied].append(row.address)
    for (document_id, copied), emails in anew.items():
        send = _copy_anew if copied else _send_anew
        done += send(company_id, document_id, emails, by, at)
    lanes.nudge(lanes.DELIVER)
    return done, _last([row.pk for row in rows])


def _send_anew(company_id: int, document_id: int, failed: list[str], by: str, at: datetime) -> Done:
    """How many of the document's mails go again; none where it is not accepted any more."""
    emails = tuple(dict.fromkeys(failed))
    try:
        release.send_by_hand(company_id, document_id, emails, by=by, at=at)
    except Blocked as blocked:
        return Done(said=tuple(one.text for one in blocked.problems))
    return Done(len(failed))


def _copy_anew(company_id: int, document_id: int, failed: list[str], by: str, at: datetime) -> Done:
    emails = tuple(dict.fromkeys(failed))
    went = copies.again(company_id, document_id, emails, by=by, at=at)
    return Done(len(failed) if went else 0)


def _held_to(held: frozenset[str]) -> str:
    shown = sorted(held)
    more = f" y {len(shown) - NAMED} más" if len(shown) > NAMED else ""
    return (
        f"El correo a {', '.join(shown[:NAMED])}{more} está retenido por lo que devolvió su "
        "servidor. Corrige la dirección o, si ya funciona, pulsa «Volver a intentar con esta "
        "dirección»."
    )


def _resolve(row: models.Recipient, by: str, at: datetime) -> bool:
    if row.state == RecipientState.STUCK.value:
        went = mended.decide(row.pk, RecipientEvent.CLOSE, at=at)
        return _told(row, went, EventKind.FAILURE_RESOLVED, by, at)
    after = mended.stop(row.pk, at=at)
    kind = EventKind.FAILURE_RESOLVED
    if after is RecipientState.CANCELLED:
        kind = EventKind.RECIPIENT_CANCELLED
    return _told(row, after is not None, kind, by, at)


def _told(row: models.Recipient, went: bool, kind: EventKind, by: str, at: datetime) -> bool:
    if went:
        event = Event(at, kind, by, {"to": row.address})
        activity.record(row.company_id, row.delivery.document_id, event)
    return went
