"""The files of a document: signed XML, the authority's answer, PDF."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from acuse.domain.problem import Blocked
from acuse.flow import contingency, outside
from acuse.gateways.signer import SignerUnavailable
from acuse.store import deliveries, documents, journeys
from acuse.store.journeys import Journey
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.download import attachment
from acuse.web.refusals import tell


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the detail lists it."""

    key: str
    words: str
    icon: str


def listed(journey: Journey, *, container: bool) -> list[Listed]:
    """What can be downloaded of the document now; `container`: made in contingency."""
    found = [
        Listed("pdf", "PDF", "file-text"),
        Listed("xml", "XML firmado", "file-code"),
    ]
    if container:
        found.append(Listed("contenedor", "Contenedor de contingencia", "paperclip"))
    if journey.state not in ("ISSUED", "WITHDRAWN"):
        found.append(Listed("respuesta", "Respuesta de la autoridad", "building-bank"))
    return found


@for_company
def download(request: CompanyRequest, document_id: int, name: str) -> HttpResponse:
    """One file, as an attachment; of a frozen packet byte for byte what was mailed."""
    journey = found_or_404(journeys.load, request.company.id, document_id)
    if journey.state == "DRAFT":
        raise Http404
    sealed = documents.sealed(document_id)
    stem = sealed.file_name.removesuffix(".xml")
    match name:
        case "xml":
            return attachment(sealed.file_name, sealed.content)
        case "respuesta":
            verdict = documents.verdict(document_id)
            if verdict is None or verdict.receipt is None:
                raise Http404
            end = "zip" if verdict.receipt.startswith(b"PK") else "xml"
            return attachment(f"{stem}-respuesta.{end}", verdict.receipt)
        case "contenedor":
            return _container(request, document_id)
        case "pdf":
            return attachment(f"{stem}.pdf", _pdf(request, document_id), "application/pdf")
    raise Http404


def _pdf(request: CompanyRequest, document_id: int) -> bytes:
    """The mailed PDF where there is one, else one rendered now, which is not kept."""
    for kept in deliveries.earlier_packet(document_id):
        if kept.content_type == "application/pdf":
            return kept.content
    issued = documents.load(document_id)
    return outside.paper(issued, documents.verdict(document_id))


def _container(request: CompanyRequest, document_id: int) -> HttpResponse:
    """What is handed over of a document in contingency; 404 for any other."""
    try:
        made = contingency.container(request.company.id, document_id)
    except Blocked as blocked:
        raise Http404(blocked.problems[0].text) from blocked
    except SignerUnavailable as away:
        tell(request, away)
        return redirect("document", request.company.id, document_id)
    return attachment(made.name, made.content, made.content_type)
