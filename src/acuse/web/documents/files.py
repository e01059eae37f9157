"""The files of a document: signed XML, the authority's answer, PDF."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from acuse.domain.face import Attachment
from acuse.domain.problem import Blocked
from acuse.flow import constancia, contingency, outside, papers
from acuse.gateways.render import RenderFailed
from acuse.gateways.signer import SignerUnavailable
from acuse.store import journeys
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
    if journey.unissued:
        raise Http404
    match name:
        case "xml":
            return _attached(papers.xml(document_id))
        case "respuesta":
            receipt = papers.receipt(document_id)
            if receipt is None:
                raise Http404
            return _attached(receipt)
        case "contenedor":
            return _container(request, document_id)
        case "pdf":
            return _attached(papers.pdf(document_id))
        case "constancia.pdf" | "constancia.json":
            return _constancia(request, document_id, on_paper=name.endswith("pdf"))
    raise Http404


def _attached(file: Attachment) -> HttpResponse:
    return attachment(file.name, file.content, file.content_type)


def _constancia(request: CompanyRequest, document_id: int, *, on_paper: bool) -> HttpResponse:
    """What is on record of the document, signed now; why it cannot be is told on the detail."""
    company_id, by, at = request.company.id, request.by, outside.now()
    try:
        if on_paper:
            return _attached(constancia.paper(company_id, document_id, by=by, at=at))
        return _attached(constancia.signed(company_id, document_id, by=by, at=at).file)
    except (Blocked, SignerUnavailable) as refusal:
        tell(request, refusal)
    except RenderFailed:
        messages.error(request, "No se pudo hacer el PDF. Prueba otra vez, o descarga el JSON.")
    return redirect("document", company_id, document_id)


def _container(request: CompanyRequest, document_id: int) -> HttpResponse:
    """What is handed over of a document in contingency; 404 for any other."""
    try:
        made = contingency.container(request.company.id, document_id)
    except Blocked as blocked:
        raise Http404(blocked.problems[0].text) from blocked
    except SignerUnavailable as away:
        tell(request, away)
        return redirect("document", request.company.id, document_id)
    return _attached(made)
