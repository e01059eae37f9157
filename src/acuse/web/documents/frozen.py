"""What was mailed of a document, byte for byte: the files of its packet and each message."""

from __future__ import annotations

from django.http import HttpResponse

from acuse.store import frozen
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.download import attachment


@for_company
def packet_file(request: CompanyRequest, document_id: int, file_id: int) -> HttpResponse:
    """A file of a frozen packet."""
    file = found_or_404(frozen.packet_file, request.company.id, document_id, file_id)
    return attachment(file.name, file.content, file.content_type)


@for_company
def message(request: CompanyRequest, document_id: int, recipient_id: int) -> HttpResponse:
    """The message to one address."""
    file = found_or_404(frozen.message, request.company.id, document_id, recipient_id)
    return attachment(file.name, file.content, file.content_type)
