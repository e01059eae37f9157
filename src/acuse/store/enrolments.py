"""The documents of a test set, found by their mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from acuse.domain.delivery import DeliveryState, Reason
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import DocumentState
from acuse.store import models

_ACCEPTED = [DocumentState.ACCEPTED.value, DocumentState.ACCEPTED_WITH_OBSERVATIONS.value]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents of a kind were issued, and how they were judged."""

    issued: int
    accepted: int
    rejected: int


NONE = Counts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Latest:
    """What a note says of the document it corrects."""

    number: str
    fiscal_id: str
    issued_at: datetime


def counts(company_id: int, mark: str) -> dict[DocumentKind, Counts]:
    """The set's documents by kind."""
    rows = (
        models.Document.objects.filter(company_id=company_id, content__extra__observations=mark)
        .exclude(issued_at=None)
        .values("kind")
        .annotate(
            issued=Count("id"),
            accepted=Count("id", filter=Q(state__in=_ACCEPTED)),
            rejected=Count("id", filter=Q(state=DocumentState.REJECTED.value)),
        )
    )
    return {
        DocumentKind(row["kind"]): Counts(row["issued"], row["accepted"], row["rejected"])
        for row in rows
    }


def latest_accepted(company_id: int, mark: str, kind: DocumentKind) -> Latest | None:
    """The newest document of the set of that kind that the authority accepted."""
    row = (
        models.Document.objects.filter(
            company_id=company_id,
            kind=kind.value,
            state__in=_ACCEPTED,
            content__extra__observations=mark,
        )
        .order_by("-id")
        .first()
    )
    if row is None:
        return None
    assert row.issued_at is not None
    return Latest(row.number, row.fiscal_id, row.issued_at)


def offer_no_mail(company_id: int, mark: str) -> int:
    """How many skipped deliveries of the set are nobody's to catch up on now: no customer has them.

    They were skipped because the switch was still off, which a person may make good by one click.
    """
    rehearsed = models.Document.objects.filter(
        company_id=company_id, content__extra__observations=mark
    )
    return models.Delivery.objects.filter(
        company_id=company_id,
        document_id__in=rehearsed.values("id"),
        state=DeliveryState.SKIPPED.value,
        reason=Reason.SWITCH_OFF.value,
    ).update(reason=Reason.CUSTOMER_NEVER.value)
