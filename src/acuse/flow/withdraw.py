"""Withdraw: a document that the authority does not hold goes back to its issuer.

It was rejected where a rejected number may be used again, or it is proven that it never arrived.
Its number stays its own: mended, it is issued again under it; given up, it keeps it with the reason
(reliability.md 5.4, N1 to N3).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain import lifecycle
from acuse.domain.activity import Event, EventKind
from acuse.domain.lifecycle import DocumentEvent, DocumentState
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import capitalised
from acuse.domain.traits import RejectedNumber
from acuse.store import activity, companies, documents, drafts, interventions


def reopen(company_id: int, document_id: int, *, by: str, at: datetime) -> None:
    """Make a rejected document a draft again, with its number; its verdict stays as evidence.

    Raises Blocked where the country takes a number once, or the document was not rejected.
    """
    traits = jurisdictions.find(companies.load(company_id).jurisdiction).traits
    if traits.rejected_number is not RejectedNumber.REUSE:
        raise Blocked([_number_is_gone(traits.words.authority)])
    event = Event(at, EventKind.DOCUMENT_REOPENED, by, {"rejected": True})
    with transaction.atomic():
        after = lifecycle.advance(DocumentState.REJECTED, DocumentEvent.REOPEN)
        if not documents.move(document_id, DocumentState.REJECTED, after, company_id=company_id):
            raise Blocked([_not_rejected()])
        if not interventions.close_judged(document_id):
            raise Blocked([_not_rejected()])
        drafts.undate(document_id)
        activity.record(company_id, document_id, event)


def withdraw_for_mending(company_id: int, document_id: int, *, by: str, at: datetime) -> None:
    """Make the document a draft again, with its number. Raises Blocked without the proof."""
    facts = {"mending": True}
    event = Event(at, EventKind.DOCUMENT_REOPENED, by, facts)
    _withdraw(company_id, document_id, DocumentEvent.WITHDRAW_FOR_MENDING, event)


def give_up(company_id: int, document_id: int, reason: str, *, by: str, at: datetime) -> None:
    """Leave the document's number unused for ever, with the reason. Raises Blocked likewise."""
    event = Event(at, EventKind.DOCUMENT_WITHDRAWN, by, {"reason": reason})
    _withdraw(company_id, document_id, DocumentEvent.GIVE_UP, event)


def _withdraw(company_id: int, document_id: int, step: DocumentEvent, event: Event) -> None:
    with transaction.atomic():
        if not interventions.close(document_id):
            raise Blocked([_not_proven()])
        after = lifecycle.advance(DocumentState.ISSUED, step)
        if not documents.move(document_id, DocumentState.ISSUED, after, company_id=company_id):
            raise Blocked([_not_proven()])
        if after is DocumentState.DRAFT:
            drafts.undate(document_id)
        activity.record(company_id, document_id, event)


def _not_proven() -> Problem:
    return Problem(
        "document",
        "XX-WDR-1",
        "No se puede retirar: no está probado que la autoridad no lo tenga. Pulsa Reintentar; "
        "primero se le preguntará.",
        rule="reliability.md 5.4 N3",
    )


def _not_rejected() -> Problem:
    return Problem(
        "document",
        "XX-WDR-2",
        "Solo se corrige un documento que la autoridad rechazó. Mira su estado en Actividad.",
    )


def _number_is_gone(authority: str) -> Problem:
    return Problem(
        "document",
        "XX-WDR-3",
        f"{capitalised(authority)} no recibe dos veces el mismo número: copia el documento a un "
        "borrador nuevo y emítelo con otro.",
    )
