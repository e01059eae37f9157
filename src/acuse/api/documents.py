"""/invoices: documents of every kind, drafted, issued, followed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from acuse import jurisdictions
from acuse.api import answers, bodies, posted, posted_payment, queries, requests, shapes, written
from acuse.api.auth import ApiRequest
from acuse.api.once import once
from acuse.flow import draft as drafting
from acuse.flow import outside, payment
from acuse.flow.draft import draft
from acuse.flow.emit import emit
from acuse.flow.issue import issue
from acuse.store import journeys

router = Router(tags=["Documentos"])


@router.post("", response=shapes.told(shapes.Document, 201), openapi_extra=requests.NEW_DOCUMENT)
def create(request: ApiRequest) -> HttpResponse:
    """Guarda un borrador; con stamp.generateStamp, lo emite: todo o nada."""
    document, at_once = posted.document(bodies.mapping(request), request.company)

    def act() -> dict[str, Any]:
        company, by, at = request.company, request.by, outside.now()
        if at_once:
            return written.document(company, emit(company.id, document, by=by, at=at).id)
        return written.document(company, draft(company.id, document, by=by, at=at))

    return once(request, act, 201)


@router.get("", response=shapes.told(shapes.DocumentList))
def index(request: ApiRequest, page: Query[queries.Documents]) -> HttpResponse:
    """Los documentos, del más nuevo al más viejo."""
    narrowed = {
        "states": (page.state.value,) if page.state else (),
        "kind": page.kind.value if page.kind else "",
        "customer_id": page.client,
        "words": queries.words(page),
    }
    company_id: int = request.company.id
    found = journeys.page(company_id, start=page.start, limit=page.limit, **narrowed)  # type: ignore[arg-type]  # each value has its own type
    count = partial(journeys.count, company_id, **narrowed)  # type: ignore[arg-type]  # as above
    return queries.listed(page, [written.row(one) for one in found], count)


@router.get("/{int:document_id}", response=shapes.told(shapes.Document))
def detail(request: ApiRequest, document_id: int) -> HttpResponse:
    """Un documento: lo pedido, su veredicto, sus correos y sus archivos."""
    return answers.value(written.document(request.company, document_id))


@router.delete("/{int:document_id}", response=shapes.told(shapes.Document))
def discard(request: ApiRequest, document_id: int) -> HttpResponse:
    """Descarta un borrador que no tiene número; repetirlo no cambia nada."""
    company = request.company
    journeys.load(company.id, document_id)
    drafting.discard(company.id, document_id, by=request.by, at=outside.now())
    return answers.value(written.document(company, document_id))


@router.post(
    "/{int:document_id}/stamp", response=shapes.told(shapes.Document), openapi_extra=requests.ONCE
)
def stamp(request: ApiRequest, document_id: int) -> HttpResponse:
    """Emite un borrador."""
    journeys.load(request.company.id, document_id)

    def act() -> dict[str, Any]:
        issue(document_id, by=request.by, at=outside.now())
        return written.document(request.company, document_id)

    return once(request, act, 200)


@router.post(
    "/{int:document_id}/payments",
    response=shapes.told(shapes.Document, 201),
    openapi_extra=requests.NEW_PAYMENT,
)
def pay(request: ApiRequest, document_id: int) -> HttpResponse:
    """Registra un pago: propone su recibo en borrador; con stamp.generateStamp, lo emite."""
    company, at = request.company, outside.now()
    journeys.load(company.id, document_id)
    today = jurisdictions.find(company.jurisdiction).traits.day(at)
    paid, at_once = posted_payment.read(bodies.mapping(request), today)

    def act() -> dict[str, Any]:
        make = payment.settle if at_once else payment.register
        made = make(company.id, document_id, paid, by=request.by, at=outside.now())
        return written.document(company, made)

    return once(request, act, 201)
