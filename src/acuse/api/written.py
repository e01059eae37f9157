"""A document as the API tells it: what was asked for in the same names, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from acuse import jurisdictions
from acuse.domain.document import Document
from acuse.domain.intake import write_document
from acuse.domain.party import Company
from acuse.domain.traits import Traits
from acuse.domain.verdict import Remark, Verdict
from acuse.flow import outside, payment, wording
from acuse.flow.settlement import Settlement
from acuse.store import documents, drafts, journeys
from acuse.store.journeys import Hop, Journey

VOID = ("DISCARDED", "WITHDRAWN", "VOIDED")
STATUS = {"DRAFT": "draft"} | dict.fromkeys(VOID, "void")  # the rest is "open"
LEGAL = {  # our state, in Alegra's word (product.md 1.3)
    "DRAFT": "PENDING",
    "DISCARDED": "DISCARDED",  # Alegra deletes it
    "ISSUED": "STAMPED_AND_WAITING_RESPONSE",
    "ACCEPTED": "STAMPED_AND_ACCEPTED",
    "ACCEPTED_WITH_OBSERVATIONS": "STAMPED_AND_ACCEPTED_WITH_OBSERVATIONS",
    "REJECTED": "STAMPED_AND_REJECTED",
    "VOIDED": "STAMPED_AND_ACCEPTED",  # it was; `status` says void
    "WITHDRAWN": "WITHDRAWN",  # Alegra has no word: the authority never had it
}
FIGURES = frozenset({"price", "quantity", "percentage", "percent", "amount", "perUnit"})


def row(journey: Journey) -> dict[str, Any]:
    """A document as a list tells it."""
    return {
        "id": str(journey.id),
        "kind": journey.kind,
        "status": STATUS.get(journey.state, "open"),
        "state": journey.state,
        "numberTemplate": {"fullNumber": journey.number or None, "isElectronic": True},
        "client": {"id": _id(journey.customer_id), "name": journey.customer_name},
        "currency": {"code": journey.currency},
        "total": journey.total,
        "createdAt": journey.created_at.isoformat(),
        "issuedAt": journey.issued_at.isoformat() if journey.issued_at else None,
        "stamp": {"legalStatus": LEGAL[journey.state], "fiscalId": journey.fiscal_id or None},
        "deliveries": [_delivery(hop) for hop in journey.hops],
    }


def document(company: Company, document_id: int) -> dict[str, Any]:
    """A document whole. Raises Document.DoesNotExist for another company's."""
    journey = journeys.load(company.id, document_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    issued = None if journey.unissued else documents.load(document_id)
    value = issued.document if issued else drafts.kept(company.id, document_id)
    totals = jurisdiction.totals(value)
    asked = _numbers(write_document(value, jurisdiction.traits))
    told: dict[str, Any] = asked | row(journey)
    told["client"] = {"id": _id(journey.customer_id), **asked["client"]}
    told["currency"] = {"code": value.currency} | asked.get("currency", {})
    told["numberTemplate"] = _number(value, journey)
    told |= {"subtotal": totals.subtotal, "tax": totals.tax, "total": totals.total}
    verdict = documents.verdict(document_id)
    told["stamp"] |= _stamp(journey, verdict, jurisdiction.traits)
    if issued:
        face = jurisdiction.face(issued.document, issued.issuer, issued.sealed, verdict)
        told["stamp"]["barCodeContent"] = face.qr or None
        standing = payment.standing(company, issued)
        if standing is not None:
            told["payments"] = _payments(standing, jurisdiction.traits.day(outside.now()))
        told |= _files(document_id, answered=verdict is not None and verdict.receipt is not None)
    return told


def _payments(standing: Settlement, today: date) -> dict[str, Any]:
    """What was paid and what is left, of a document whose payments have receipts."""
    return {
        "dueDate": standing.due.isoformat() if standing.due else None,
        "credited": standing.credited,
        "paid": standing.paid,
        "pending": standing.pending,
        "left": standing.left,
        "overdue": standing.is_late(today),
        "receipts": [
            {
                "id": str(one.id),
                "state": one.state.value,
                "fullNumber": one.number or None,
                "total": one.total,
            }
            for one in standing.receipts
        ],
    }


def _number(value: Document, journey: Journey) -> dict[str, Any]:
    number = value.number
    return {
        "prefix": number.series if number else None,
        "number": str(number.value) if number and number.value else None,
        "fullNumber": journey.number or None,
        "isElectronic": True,
    }


def _stamp(journey: Journey, verdict: Verdict | None, traits: Traits) -> dict[str, Any]:
    """`cufe` is Alegra's name of the fiscal id, whatever the country calls it."""
    remarks = [_remark(one) for one in verdict.remarks] if verdict else []
    accepted = verdict is not None and verdict.outcome.accepts
    return {
        "cufe": journey.fiscal_id or None,
        "date": _local(journey.issued_at, traits),
        "warnings": remarks if accepted else [],
        "reasons": [] if accepted else remarks,
        "submission": journey.submission or None,
        "needsAttention": journey.reason if journey.submission == "STUCK" else None,
    }


def _remark(remark: Remark) -> str:
    return f"Regla: {remark.code}, {remark.text}" if remark.code else remark.text


def _delivery(hop: Hop) -> dict[str, Any]:
    """Where mail to one address stands; `to` is null where it did not come to an address."""
    return {
        "id": str(hop.delivery_id),
        "to": hop.to,
        "state": hop.state,
        "reason": hop.reason or None,
        "text": wording.reason(hop.reason) if hop.reason else None,
        "trigger": hop.trigger,
        "answer": hop.answer or None,
    }


def _files(document_id: int, *, answered: bool) -> dict[str, str | None]:
    """Where each file is: addresses of this API, which ask for the token too."""

    told = {"pdf": address(document_id, "pdf"), "xml": address(document_id, "xml")}
    return {**told, "receipt": address(document_id, "receipt") if answered else None}


def address(document_id: int, name: str) -> str:
    """Where a file of the document is."""
    place = reverse("api:document_file", kwargs={"document_id": document_id, "name": name})
    return settings.BASE_URL.rstrip("/") + place


def _local(at: datetime | None, traits: Traits) -> str | None:
    """The moment in the company's country, as Alegra writes it."""
    return f"{at.astimezone(ZoneInfo(traits.timezone)):%Y-%m-%d %H:%M:%S}" if at else None


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)


def _numbers(raw: Any, name: str = "") -> Any:
    """The written document with its figures as numbers; a country's own fields stay as written."""
    if isinstance(raw, dict):
        return {k: part if k == "extra" else _numbers(part, k) for k, part in raw.items()}
    if isinstance(raw, list):
        return [_numbers(part, name) for part in raw]
    return Decimal(raw) if name in FIGURES and isinstance(raw, str) else raw
