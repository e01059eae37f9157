"""News of one recipient, and what they make of its state: a set, so order and repetition are none.

The precedence: a bounce beats a delivery, a delivery beats having been sent; whatever came with a
token proves that our server took the mail. What a report cannot know stays: a mail not yet sent, a
refused or a cancelled one is not moved by any. Source: design.md 3.5, reliability.md F82, F83.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acuse.domain.bounce import HEAVIEST_FIRST, BounceReason, Response, response_to
from acuse.domain.bounce_trace import Trace, about
from acuse.domain.recipient import RECIPIENT_TABLE, RecipientEvent, RecipientState
from acuse.domain.report import Action, Report, ReportKind


class NewsKind(StrEnum):
    """What may be told of a mail after it left."""

    FAILED = "FAILED"
    DELAYED = "DELAYED"
    DELIVERED = "DELIVERED"
    RELAYED = "RELAYED"
    EXPANDED = "EXPANDED"
    READ = "READ"
    COMPLAINED = "COMPLAINED"
    AUTO_REPLIED = "AUTO_REPLIED"
    CHALLENGED = "CHALLENGED"
    REPLIED = "REPLIED"
    TAKEN = "TAKEN"  # the provider has it: what was uncertain is not


@dataclass(frozen=True, slots=True)
class News:
    """One thing that was told of a recipient; the same report gives the same `id`."""

    id: str
    kind: NewsKind
    at: datetime
    reason: BounceReason = BounceReason.UNDEFINED
    status: str = ""
    said: str = ""

    @property
    def words(self) -> str:
        """What the server said; its code alone where it said no more."""
        return self.said or self.status


@dataclass(frozen=True, slots=True)
class Followed:
    """What the news make of a recipient; `failure` is the one that counts, None without any."""

    state: RecipientState
    failure: News | None = None
    delayed: bool = False  # and nothing else known yet
    seen: frozenset[NewsKind] = frozenset()

    @property
    def response(self) -> Response | None:
        """What its failure asks for."""
        return response_to(self.failure.reason) if self.failure else None


_ACTIONS = {
    Action.FAILED: NewsKind.FAILED,
    Action.DELAYED: NewsKind.DELAYED,
    Action.DELIVERED: NewsKind.DELIVERED,
    Action.RELAYED: NewsKind.RELAYED,
    Action.EXPANDED: NewsKind.EXPANDED,
    Action.TAKEN: NewsKind.TAKEN,
}
_KINDS = {
    ReportKind.COMPLAINT: NewsKind.COMPLAINED,
    ReportKind.AUTO_REPLY: NewsKind.AUTO_REPLIED,
    ReportKind.CHALLENGE: NewsKind.CHALLENGED,
    ReportKind.REPLY: NewsKind.REPLIED,
}
OPENED = "displayed"  # RFC 8098 3.2.6.2


def news(report: Report, trace: Trace, address: str, *, at: datetime) -> tuple[News, ...]:
    """What the report tells of its recipient at that address; nothing, unless it is believed."""
    if not trace.believed:
        return ()
    if report.kind is ReportKind.DELIVERY:
        return tuple(
            News(
                id=f"{report.digest}:{number}",
                kind=_ACTIONS[one.action],
                at=at,
                reason=one.reason,
                status=one.status,
                said=one.said,
            )
            for number, one in enumerate(about(report, address))
        )
    kind = _read(report, trace) if report.kind is ReportKind.RECEIPT else _KINDS.get(report.kind)
    return (News(f"{report.digest}:0", kind, at),) if kind else ()


def _read(report: Report, trace: Trace) -> NewsKind | None:
    """A receipt counts only if it names our message itself (mail.md 6)."""
    named = any(trace.token in text.lower() for text in report.places.returned)
    return NewsKind.READ if named and report.detail == OPENED else None


def fold(state: RecipientState, told: Iterable[News]) -> Followed:
    """What a recipient in that state becomes by all that was told of it, in any order.

    `state` is the sending's own, or any that an earlier fold gave.
    """
    known = {one.id: one for one in sorted(told, key=_rank, reverse=True)}  # the first telling
    seen = frozenset(one.kind for one in known.values())
    failure = deciding(known.values())
    arrived = bool(seen & {NewsKind.DELIVERED, NewsKind.READ})
    after = _step(state, RecipientEvent.PROVEN_SENT, bool(seen))
    after = _step(after, RecipientEvent.REPORTED_DELIVERED, arrived)
    after = _step(after, RecipientEvent.BOUNCE, failure is not None)
    return Followed(
        state=after,
        failure=failure,
        delayed=NewsKind.DELAYED in seen and after is RecipientState.SENT,
        seen=seen,
    )


def deciding(told: Iterable[News]) -> News | None:
    """Of all that was told, the failure that counts: what a bounce is shown with."""
    failures = (one for one in told if one.kind is NewsKind.FAILED)
    return min(failures, key=_rank, default=None)


def _step(state: RecipientState, event: RecipientEvent, happens: bool) -> RecipientState:
    return RECIPIENT_TABLE.get((state, event), state) if happens else state


def _rank(one: News) -> tuple[int, datetime, str, str]:
    """Of several failures the one that asks for most counts; then the earliest."""
    weight = HEAVIEST_FIRST.index(response_to(one.reason))
    return weight, one.at, one.id, one.kind
