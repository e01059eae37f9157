"""What was paid of a document, and what a credit note took off it: read off those documents.

A receipt names the document that it pays, and is the only row of it: there is no table of payments.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import DocumentState
from acuse.store import codec, models

RECEIPT, NOTE = DocumentKind.PAYMENT, DocumentKind.CREDIT_NOTE
VOID = (DocumentState.REJECTED, DocumentState.WITHDRAWN, DocumentState.VOIDED)  # as if never made


@dataclass(frozen=True, slots=True)
class Settling:
    """A receipt or a credit note of a document; its number is "" while it is a draft."""

    id: int
    state: DocumentState
    number: str
    total: Decimal
    document: Document


def of(company_id: int, fiscal_id: str) -> tuple[Settling, ...]:
    """The receipts and credit notes of the company's document of that name, oldest first.

    All receipts but discarded drafts, rejected ones too; of credit notes those that count.
    """
    rows = models.Document.objects.filter(
        company_id=company_id,
        kind__in=[RECEIPT.value, NOTE.value],
        content__references__contains=[{"fiscal_id": fiscal_id}],
    )
    uncounted = [state.value for state in (*VOID, DocumentState.DRAFT)]
    rows = rows.exclude(state=DocumentState.DISCARDED.value)
    rows = rows.exclude(kind=NOTE.value, state__in=uncounted)
    return tuple(
        Settling(
            row.pk,
            DocumentState(row.state),
            row.number,
            row.total,
            codec.load(Document, row.content),
        )
        for row in rows.order_by("id")
    )


def hold(company_id: int, document_id: int) -> None:
    """Hold the company's document until commit: nobody else settles it meanwhile.

    Raises Document.DoesNotExist for another company's. Its Actividad and mail go on.
    """
    rows = models.Document.objects.select_for_update(no_key=True)
    rows.only("id").get(pk=document_id, company_id=company_id)
