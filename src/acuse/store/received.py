"""Documents of others that name our company: kept once, as they came."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import get_type_hints

from django.db.models import QuerySet

from acuse.domain.received import ReceivedDocument
from acuse.store import artifacts, codec, models

BYTES = ("content", "receipt")  # kept as artifacts, beside the facts


@dataclass(frozen=True, slots=True)
class Listed:
    """A received document as a list shows it."""

    id: int
    number: str
    kind_name: str
    issuer_name: str
    issuer_tax_id: str
    issued_on: date
    currency: str
    total: Decimal
    received_at: datetime
    has_receipt: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A received document with how it came; `original` is the file as it was handed in."""

    id: int
    document: ReceivedDocument
    source: str
    received_by: str
    received_at: datetime


def find(company_id: int, fiscal_id: str) -> int | None:
    """The id of the company's document of that name, None where it is not kept."""
    rows = models.Received.objects.filter(company_id=company_id, fiscal_id=fiscal_id)
    return rows.values_list("id", flat=True).first()


def save(
    company_id: int,
    document: ReceivedDocument,
    original: bytes,
    *,
    source: str,
    by: str,
    at: datetime,
) -> int:
    """The id of the kept document; raises IntegrityError where its name is kept already."""
    row = models.Received(
        company_id=company_id,
        fiscal_id=document.fiscal_id,
        kind_code=document.kind_code,
        number=document.number,
        issuer_tax_id=document.issuer.number,
        issuer_name=document.issuer_name,
        issued_on=document.issued_on,
        currency=document.currency,
        total=document.total,
        facts=_facts(document),
        content_id=artifacts.save(company_id, document.content),
        receipt_id=_receipt(company_id, document),
        original_id=artifacts.save(company_id, original),
        source=source,
        received_by=by,
        received_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def complete(
    company_id: int, received_id: int, document: ReceivedDocument, original: bytes | None = None
) -> bool:
    """Whether the document was kept without the authority's answer and has it from now on.

    What comes with the answer takes the place of what came without: it is what was accepted.
    """
    rows = models.Received.objects.filter(pk=received_id, company_id=company_id, receipt=None)
    changes = {
        "facts": _facts(document),
        "issuer_name": document.issuer_name,
        "currency": document.currency,
        "total": document.total,
        "content_id": artifacts.save(company_id, document.content),
        "receipt_id": _receipt(company_id, document),
    }
    if original is not None:
        changes["original_id"] = artifacts.save(company_id, original)
    return bool(rows.update(**changes))


def load(company_id: int, received_id: int) -> Kept:
    """The document, its bytes checked; raises Received.DoesNotExist for another company's."""
    row = models.Received.objects.get(pk=received_id, company_id=company_id)
    return Kept(row.pk, _value(row), row.source, row.received_by, row.received_at)


def content(received_id: int) -> bytes:
    """The supplier's signed document."""
    row = models.Received.objects.only("content").get(pk=received_id)
    return artifacts.load(row.content_id)


def original(company_id: int, received_id: int) -> bytes:
    """The file as it was handed in; raises Received.DoesNotExist for another company's."""
    row = models.Received.objects.get(pk=received_id, company_id=company_id)
    return artifacts.load(row.original_id)


def page(
    company_id: int,
    *,
    before: int | None = None,
    words: str = "",
    start: int = 0,
    limit: int = 30,
) -> tuple[Listed, ...]:
    """The company's received documents, newest first, from the one before `before` on."""
    rows = _rows(company_id, words)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(
        Listed(
            id=row.pk,
            number=row.number,
            kind_name=row.facts.get("kind_name", ""),
            issuer_name=row.issuer_name,
            issuer_tax_id=row.issuer_tax_id,
            issued_on=row.issued_on,
            currency=row.currency,
            total=row.total,
            received_at=row.received_at,
            has_receipt=row.receipt_id is not None,
        )
        for row in rows.order_by("-id")[start : start + limit]
    )


def count(company_id: int, words: str = "") -> int:
    """How many received documents all pages of that list have."""
    return _rows(company_id, words).count()


def _rows(company_id: int, words: str) -> QuerySet[models.Received]:
    rows = models.Received.objects.filter(company_id=company_id)
    if words:
        rows = rows.filter(number__istartswith=words) | rows.filter(issuer_name__icontains=words)
    return rows


def _receipt(company_id: int, document: ReceivedDocument) -> int | None:
    return artifacts.save(company_id, document.receipt) if document.receipt else None


def _facts(document: ReceivedDocument) -> dict[str, codec.Json]:
    names = (field.name for field in fields(document) if field.name not in BYTES)
    return {name: codec.dump(getattr(document, name)) for name in names}


def _value(row: models.Received) -> ReceivedDocument:
    hints = get_type_hints(ReceivedDocument)
    facts = {name: codec.load(hints[name], told) for name, told in row.facts.items()}
    receipt = b"" if row.receipt_id is None else artifacts.load(row.receipt_id)
    return ReceivedDocument(content=artifacts.load(row.content_id), receipt=receipt, **facts)
