"""Receive: a supplier's document is verified and kept, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import ReceivedDocument, ReceivedReceipt
from acuse.flow import counters
from acuse.store import activity, companies, received
from acuse.xml import archive

LARGEST = 10 * 1024 * 1024
TOO_LARGE = Problem("file", "XX-REC-5", "El archivo pesa más de 10 MB. Sube solo el ZIP o el XML.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A kept document; `new`: it was not before, or the authority's answer about it was not."""

    id: int
    number: str
    issuer: str
    new: bool


def receive(company_id: int, raw: bytes, *, source: str, by: str, at: datetime) -> int:
    """The id of the kept document; of one that is kept already, that one's. As `take` otherwise."""
    return take(company_id, raw, source=source, by=by, at=at).id


def take_all(
    company_id: int, files: tuple[bytes, ...], *, source: str, by: str, at: datetime
) -> tuple[Taken, ...]:
    """The documents in the files, now kept, each once; all of them or none. As `take` otherwise."""
    if any(len(one) > LARGEST for one in files):
        raise Blocked([TOO_LARGE])
    counter = counters.of(companies.load(company_id))
    with transaction.atomic():
        return tuple(
            take(company_id, joined(files, places), source=source, by=by, at=at)
            for places in counter.together(files)
        )


def joined(files: tuple[bytes, ...], places: tuple[int, ...]) -> bytes:
    """The files at those places as one: in an archive where there is more than one."""
    if len(places) == 1:
        return files[places[0]]
    return archive.pack_all((f"{place + 1}.xml", files[place]) for place in places)


def take(company_id: int, raw: bytes, *, source: str, by: str, at: datetime) -> Taken:
    """The document in the file, now kept, once.

    `source` is how it came: "web", "api", "cli", "mail". Raises Blocked with what is wrong with
    the file, or where it was made out to somebody else.
    """
    if len(raw) > LARGEST:
        raise Blocked([TOO_LARGE])
    company = companies.load(company_id)
    found = counters.of(company).read_received(raw)
    if isinstance(found, Problem):
        raise Blocked([found])
    with transaction.atomic():
        companies.lock(company_id)
        known = received.find(company_id, found.fiscal_id)
        if isinstance(found, ReceivedReceipt):
            return _answered(company, known, found, by, at)
        if not found.receiver.names(company.tax_id):
            raise Blocked([_not_ours(found, company)])
        if known is not None:
            new = bool(found.receipt) and received.complete(company_id, known, found, raw)
            if new:
                _record(company_id, known, found, EventKind.RECEIPT_RECEIVED, by, at)
            return Taken(known, found.number, found.issuer_name, new=new)
        received_id = received.save(company_id, found, raw, source=source, by=by, at=at)
        _record(company_id, received_id, found, EventKind.DOCUMENT_RECEIVED, by, at)
    return Taken(received_id, found.number, found.issuer_name, new=True)


def _answered(
    company: Company, known: int | None, found: ReceivedReceipt, by: str, at: datetime
) -> Taken:
    """The kept document with the authority's answer. Raises Blocked where it is not its own."""
    if known is None:
        raise Blocked([_without_document(found, company)])
    document = received.load(company.id, known).document
    if not found.about(document):
        raise Blocked([_of_another(document, company)])
    answered = replace(document, receipt=found.content)
    new = received.complete(company.id, known, answered)
    if new:
        _record(company.id, known, answered, EventKind.RECEIPT_RECEIVED, by, at)
    return Taken(known, document.number, document.issuer_name, new=new)


def _record(
    company_id: int,
    received_id: int,
    document: ReceivedDocument,
    kind: EventKind,
    by: str,
    at: datetime,
) -> None:
    facts = {
        "received": received_id,
        "number": document.number,
        "issuer": document.issuer_name,
        "fiscal_id": document.fiscal_id,
        "receipt": bool(document.receipt),
    }
    activity.record(company_id, None, Event(at, kind, by, facts))


def _without_document(found: ReceivedReceipt, company: Company) -> Problem:
    words = jurisdictions.find(company.jurisdiction).traits.words
    return Problem(
        "file",
        "XX-REC-8",
        f"Es la respuesta de {words.authority} sobre {found.fiscal_id[:60]}, y ese documento no ha "
        "llegado. Sube los dos archivos juntos: el de tu proveedor y esta respuesta.",
    )


def _of_another(document: ReceivedDocument, company: Company) -> Problem:
    words = jurisdictions.find(company.jurisdiction).traits.words
    return Problem(
        "file",
        "XX-REC-9",
        f"La respuesta de {words.authority} nombra a {document.number} con otro emisor u otro "
        "total que el archivo que tienes. Pide a tu proveedor los dos archivos originales.",
    )


def _not_ours(document: ReceivedDocument, company: Company) -> Problem:
    return Problem(
        "file",
        "XX-REC-1",
        f"{document.number} está a nombre de {document.receiver_name} "
        f"({document.receiver.number}) y no de {company.legal_name} ({company.tax_id.number}). "
        "Súbelo en la empresa que compró, o pide a tu proveedor que lo corrija.",
    )
