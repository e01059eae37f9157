"""What an operator sees of returned mail: how much came, and what of it changed nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from acuse.domain.returned import ReportState
from acuse.store import models


@dataclass(frozen=True, slots=True)
class Noted:
    """A message that changed nothing, and why."""

    id: int
    received_at: datetime
    kind: str
    doubt: str
    sender: str
    subject: str
    probable: int | None


def counts(*, since: datetime) -> dict[str, int]:
    """How many messages came since then, by what became of them."""
    rows = models.Report.objects.filter(received_at__gte=since).values("state")
    return {row["state"]: row["n"] for row in rows.annotate(n=Count("id")).order_by("state")}


def noted(*, limit: int = 20) -> tuple[Noted, ...]:
    """The latest messages that changed nothing."""
    states = [ReportState.NOTED.value, ReportState.UNREADABLE.value]
    rows = models.Report.objects.filter(state__in=states).defer("raw").order_by("-id")[:limit]
    return tuple(
        Noted(
            id=row.pk,
            received_at=row.received_at,
            kind=row.kind,
            doubt=row.doubt or row.state,
            sender=row.sender,
            subject=row.subject,
            probable=row.facts.get("probable"),
        )
        for row in rows
    )
