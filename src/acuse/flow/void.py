"""Void: an accepted document is taken back by a message that the authority must accept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.batch import BatchKind, Member, MemberAction
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import clean
from acuse.flow import clerks
from acuse.store import activity, companies, documents, gathered, recipients

LONGEST_REASON = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether the document may be voided now ((): it may), and what would be better."""

    problems: tuple[Problem, ...]
    advice: str
    kind: BatchKind | None


def offer(company_id: int, document_id: int, *, at: datetime) -> Offer:
    """What voiding the document would mean now; nothing is done."""
    company = companies.load(company_id)
    try:
        issued = documents.load_of(company_id, document_id)
        kind = _allowed(company, issued, at)
    except Blocked as blocked:
        return Offer(blocked.problems, "", None)
    mailed = recipients.was_sent(document_id)
    return Offer((), clerks.of(company).void_advice(issued.document, mailed=mailed), kind)


def void(company_id: int, document_id: int, reason: str, *, by: str, at: datetime) -> int:
    """The id of the signed message that takes the document back, on its way to the authority.

    The document is void only when the authority accepts it. Raises Blocked where it cannot be.
    """
    told = clean(reason, field="reason", longest=LONGEST_REASON)
    if isinstance(told, Problem):
        raise Blocked([told])
    if len(told) < 3:
        raise Blocked([_no_reason()])
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        issued = documents.load_of(company_id, document_id)
        kind = _allowed(company, issued, at)
        member = Member(issued.document, issued.sealed.number, MemberAction.VOID, told)
        batch_id, number = clerks.send(company, kind, ((document_id, member),), by=by, at=at)
        facts = {"batch": number, "reason": told}
        activity.record(company_id, document_id, Event(at, EventKind.VOIDING_ASKED, by, facts))
    return batch_id


def _allowed(company: Company, issued: documents.Issued, at: datetime) -> BatchKind:
    """By what message it is voided. Raises Blocked where it is not accepted, or not any more."""
    clerk = clerks.of(company)
    if issued.state not in MAILABLE:
        raise Blocked([_not_accepted()])
    if gathered.being_voided(issued.id):
        raise Blocked([_under_way()])
    found = clerk.voiding(issued.document, company, at)
    if isinstance(found, Problem):
        raise Blocked([found])
    return found


def _no_reason() -> Problem:
    text = "Escribe el motivo de la anulación, de 3 a 100 caracteres."
    return Problem("reason", "XX-VOI-1", text)


def _not_accepted() -> Problem:
    text = "Solo se anula un documento que la autoridad aceptó. Mira su estado en Actividad."
    return Problem("document", "XX-VOI-2", text)


def _under_way() -> Problem:
    text = "Ya se pidió anularlo: espera la respuesta de la autoridad."
    return Problem("document", "XX-VOI-3", text)
