"""A document of ours as its buyer has it: what is declared by lapse is declared about that."""

from __future__ import annotations

from acuse import jurisdictions
from acuse.domain.document import PaymentForm
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import ReceivedDocument
from acuse.store import documents


def as_received(company_id: int, document_id: int) -> ReceivedDocument:
    """Our accepted document as its buyer has it. Raises Blocked where it is not accepted."""
    issued = documents.load(document_id)
    verdict = documents.verdict(document_id)
    document = issued.document
    if issued.company_id != company_id or verdict is None or not verdict.outcome.accepts:
        raise Blocked([_not_accepted()])
    kind = jurisdictions.find(issued.issuer.jurisdiction).traits.kind(document.kind)
    assert kind is not None
    assert document.date is not None
    return ReceivedDocument(
        kind_code=kind.contingency if document.contingency else kind.code,
        kind_name=kind.name,
        number=issued.sealed.number,
        fiscal_id=issued.sealed.fiscal_id,
        issued_on=document.date,
        issuer=issued.issuer.tax_id,
        issuer_name=issued.issuer.legal_name,
        receiver=document.counterparty.tax_id,
        receiver_name=document.counterparty.name,
        currency=document.currency,
        total=issued.total,
        on_credit=document.payment.form is PaymentForm.CREDIT,
        content=issued.sealed.content,
        receipt=verdict.receipt or b"",
        issuer_email=issued.issuer.email,
    )


def _not_accepted() -> Problem:
    return Problem(
        "document",
        "XX-REC-3",
        "Solo se declara sobre un documento que la autoridad aceptó. Mira su estado en Actividad.",
    )
