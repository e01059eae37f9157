"""Configuración > Correo > Aperturas: whether mails tell that they were opened."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse.flow import company as company_flow
from acuse.flow import public_pages
from acuse.web.access import CompanyRequest, for_company
from acuse.web.settings.switched import turned


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The switch, off unless somebody turns it on, and what it can and cannot tell."""
    company = request.company
    error = ""
    if request.method == "POST":
        error = turned(request, "counts_opens", company_flow.set_counts_opens)
        if not error:
            return redirect("opens", company.id)
    context = {
        "section": "settings",
        "error": error,
        "offered": bool(public_pages.base(company.environment)),
    }
    return render(request, "settings/opens.html", context, status=422 if error else 200)
