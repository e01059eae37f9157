"""A mail of ours to the company's own people: told once, and better not at all than twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from acuse.domain.recipient import SmtpOutcome, Stage

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
)


class NoticeState(StrEnum):
    """How far it got."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"  # also where the server never answered the dot: tomorrow brings another
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class NoticeStep:
    """Where it goes next, when it is tried again, and whether the try was one of the few."""

    state: NoticeState
    wake_at: datetime | None = None
    counted: bool = True


def after_try(
    outcome: SmtpOutcome, *, tries: int, at: datetime, spared: datetime | None = None
) -> NoticeStep:
    """Where a notice goes; `tries` counts this one. A lost answer after the dot is no second.

    Where its road is at fault, it is `spared`: tried again then, the try not counted.
    """
    kind = outcome.code // 100
    if outcome.stage is Stage.DOT and kind not in (4, 5):
        return NoticeStep(NoticeState.SENT)
    if spared is not None:
        return NoticeStep(NoticeState.QUEUED, spared, counted=False)
    if tries > len(WAITS) or (kind == 5 and outcome.stage is Stage.RCPT):
        return NoticeStep(NoticeState.FAILED)
    return NoticeStep(NoticeState.QUEUED, at + WAITS[tries - 1])
