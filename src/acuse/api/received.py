"""/received: documents of others, verified and kept, and what we declare about them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from acuse.api import answers, bodies, posted_reception, queries, requests, shapes, shapes_received
from acuse.api.auth import ApiRequest
from acuse.domain.party import Company
from acuse.flow import counters, declare, outside, receive, wording
from acuse.store import received, receptions
from acuse.store.received import Kept, Listed
from acuse.store.receptions import Declared, Subject

router = Router(tags=["Recibidos"])


@router.post(
    "", response=shapes.told(shapes_received.Received, 201), openapi_extra=requests.NEW_RECEIVED
)
def create(request: ApiRequest) -> HttpResponse:
    """Guarda el documento de un proveedor, si sus firmas valen; el mismo dos veces, una.

    Donde la respuesta de la autoridad viene aparte, un formulario lleva los dos archivos (`file`).
    """
    company_id, files = request.company.id, bodies.files(request)
    at = outside.now()
    taken = receive.take_all(company_id, files, source="api", by=request.by, at=at)
    return answers.value(_one(received.load(company_id, taken[0].id), request.company), 201)


@router.get("", response=shapes.told(shapes_received.ReceivedList))
def index(request: ApiRequest, page: Query[queries.Page]) -> HttpResponse:
    """Los documentos de otros, del más nuevo al más viejo."""
    company_id, words = request.company.id, queries.words(page)
    found = received.page(company_id, words=words, start=page.start, limit=page.limit)
    rows = [_row(one) for one in found]
    return queries.listed(page, rows, partial(received.count, company_id, words))


@router.get("/{int:received_id}", response=shapes.told(shapes_received.Received))
def detail(request: ApiRequest, received_id: int) -> HttpResponse:
    """Un documento de otro."""
    return answers.value(_one(received.load(request.company.id, received_id), request.company))


@router.post(
    "/{int:received_id}/events",
    response=shapes.told(shapes_received.Declaration, 201),
    openapi_extra=requests.NEW_DECLARATION,
)
def say(request: ApiRequest, received_id: int) -> HttpResponse:
    """Declara sobre el documento: acuse, recibo, aceptación o reclamo; firmado y en camino."""
    company_id, at = request.company.id, outside.now()
    document = received.load(company_id, received_id).document
    told = posted_reception.read(bodies.mapping(request), document, request.company)
    made = declare.declare(
        company_id,
        received_id,
        told.kind,
        reason_code=told.reason_code,
        person=declare.who(company_id, received_id, told.kind, told.person, at=at),
        note=told.note,
        extra=told.extra,
        by=request.by,
        at=at,
    )
    done = receptions.declared(company_id, Subject(received_id=received_id))
    return answers.value(next(_said(one, request.company) for one in done if one.id == made), 201)


@router.get("/{int:received_id}/events", response=shapes.told(list[shapes_received.Declaration]))
def said(request: ApiRequest, received_id: int) -> HttpResponse:
    """Lo que se declaró del documento, de lo primero a lo último."""
    company_id = request.company.id
    received.load(company_id, received_id)
    done = receptions.declared(company_id, Subject(received_id=received_id))
    return answers.value([_said(one, request.company) for one in done])


def _row(one: Listed) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "number": one.number,
        "kindName": one.kind_name,
        "issuer": {"name": one.issuer_name, "identification": one.issuer_tax_id},
        "date": one.issued_on.isoformat(),
        "currency": {"code": one.currency},
        "total": one.total,
        "receivedAt": one.received_at.isoformat(),
    }


def _one(kept: Kept, company: Company) -> dict[str, Any]:
    document = kept.document
    last = counters.of(company).last_day(document.issued_on)
    return {
        "id": str(kept.id),
        "number": document.number,
        "kindCode": document.kind_code,
        "kindName": document.kind_name,
        "fiscalId": document.fiscal_id,
        "issuer": {"name": document.issuer_name, "identification": document.issuer.number},
        "date": document.issued_on.isoformat(),
        "currency": {"code": document.currency},
        "total": document.total,
        "onCredit": document.on_credit,
        "hasReceipt": bool(document.receipt),
        "answerUntil": last.isoformat() if last else None,
        "source": kept.source,
        "receivedBy": kept.received_by,
        "receivedAt": kept.received_at.isoformat(),
    }


def _said(one: Declared, company: Company) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": one.kind.value,
        "text": wording.reception(one.kind, counters.of(company)),
        "number": one.number,
        "fiscalId": one.fiscal_id,
        "reasonCode": one.reason_code or None,
        "note": one.note or None,
        "extra": dict(one.extra),
        "declaredBy": one.declared_by,
        "declaredAt": one.declared_at.isoformat(),
        "outcome": one.outcome.value if one.outcome else None,
        "remarks": [{"code": remark.code, "text": remark.text} for remark in one.remarks],
        "answeredAt": one.answered_at.isoformat() if one.answered_at else None,
        "submission": one.submission or None,
        "needsAttention": one.trouble if one.submission == "STUCK" else None,
    }
