"""Withdraw: a document that the authority is proven not to hold goes back to its issuer.

Its number stays its own: mended, it is issued again under it; given up, it keeps it with the reason
(reliability.md 5.4, N1 to N3).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse.domain import lifecycle
from acuse.domain.activity import Event, EventKind
from acuse.domain.lifecycle import DocumentEvent, DocumentState
from acuse.domain.problem import Blocked, Problem
from acuse.store import activity, documents, submissions


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
        if not submissions.close(document_id):
            raise Blocked([_not_proven()])
        after = lifecycle.advance(DocumentState.ISSUED, step)
        if not documents.move(document_id, DocumentState.ISSUED, after):
            raise Blocked([_not_proven()])
        activity.record(company_id, document_id, event)


def _not_proven() -> Problem:
    return Problem(
        "document",
        "XX-WDR-1",
        "No se puede retirar: no está probado que la autoridad no lo tenga. Pulsa Reintentar; "
        "primero se le preguntará.",
        rule="reliability.md 5.4 N3",
    )
