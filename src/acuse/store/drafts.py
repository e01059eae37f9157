"""Drafts: what a user may still change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.lifecycle import UNISSUED, DocumentState
from acuse.domain.numbering import Number
from acuse.store import codec, models


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft under lock; `number` is set where it owns one already, with its range."""

    id: int
    company_id: int
    document: Document
    number: Number | None
    range_id: int | None


def create(
    company_id: int,
    customer_id: int,
    document: Document,
    *,
    total: Decimal,
    by: str,
    at: datetime,
) -> int:
    """The id of a new draft."""
    row = models.Document(
        company_id=company_id,
        kind=document.kind.value,
        customer_id=customer_id,
        customer_name=document.counterparty.name,
        content=codec.dump(document),
        currency=document.currency,
        total=total,
        created_by=by,
        created_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def lock(draft_id: int) -> Draft | None:
    """The draft, held until commit; None where it is no draft any more."""
    row = (
        models.Document.objects.select_for_update()
        .filter(pk=draft_id, state=DocumentState.DRAFT.value)
        .first()
    )
    if row is None:
        return None
    return Draft(
        id=row.pk,
        company_id=row.company_id,
        document=codec.load(Document, row.content),
        number=None if row.value is None else Number(row.series, row.value),
        range_id=row.range_id,
    )


def save(
    draft_id: int, document: Document, *, total: Decimal, customer_id: int | None = None
) -> bool:
    """Whether the draft was there to be changed; its kind and the number it may own stay."""
    rows = models.Document.objects.filter(pk=draft_id, state=DocumentState.DRAFT.value)
    changes: dict[str, object] = {
        "content": codec.dump(document),
        "customer_name": document.counterparty.name,
        "currency": document.currency,
        "total": total,
    }
    if customer_id is not None:
        changes["customer_id"] = customer_id
    return bool(rows.update(**changes))


def undate(draft_id: int) -> None:
    """Let the draft be dated on the day it is issued again."""
    row = models.Document.objects.get(pk=draft_id, state=DocumentState.DRAFT.value)
    row.content = codec.dump(replace(codec.load(Document, row.content), date=None))
    row.save(update_fields=["content"])


def load(company_id: int, draft_id: int) -> Document:
    """The draft as last saved; raises Document.DoesNotExist for what is no draft of the company."""
    return _content(company_id, draft_id, (DocumentState.DRAFT,))


def kept(company_id: int, draft_id: int) -> Document:
    """The same, of a discarded draft, too."""
    return _content(company_id, draft_id, UNISSUED)


def is_discarded(company_id: int, draft_id: int) -> bool:
    """Whether it is a discarded draft of the company."""
    rows = models.Document.objects.filter(company_id=company_id, pk=draft_id)
    return rows.filter(state=DocumentState.DISCARDED.value).exists()


def _content(company_id: int, draft_id: int, states: Iterable[DocumentState]) -> Document:
    among = [state.value for state in states]
    row = models.Document.objects.get(pk=draft_id, company_id=company_id, state__in=among)
    return codec.load(Document, row.content)
