"""/invoices/{id}/…: mail by hand, files, Actividad, what the buyer declared."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router

from acuse import jurisdictions
from acuse.api import answers, bodies, requests, shapes, written
from acuse.api.answers import Refused
from acuse.api.auth import ApiRequest
from acuse.api.once import once
from acuse.domain import intake_contact
from acuse.domain.activity import Event
from acuse.domain.face import Attachment
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.party import Company, Environment
from acuse.domain.traits import Traits
from acuse.flow import constancia, outside, papers, phrases, release
from acuse.mail.headers import disposition
from acuse.store import activity, buyer_events, journeys

router = Router(tags=["Documentos"])
MAKERS = {"pdf": papers.pdf, "xml": papers.xml, "receipt": papers.receipt}


@router.post(
    "/{int:document_id}/email", response=shapes.told(shapes.Mail), openapi_extra=requests.EMAILS
)
def email(request: ApiRequest, document_id: int) -> HttpResponse:
    """Envía a mano un documento aceptado; no depende del envío automático."""
    company = request.company
    journeys.load(company.id, document_id)
    emails = _emails(request, company)

    def act() -> dict[str, Any]:
        at = outside.now()
        sent = release.send_by_hand(company.id, document_id, emails, by=request.by, at=at)
        return {"id": str(sent), "emails": list(emails), "state": "OPEN"}

    return once(request, act, 200)


@router.get("/{int:document_id}/files", response=shapes.told(list[shapes.File]))
def files(request: ApiRequest, document_id: int) -> HttpResponse:
    """Los archivos que hay ahora."""
    journey = journeys.load(request.company.id, document_id)
    if journey.unissued:
        return answers.value([])
    has = [name for name in MAKERS if name != "receipt" or papers.receipt(document_id)]
    told = [{"name": name, "url": written.address(document_id, name)} for name in has]
    return answers.value(told)


@router.get(
    "/{int:document_id}/files/{name}",
    url_name="document_file",
    response=shapes.REFUSED,
    openapi_extra=requests.BYTES,
)
def file(request: ApiRequest, document_id: int, name: str) -> HttpResponse:
    """Un archivo: pdf, xml o receipt (la respuesta de la autoridad)."""
    journey = journeys.load(request.company.id, document_id)
    if journey.unissued or name not in MAKERS:
        raise Http404
    made: Attachment | None = MAKERS[name](document_id)
    if made is None:
        raise Http404
    return _attached(made)


@router.get("/{int:document_id}/activity", response=shapes.told(list[shapes.Event]))
def timeline(request: ApiRequest, document_id: int) -> HttpResponse:
    """La Actividad del documento, de lo primero a lo último."""
    company = request.company
    journeys.load(company.id, document_id)
    traits = jurisdictions.find(company.jurisdiction).traits
    found = activity.timeline(company.id, document_id)
    return answers.value([_event(one, traits) for one in found])


@router.get("/{int:document_id}/constancia", response=shapes.told(shapes.Constancia))
def proof(request: ApiRequest, document_id: int) -> HttpResponse:
    """Lo anotado del documento en este momento, firmado con el certificado de la empresa."""
    made = constancia.signed(request.company.id, document_id, by=request.by, at=outside.now())
    response = answers.text(made.file.content.decode())
    response["Content-Disposition"] = disposition(made.file.name)
    return response


@router.get(
    "/{int:document_id}/constancia.pdf", response=shapes.REFUSED, openapi_extra=requests.BYTES
)
def proof_on_paper(request: ApiRequest, document_id: int) -> HttpResponse:
    """Lo mismo en PDF/A-3, con el JSON adjunto y la firma de la empresa (PAdES)."""
    at = outside.now()
    return _attached(constancia.paper(request.company.id, document_id, by=request.by, at=at))


@router.get("/{int:document_id}/buyer-events", response=shapes.told(list[shapes.BuyerEvent]))
def declared(request: ApiRequest, document_id: int) -> HttpResponse:
    """Lo que el comprador declaró del documento, hasta donde se sabe."""
    journeys.load(request.company.id, document_id)
    found = buyer_events.of_document(document_id)
    return answers.value(
        [
            {
                "code": one.code,
                "text": one.text,
                "fiscalId": one.key,
                "at": one.at.isoformat() if one.at else None,
                "by": one.by or None,
                "reason": one.reason or None,
            }
            for one in found
        ]
    )


def _attached(file: Attachment) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = disposition(file.name)
    return response


def _event(event: Event, traits: Traits) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "kind": event.kind.value,
        "actor": event.actor,
        "text": phrases.sentence(event, traits),
        "facts": dict(event.facts),
    }


def _emails(request: ApiRequest, company: Company) -> tuple[str, ...]:
    """The addresses of the list, or of one text, each once. Raises Refused."""
    raw = dict(bodies.mapping(request))
    told = raw.get("emails")
    if isinstance(told, list) and all(isinstance(one, str) for one in told):
        raw["emails"] = "; ".join(told)
    problems = Problems()
    fields = Fields(raw, "", problems)
    rehearsal = company.environment is Environment.SANDBOX
    own = company.own_emails
    found = intake_contact.emails(fields, "emails", rehearsal=rehearsal, own=own)
    fields.finish()
    if problems.found():
        raise Refused(422, *problems.found())
    return found
