"""The links to a document's public page as the company sees them: visits, revoking, a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import outside, public_pages
from acuse.store import journeys
from acuse.store import public_pages as kept
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.refusals import tell


def of(company: Company, document_id: int) -> dict[str, object]:
    """What the detail shows: no row where there are no public pages and never was one."""
    rows = kept.of_document(document_id, since=public_pages.oldest(outside.now()))
    offered = bool(public_pages.base(company.environment))
    shown = rows if offered else tuple(row for row in rows if row.page_id is not None)
    return {"links": shown, "offers_links": offered}


@for_company
@require_POST
def change(request: CompanyRequest, document_id: int, recipient_id: int) -> HttpResponse:
    """A person's "Revocar" or "Nuevo enlace"; only this answer shows the new one."""
    company_id = request.company.id
    journey = found_or_404(journeys.load, company_id, document_id)
    names = (company_id, document_id, recipient_id)
    address = found_or_404(kept.recipient, *names)
    by, at = request.by, outside.now()
    if request.POST.get("do") == "revoke":
        if public_pages.revoke(*names, by=by, at=at):
            messages.success(request, "Revocado: desde ahora ese enlace no abre nada.")
        return redirect("document", company_id, document_id)
    try:
        link = public_pages.renew(*names, by=by, at=at)
    except Blocked as blocked:
        tell(request, blocked)
        return redirect("document", company_id, document_id)
    values = {
        "section": "documents",
        "journey": journey,
        "address": address,
        "link": link.address,
    }
    response = render(request, "public/new_link.html", values)
    response["Referrer-Policy"] = "no-referrer"
    return response
