"""The authority's outage: making a document again for it, its container, its clock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.party import Company
from acuse.flow import contingency, outside, wording
from acuse.store import documents, exchanges, journeys
from acuse.store.documents import Issued
from acuse.store.journeys import Journey
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.documents import handover
from acuse.web.refusals import REFUSALS, tell

UNHEARD = ("QUEUED", "UNCERTAIN", "STUCK")  # the authority has not taken it


def choices(company: Company, journey: Journey, issued: Issued) -> dict[str, Any]:
    """What the detail shows of it: the button, or the container and the clock."""
    traits = jurisdictions.find(company.jurisdiction).traits
    if traits.contingency is None:
        return {}
    if issued.document.contingency:
        waits = journey.state == "ISSUED"
        return {
            "in_contingency": waits,
            "deadline": contingency.deadline(company.id, journey.id) if waits else None,
            "hours": int(traits.contingency.total_seconds() // 3600),
        }
    kind = traits.kind(issued.document.kind)
    if kind is None or not kind.contingency:
        return {}
    errors, silences = exchanges.failed_about(company.id, journey.id)
    waits = journey.state == "ISSUED" and journey.submission in UNHEARD
    return {
        "can_declare": waits,
        "errors": errors,
        "silences": silences,
        "errors_needed": contingency.ERRORS,
        "silences_needed": contingency.SILENCES,
    }


@for_company
@require_POST
def declare(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Emitir en contingencia"."""
    company_id = request.company.id
    found_or_404(journeys.load, company_id, document_id)
    announced = request.POST.get("announced") == "on"
    try:
        contingency.declare(
            company_id, document_id, by=request.by, at=outside.now(), announced=announced
        )
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        told = "Hecho en contingencia con el mismo número. Descarga el contenedor y entrégalo."
        messages.success(request, told)
    return redirect("document", company_id, document_id)


@for_company
@require_POST
def handed(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Entregado al cliente" about the container."""
    company_id, at = request.company.id, outside.now()
    issued = found_or_404(documents.load_of, company_id, document_id)
    if not issued.document.contingency:
        raise Http404
    told = handover.read(request.POST.dict(), request.company, at)
    if isinstance(told, str):
        messages.error(request, told)
    else:
        contingency.hand_over(company_id, document_id, wording.handed(told), by=request.by, at=at)
        messages.success(request, "Entrega anotada en Actividad.")
    return redirect("document", company_id, document_id)
