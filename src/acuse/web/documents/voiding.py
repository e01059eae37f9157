"""What a person does with a document by way of a batch: void it, or let it go by summary."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.batch import MemberAction
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.party import Company
from acuse.flow import gather, outside, void
from acuse.store import batches, journeys
from acuse.store.documents import Issued
from acuse.store.journeys import Journey
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.refusals import REFUSALS, tell


def choices(company: Company, journey: Journey, issued: Issued) -> dict[str, Any]:
    """What the detail offers of it, and the batch that the document is in."""
    clerk = jurisdictions.find(company.jurisdiction).clerk
    if clerk is None:
        return {}
    waits = journey.submission == "GATHERED"
    offered = issued.state in MAILABLE
    return {
        "voiding": void.offer(company.id, issued.id, at=outside.now()) if offered else None,
        "being_voided": batches.of_document(issued.id, MemberAction.VOID),
        "waits_for_summary": waits,
        "in_batch": batches.of_document(issued.id, MemberAction.ADD),
        "can_gather": journey.not_held and clerk.gathers(issued.document, company),
    }


@for_company
@require_POST
def void_view(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Anular", with the reason."""
    found_or_404(journeys.load, request.company.id, document_id)
    reason = request.POST.get("reason", "")
    try:
        void.void(request.company.id, document_id, reason, by=request.by, at=outside.now())
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "Anulación firmada y en camino. Vale cuando la acepten.")
    return redirect("document", request.company.id, document_id)


@for_company
@require_POST
def gather_view(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A document that did not go by itself goes by summary."""
    found_or_404(journeys.load, request.company.id, document_id)
    try:
        gather.gather_instead(request.company.id, document_id, by=request.by, at=outside.now())
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "Irá en el próximo resumen.")
    return redirect("document", request.company.id, document_id)
