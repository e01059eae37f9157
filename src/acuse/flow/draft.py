"""A draft: what a user or an integrator means to issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import lifecycle
from acuse.domain.activity import Event, EventKind
from acuse.domain.document import Document, Reference
from acuse.domain.lifecycle import DocumentEvent, DocumentState
from acuse.domain.numbering import Number
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.flow import contact_identity, release
from acuse.store import activity, companies, customers, documents, drafts


def draft(company_id: int, document: Document, *, by: str, at: datetime) -> int:
    """The id of the saved draft; its customer becomes a contact of the company if it is new.

    A draft may be wrong: what it lacks is said when it is issued.
    """
    with transaction.atomic():
        company = companies.load(company_id)
        totals = jurisdictions.find(company.jurisdiction).totals(document)
        customer_id = _met(company, document, at)
        draft_id = drafts.create(
            company_id, customer_id, document, total=totals.total, by=by, at=at
        )
        activity.record(company_id, draft_id, Event(at, EventKind.DOCUMENT_CREATED, by))
    return draft_id


def edit(company_id: int, draft_id: int, document: Document, *, by: str, at: datetime) -> None:
    """Save the draft as it is meant now; the number that it may own stays its own.

    Raises Blocked where it is no draft of the company any more, or would become another kind.
    """
    with transaction.atomic():
        before = drafts.lock(draft_id)
        if before is None or before.company_id != company_id:
            raise Blocked([_no_draft()])
        if document.kind is not before.document.kind:
            raise Blocked([_other_kind()])
        if before.number is not None:
            document = replace(document, number=before.number)
        company = companies.load(company_id)
        totals = jurisdictions.find(company.jurisdiction).totals(document)
        customer_id = _met(company, document, at)
        drafts.save(draft_id, document, total=totals.total, customer_id=customer_id)
        activity.record(company_id, draft_id, Event(at, EventKind.DOCUMENT_EDITED, by))


def discard(company_id: int, draft_id: int, *, by: str, at: datetime) -> bool:
    """Whether the draft was discarded now: it leaves the lists, its Actividad stays.

    Raises Blocked where it is no draft of the company, or owns a number that it must answer for.
    """
    event = Event(at, EventKind.DOCUMENT_DISCARDED, by)
    with transaction.atomic():
        before = drafts.lock(draft_id)
        if before is None or before.company_id != company_id:
            if drafts.is_discarded(company_id, draft_id):
                return False
            raise Blocked([_no_draft()])
        if before.number is not None:
            raise Blocked([_has_number()])
        after = lifecycle.advance(DocumentState.DRAFT, DocumentEvent.DISCARD)
        documents.move(draft_id, DocumentState.DRAFT, after, company_id=company_id)
        activity.record(company_id, draft_id, event)
    return True


def copy(company_id: int, document_id: int, *, by: str, at: datetime) -> int:
    """The id of a new draft that says what the issued document says: of its series, undated.

    One that takes the place of a rejected document refers to it, where its country wants that.

    Raises Document.DoesNotExist for what is no issued document of the company.
    """
    issued = documents.load_of(company_id, document_id)
    number = issued.document.number
    document = replace(
        issued.document,
        date=None,
        contingency=False,
        number=Number(number.series, 0) if number else None,
        references=(*_replaced(issued), *issued.document.references),
    )
    return draft(company_id, document, by=by, at=at)


def _met(company: Company, document: Document, at: datetime) -> int:
    """The id of the contact that the document is for: one for one identity, however written.

    Mail that waited for its address leaves after the commit: release holds the company's row,
    which nobody should hold while a document is signed.
    """
    customer = document.counterparty
    kept = contact_identity.usual(company, customer.tax_id)
    customer_id, reached = customers.meet(company.id, customer, kept=kept, at=at)
    if reached:
        transaction.on_commit(partial(release.release, company.id, at=at))
    return customer_id


def _replaced(issued: documents.Issued) -> tuple[Reference, ...]:
    """The rejected document, as its replacement refers to it."""
    traits = jurisdictions.find(issued.issuer.jurisdiction).traits
    if issued.state is not DocumentState.REJECTED or not traits.replaces_rejected:
        return ()
    sealed, told = issued.sealed, issued.document
    day = traits.day(sealed.sealed_at)
    return (Reference(sealed.number, day, sealed.fiscal_id, told.kind, traits.replaces_rejected),)


def _no_draft() -> Problem:
    return Problem(
        "document",
        "XX-DRF-1",
        "Ya no es un borrador: no se cambió nada. Ábrelo para ver su estado.",
    )


def _has_number() -> Problem:
    return Problem(
        "document",
        "XX-DRF-3",
        "Este borrador ya tiene un número, que no se usa para otro documento: no se descarta. "
        "Corrígelo y vuelve a emitirlo.",
    )


def _other_kind() -> Problem:
    return Problem(
        "kind",
        "XX-DRF-2",
        "Un borrador no cambia de tipo de documento. Crea uno nuevo del tipo que necesitas.",
    )
