"""Mending by cause: what a person decides about all failures of one cause, some at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.delivery import Reason, Trigger
from acuse.domain.failure import HELD, RELEASABLE, RESOLVABLE, RETRIABLE, Cause
from acuse.domain.problem import Blocked
from acuse.domain.recipient import RecipientEvent, RecipientState
from acuse.flow import copies, lanes, release, retry
from acuse.store import activity, failing, forwards, mended, models
from acuse.store.failing import Span

CHUNK = 100  # a transaction's
MOST = 1000  # of one request: who has more asks again

Step = Callable[[Span], tuple[int, int]]  # how many it mended, and the last key it looked at


def release_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> int:
    """How many held mails of that cause are open now; the gates are asked again of each."""
    assert cause in RELEASABLE, cause

    def step(rest: Span) -> tuple[int, int]:
        ids = failing.first_held(company_id, cause, rest, limit=CHUNK)
        return sum(release.release_by_hand(one, by=by, at=at) for one in ids), _last(ids)

    return _in_chunks(step, span)


def dismiss_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> int:
    """How many held mails of that cause are closed: they are not wanted."""
    assert cause in HELD, cause

    def step(rest: Span) -> tuple[int, int]:
        ids = failing.first_held(company_id, cause, rest, limit=CHUNK)
        done = sum(
            release.dismiss(one, reason=Reason.NOT_WANTED, how="", by=by, at=at) for one in ids
        )
        return done, _last(ids)

    return _in_chunks(step, span)


def retry_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> int:
    """How many failures of that cause are tried again.

    A mail that ended badly goes as a new delivery to the same address; one that still waits is
    tried now; a conversation with the authority goes on with a question; an answer is handed on.
    """
    assert cause in RETRIABLE, cause
    if cause is Cause.AUTHORITY:
        return _in_chunks(lambda rest: _ask_again(company_id, rest, by, at), span)
    if cause is Cause.ANSWER:
        return _in_chunks(lambda rest: _answers_again(company_id, rest, by, at), span)
    return _in_chunks(lambda rest: _mail_again(company_id, cause, rest, by, at), span)


def resolve_all(company_id: int, cause: Cause, span: Span, *, by: str, at: datetime) -> int:
    """How many failures of that cause a person has dealt with; none of them is tried again.

    A mail that was uncertain twice counts as sent.
    """
    assert cause in RESOLVABLE, cause
    if cause is Cause.ANSWER:
        return _in_chunks(lambda rest: _answered(company_id, rest, by, at), span)

    def step(rest: Span) -> tuple[int, int]:
        rows = failing.first_mails(company_id, cause, rest, limit=CHUNK)
        return sum(_resolve(row, by, at) for row in rows), _last([row.pk for row in rows])

    return _in_chunks(step, span)


def _in_chunks(step: Step, span: Span) -> int:
    done, looked = 0, 0
    while looked < MOST:
        with transaction.atomic():
            mended_now, last = step(span)
        if not last:
            break
        done, looked = done + mended_now, looked + CHUNK
        span = replace(span, above=last)
    return done


def _last(ids: list[int]) -> int:
    return ids[-1] if ids else 0


def _ask_again(company_id: int, rest: Span, by: str, at: datetime) -> tuple[int, int]:
    found = failing.first_conversations(company_id, rest, limit=CHUNK)
    done = sum(retry.retry(company_id, document_id, by=by, at=at) for _, document_id in found)
    return done, _last([key for key, _ in found])


def _mail_again(
    company_id: int, cause: Cause, rest: Span, by: str, at: datetime
) -> tuple[int, int]:
    rows = failing.first_mails(company_id, cause, rest, limit=CHUNK)
    done = 0
    anew: dict[tuple[int, bool], list[str]] = defaultdict(list)  # the document, whether a copy
    for row in rows:
        match RecipientState(row.state):
            case RecipientState.DEFERRED:
                done += _told(row, mended.hurry(row.pk, at=at), EventKind.RECIPIENT_RETRIED, by, at)
            case RecipientState.STUCK:
                went = mended.decide(row.pk, RecipientEvent.RESEND, at=at)
                done += _told(row, went, EventKind.RECIPIENT_RETRIED, by, at)
            case _:
                copied = row.delivery.trigger == Trigger.COPY.value
                anew[row.delivery.document_id, copied].append(row.address)
    for (document_id, copied), addresses in anew.items():
        send = _copy_anew if copied else _send_anew
        done += send(company_id, document_id, addresses, by, at)
    lanes.nudge(lanes.DELIVER)
    return done, _last([row.pk for row in rows])


def _answers_again(company_id: int, rest: Span, by: str, at: datetime) -> tuple[int, int]:
    rows = failing.first_answers(company_id, rest, limit=CHUNK)
    for row in rows:
        forwards.again(row.pk, at=at)
        _told_of_answer(row, EventKind.RECIPIENT_RETRIED, by, at)
    lanes.nudge(lanes.TRACK)
    return len(rows), _last([row.pk for row in rows])


def _answered(company_id: int, rest: Span, by: str, at: datetime) -> tuple[int, int]:
    rows = failing.first_answers(company_id, rest, limit=CHUNK)
    for row in rows:
        forwards.resolve(row.pk)
        _told_of_answer(row, EventKind.FAILURE_RESOLVED, by, at)
    return len(rows), _last([row.pk for row in rows])


def _told_of_answer(row: models.Report, kind: EventKind, by: str, at: datetime) -> None:
    assert row.recipient is not None, "only a traced answer is handed on"
    event = Event(at, kind, by, {"to": f"respuesta de {row.sender}", "answer": True})
    activity.record(row.recipient.company_id, row.recipient.delivery.document_id, event)


def _send_anew(
    company_id: int, document_id: int, addresses: list[str], by: str, at: datetime
) -> int:
    """How many of the document's mails go again: none where it is not accepted any more."""
    emails = tuple(dict.fromkeys(addresses))
    try:
        release.send_by_hand(company_id, document_id, emails, by=by, at=at)
    except Blocked:
        return 0
    return len(addresses)


def _copy_anew(
    company_id: int, document_id: int, addresses: list[str], by: str, at: datetime
) -> int:
    emails = tuple(dict.fromkeys(addresses))
    went = copies.again(company_id, document_id, emails, by=by, at=at)
    return len(addresses) if went else 0


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
