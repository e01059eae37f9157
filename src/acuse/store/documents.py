"""Issued documents: frozen facts, sealed bytes, state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import connection

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import DocumentState
from acuse.domain.party import Company, Customer
from acuse.domain.verdict import Evidence, Outcome, Remark, Verdict
from acuse.store import artifacts, codec, customers, models


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document with all that was frozen at its issue."""

    id: int
    company_id: int
    customer_id: int | None
    state: DocumentState
    document: Document
    issuer: Company
    draws: Draws
    sealed: Sealed
    total: Decimal


def save_issued(
    draft_id: int,
    *,
    document: Document,
    issuer: Company,
    range_id: int,
    draws: Draws,
    sealed: Sealed,
    total: Decimal,
) -> None:
    """Freeze the draft as issued, with its sealed bytes."""
    assert document.number is not None
    models.Document.objects.filter(pk=draft_id, state=DocumentState.DRAFT.value).update(
        state=DocumentState.ISSUED.value,
        content=codec.dump(document),
        issuer=codec.dump(issuer),
        range_id=range_id,
        series=document.number.series,
        value=document.number.value,
        number=sealed.number,
        fiscal_id=sealed.fiscal_id,
        draws=codec.dump(draws),
        total=total,
        issued_at=sealed.sealed_at,
    )
    _seal(issuer.id, draft_id, sealed)


# A document's first sealing, or a further one after it was reopened.
SEAL = """
INSERT INTO store_sealing (company_id, document_id, ordinal, current, artifact_id, fiscal_id,
    number, file_name, contingency, sealed_at)
SELECT %(company)s, %(document)s, 1 + coalesce(max(ordinal), 0), true, %(artifact)s,
    %(fiscal_id)s, %(number)s, %(file_name)s, %(contingency)s, %(sealed_at)s
FROM store_sealing WHERE document_id = %(document)s
"""


def seal_again(company_id: int, document_id: int, sealed: Sealed, *, contingency: bool) -> None:
    """Keep a further sealing of the issued document; earlier ones stay as evidence."""
    _seal(company_id, document_id, sealed, contingency=contingency)
    models.Document.objects.filter(pk=document_id).update(fiscal_id=sealed.fiscal_id)


def return_to_earlier(document_id: int) -> str:
    """The fiscal id of the sealing before the contingency's, current again; "" without one.

    For an authority that turns out to hold the earlier one after all.
    """
    rows = models.Sealing.objects.filter(document_id=document_id)
    if not rows.filter(current=True, contingency=True).exists():
        return ""
    earlier = rows.filter(contingency=False).order_by("-ordinal").first()
    if earlier is None:
        return ""
    rows.filter(current=True).update(current=False)
    rows.filter(pk=earlier.pk).update(current=True)
    models.Document.objects.filter(pk=document_id).update(fiscal_id=earlier.fiscal_id)
    return earlier.fiscal_id


def _seal(company_id: int, document_id: int, sealed: Sealed, *, contingency: bool = False) -> None:
    earlier = models.Sealing.objects.filter(document_id=document_id, current=True)
    earlier.update(current=False)
    with connection.cursor() as cursor:
        cursor.execute(
            SEAL,
            {
                "company": company_id,
                "document": document_id,
                "artifact": artifacts.save(company_id, sealed.content),
                "fiscal_id": sealed.fiscal_id,
                "number": sealed.number,
                "file_name": sealed.file_name,
                "contingency": contingency,
                "sealed_at": sealed.sealed_at,
            },
        )


def load_of(company_id: int, document_id: int) -> Issued:
    """The company's issued document; raises Document.DoesNotExist for any other's."""
    issued = load(document_id)
    if issued.company_id != company_id:
        raise models.Document.DoesNotExist
    return issued


def find(company_id: int, fiscal_id: str) -> int | None:
    """The id of the company's issued document of that name, None where it has none."""
    rows = models.Document.objects.filter(company_id=company_id, fiscal_id=fiscal_id)
    return rows.values_list("id", flat=True).first() if fiscal_id else None


def load(document_id: int) -> Issued:
    """The issued document; raises Document.DoesNotExist for a draft or an unknown one."""
    row = models.Document.objects.exclude(issued_at=None).get(pk=document_id)
    sealing = _current(document_id)
    document = codec.load(Document, row.content)
    return Issued(
        id=row.pk,
        company_id=row.company_id,
        customer_id=row.customer_id,
        state=DocumentState(row.state),
        document=replace(document, contingency=True) if sealing.contingency else document,
        issuer=codec.load(Company, row.issuer),
        draws=codec.load(Draws, row.draws or {}),
        sealed=_sealed(sealing),
        total=row.total,
    )


def sealed(document_id: int) -> Sealed:
    """The current sealed bytes, whose hash was checked."""
    return _sealed(_current(document_id))


def _current(document_id: int) -> models.Sealing:
    rows = models.Sealing.objects.select_related("artifact")
    return rows.get(document_id=document_id, current=True)


def _sealed(row: models.Sealing) -> Sealed:
    return Sealed(
        content=artifacts.content(row.artifact),
        fiscal_id=row.fiscal_id,
        number=row.number,
        file_name=row.file_name,
        sealed_at=row.sealed_at,
    )


def move(document_id: int, before: DocumentState, after: DocumentState, *, company_id: int) -> bool:
    """Whether the company's document was in `before` and now is in `after`."""
    rows = models.Document.objects.filter(pk=document_id, company_id=company_id, state=before.value)
    return bool(rows.update(state=after.value))


def state(document_id: int) -> DocumentState:
    """Where the document stands."""
    return DocumentState(
        models.Document.objects.values_list("state", flat=True).get(pk=document_id)
    )


def state_and_contact(document_id: int) -> tuple[DocumentState, DocumentKind, Customer]:
    """Where the document stands, what it is, its contact as it is now (its own copy without)."""
    row = (
        models.Document.objects.select_related("customer")
        .only("state", "kind", "content", "customer")
        .get(pk=document_id)
    )
    state, kind = DocumentState(row.state), DocumentKind(row.kind)
    if row.customer is None:
        return state, kind, codec.load(Document, row.content).counterparty
    return state, kind, customers.value(row.customer)


def verdict(document_id: int) -> Verdict | None:
    """The latest verdict about the document; None while it waits for its first, or for another.

    A draft that was rejected before tells of that; issued again, it waits.
    """
    judged = judgement(document_id)
    return judged[0] if judged else None


def judgement(document_id: int) -> tuple[Verdict, datetime] | None:
    """The same with the moment when it was recorded."""
    rows = models.Verdict.objects.exclude(document__state=DocumentState.ISSUED.value)
    told = rows.filter(document_id=document_id).select_related("receipt")
    row = told.order_by("-id").first()
    if row is None:
        return None
    verdict = Verdict(
        outcome=Outcome(row.outcome),
        remarks=tuple(codec.load(Remark, remark) for remark in row.remarks),
        receipt=artifacts.content(row.receipt) if row.receipt else None,
        evidence=Evidence(row.evidence),
    )
    return verdict, row.at


def judged_at(document_id: int) -> datetime | None:
    """When the latest verdict was recorded."""
    rows = models.Verdict.objects.filter(document_id=document_id).order_by("-id")
    return rows.values_list("at", flat=True).first()
