"""An answer that could not be handed on, as it came."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from acuse.store import forwards
from acuse.web.access import CompanyRequest, for_company
from acuse.web.download import attachment


@for_company
@require_safe
def answer_view(request: CompanyRequest, key: int) -> HttpResponse:
    """The message to be saved: a stranger wrote it, so it is never shown."""
    raw = forwards.stranded(request.company.id, key)
    if raw is None:
        raise Http404
    return attachment("respuesta.eml", raw, "application/octet-stream")
