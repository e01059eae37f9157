"""The files of a received document, and of what was declared about it."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from acuse.store import received, receptions
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.download import attachment


@for_company
def download(request: CompanyRequest, received_id: int, name: str) -> HttpResponse:
    """The document, the authority's verdict on it, or the file as it was handed in."""
    kept = found_or_404(received.load, request.company.id, received_id)
    match name:
        case "xml":
            return attachment(f"{kept.document.number}.xml", kept.document.content)
        case "respuesta" if kept.document.receipt:
            return attachment(f"{kept.document.number}-respuesta.xml", kept.document.receipt)
        case "original":
            content = received.original(request.company.id, received_id)
            end = "zip" if content.startswith(b"PK") else "xml"
            return attachment(f"{kept.document.number}-original.{end}", content)
    raise Http404


@for_company
def of_reception(
    request: CompanyRequest, received_id: int, reception_id: int, name: str
) -> HttpResponse:
    """What we signed, or what the authority answered to it."""
    content = found_or_404(receptions.receipt, request.company.id, reception_id)
    if receptions.about(reception_id).received_id != received_id:
        raise Http404
    sealed = receptions.sealed(reception_id)
    match name:
        case "xml":
            return attachment(sealed.file_name, sealed.content)
        case "respuesta" if content is not None:
            return attachment(f"{sealed.file_name.removesuffix('.xml')}-respuesta.xml", content)
    raise Http404
