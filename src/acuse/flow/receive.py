"""Receive: a supplier's document is verified and kept, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import ReceivedDocument
from acuse.flow import counters
from acuse.store import activity, companies, received

LARGEST = 10 * 1024 * 1024
TOO_LARGE = Problem("file", "XX-REC-5", "El archivo pesa más de 10 MB. Sube solo el ZIP o el XML.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A kept document; `new`: it was not before."""

    id: int
    number: str
    issuer: str
    new: bool


def receive(company_id: int, raw: bytes, *, source: str, by: str, at: datetime) -> int:
    """The id of the kept document; of one that is kept already, that one's. As `take` otherwise."""
    return take(company_id, raw, source=source, by=by, at=at).id


def take(company_id: int, raw: bytes, *, source: str, by: str, at: datetime) -> Taken:
    """The document in the file, now kept, once.

    `source` is how it came: "web", "api", "cli", "mail". Raises Blocked with what is wrong with
    the file, or where it was made out to somebody else.
    """
    if len(raw) > LARGEST:
        raise Blocked([TOO_LARGE])
    company = companies.load(company_id)
    document = counters.of(company).read_received(raw)
    if isinstance(document, Problem):
        raise Blocked([document])
    if not document.receiver.names(company.tax_id):
        raise Blocked([_not_ours(document, company)])
    with transaction.atomic():
        companies.lock(company_id)
        known = received.find(company_id, document.fiscal_id)
        if known is not None:
            return Taken(known, document.number, document.issuer_name, new=False)
        received_id = received.save(company_id, document, raw, source=source, by=by, at=at)
        facts = {
            "received": received_id,
            "number": document.number,
            "issuer": document.issuer_name,
            "fiscal_id": document.fiscal_id,
        }
        activity.record(company_id, None, Event(at, EventKind.DOCUMENT_RECEIVED, by, facts))
    return Taken(received_id, document.number, document.issuer_name, new=True)


def _not_ours(document: ReceivedDocument, company: Company) -> Problem:
    return Problem(
        "file",
        "XX-REC-1",
        f"{document.number} está a nombre de {document.receiver_name} "
        f"({document.receiver.number}) y no de {company.legal_name} ({company.tax_id.number}). "
        "Súbelo en la empresa que compró, o pide a tu proveedor que lo corrija.",
    )
