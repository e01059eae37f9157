"""Track: what comes back of mail is kept, read, traced, and folded into the recipient's state.

Transact (the message is kept), read (in a child, outside any transaction), transact (what it told,
all of it or nothing). Whatever names none of ours by a signed token is noted and changes nothing.
A mail provider's events go the same way: `flow.hooks` keeps them, proven.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from acuse.domain import bounce_news, bounce_trace, verp
from acuse.domain.bounce_trace import Trace
from acuse.domain.recipient import RecipientState
from acuse.domain.report import Report, ReportKind
from acuse.domain.returned import TRIES, Again, Intake, ReportState, after_trouble, while_sending
from acuse.domain.route import Provider
from acuse.flow import followed, forward, lanes, outside, returns, standing
from acuse.gateways import provider_hooks
from acuse.gateways.report_reader import Unreadable
from acuse.mail.reports import provider
from acuse.store import activity, news, reports
from acuse.store.reports import Waiting

log = structlog.get_logger()
BATCH = 20
LEASE = timedelta(minutes=5)  # for a batch: each report has seconds
MOST_FACTS = 10
FORGOTTEN_AT_ONCE = 500


def take(
    raw: bytes,
    *,
    to: tuple[str, ...],
    intake: Intake,
    owner: int | None = None,
    at: datetime,
    size: int = 0,
) -> bool:
    """Whether the message is new; when this returns, it is kept. `to`: whom it was handed to.

    `owner`: the company in whose own mailbox it lay; no other's mails are changed by it. `size` is
    how many bytes it has where `raw` is not all of it. Whole is kept only what names a mail of
    ours: it may be a person's answer.
    """
    longest = reports.LONGEST_ANSWER if _names_ours(raw, to) else reports.LONGEST
    size = max(size, len(raw))
    with transaction.atomic():
        kept = reports.keep(
            raw, to=to, intake=intake, owner=owner, at=at, longest=longest, size=size
        )
        new = kept is not None
        if new:
            lanes.nudge(lanes.TRACK)
    return new


def track_due(*, at: datetime) -> int:
    """How many reports were read and answers handed on."""
    with transaction.atomic():
        claimed = reports.claim(at=at, lease=LEASE, limit=BATCH)
    for one in claimed:
        _work_off(one)
    return len(claimed) + forward.forward_due(at=at)


def forget(*, at: datetime) -> int:
    """How many reports were dropped that changed nothing, their term over; some at a time."""
    if not settings.NOTED_DAYS:
        return 0
    before = at - timedelta(days=settings.NOTED_DAYS)
    with transaction.atomic():
        return reports.forget(before=before, limit=FORGOTTEN_AT_ONCE)


def _names_ours(raw: bytes, to: tuple[str, ...]) -> bool:
    """Whether a signed name of ours stands in its envelope or its head; the reader says where."""
    if len(raw) <= reports.LONGEST:
        return False
    lines = (*to, *raw[: verp.LONGEST_TEXT].decode("latin-1").splitlines())
    return any(True for line in lines for _ in verp.within(line, returns.keys()))


def _work_off(waiting: Waiting) -> None:
    if waiting.tries > TRIES:  # workers died over it
        _not_read(waiting, "its readers died")
        return
    try:
        report = _read(waiting)
    except Unreadable as trouble:
        _not_read(waiting, str(trouble))
        return
    with transaction.atomic():
        if reports.hold(waiting):
            _record(waiting, replace(report, digest=waiting.digest), outside.now())


def _read(waiting: Waiting) -> Report:
    """What came, as a report; a mail is read in the child, raises Unreadable."""
    if not waiting.provider:
        return outside.report_reader().read(waiting.raw, to=waiting.to)
    told = provider_hooks.read(Provider(waiting.provider), waiting.raw)
    return provider.report(told, waiting.digest)


def _not_read(waiting: Waiting, trouble: str) -> None:
    """Its reader was brought down: again after a while, three times."""
    at = outside.now()
    step = after_trouble(waiting.tries, at)
    log.warning("report not read", report=waiting.id, tries=waiting.tries)
    with transaction.atomic():
        if isinstance(step, Again):
            reports.later(waiting, wake_at=step.at, failed=True)
            return
        facts = {"trouble": trouble}
        reports.done(
            waiting, step, None, None, company_id=None, facts=facts, forward_at=None, at=at
        )


def _record(waiting: Waiting, report: Report, at: datetime) -> None:
    trace = _traced(waiting, report)
    if not trace.believed:
        _done(waiting, report, trace, ReportState.NOTED, None, at)
        return
    assert trace.recipient is not None
    recipient = news.lock(trace.recipient)
    if recipient.state is RecipientState.SENDING:
        again = while_sending(waiting.received_at, at)
        if again:
            reports.later(waiting, wake_at=again.at, failed=False)
            return
    told = bounce_news.news(report, trace, recipient.address, at=waiting.received_at)
    new = news.add(recipient.company_id, recipient.id, recipient.address, told, waiting.id)
    events = followed.follow(recipient, new, report, at=at)
    activity.record(recipient.company_id, recipient.document_id, *events)
    standing.weigh(recipient.company_id, recipient.document_id, recipient.address, new, at=at)
    state = ReportState.COUNTED if told else ReportState.NOTED
    _done(waiting, report, trace, state, recipient.company_id, at)


def _traced(waiting: Waiting, report: Report) -> Trace:
    at, named = waiting.received_at, bounce_trace.tokens(report, returns.keys())
    name = report.places.provider
    if waiting.provider and not named:
        sent = news.of_provider(name, waiting.provider, waiting.owner) if name else ()
        return bounce_trace.named_by_provider(report, sent)
    kept = news.kept([token for _, token in named])
    recent: tuple[bounce_trace.Sent, ...] = ()
    if not named and report.kind is ReportKind.DELIVERY:
        addresses = {address for one in report.results for address in (one.address, one.original)}
        within = bounce_trace.PROBABLE_WITHIN
        recent = news.recent(sorted(addresses - {""})[:MOST_FACTS], at=at, within=within)
    return bounce_trace.trace(
        report, named, kept=kept, recent=recent, company=waiting.owner or None, at=at
    )


def _done(
    waiting: Waiting,
    report: Report,
    trace: Trace,
    state: ReportState,
    company_id: int | None,
    at: datetime,
) -> None:
    facts = {
        "source": report.source.value,
        "detail": report.detail,
        "probable": trace.recipient if company_id is None else None,
        "results": [
            {"address": one.address, "action": one.action.value, "reason": one.reason.value}
            for one in report.results[:MOST_FACTS]
        ],
    }
    answered = report.for_a_person and state is ReportState.COUNTED
    reports.done(
        waiting,
        state,
        report,
        trace,
        company_id=company_id,
        facts=facts,
        forward_at=at if answered else None,
        at=at,
    )
