"""Actividad: asked again while the page is open, answered only when there is news."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acuse import jurisdictions
from acuse.store import activity, journeys
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.states import delivery, fiscal


@for_company
def timeline(request: CompanyRequest, document_id: int) -> HttpResponse:
    """The document's events and chips; 204 where the page has seen the last one already."""
    seen = request.GET.get("seen", "")
    last = activity.last_ordinal(request.company.id, document_id)
    journey = found_or_404(journeys.load, request.company.id, document_id)
    if seen == str(last):
        return HttpResponse(status=204)
    if request.GET.get("state", journey.state) != journey.state:
        # The verdict came while the page was open: files, notices and buttons are others now.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {
        "journey": journey,
        "fiscal": fiscal(journey, jurisdictions.find(request.company.jurisdiction).traits),
        "delivery": delivery(journey),
        "events": activity.timeline(request.company.id, document_id)[::-1],
        "seen": last,
        "new": last - int(seen) if seen.isdigit() else 0,
        "live": True,
    }
    return render(request, "activity/timeline.html", context)
