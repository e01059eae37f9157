"""Configuración > Correo > Aperturas: whether mails tell that they were opened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import outside, public_pages
from acuse.web.access import CompanyRequest, for_company


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The switch, off unless somebody turns it on, and what it can and cannot tell."""
    company = request.company
    error = ""
    if request.method == "POST":
        on = request.POST.get("counts_opens") == "on"
        try:
            company_flow.set_counts_opens(company.id, on, by=request.by, at=outside.now())
        except Blocked as blocked:
            error = blocked.problems[0].text
        else:
            messages.success(request, "Cambios guardados")
            return redirect("opens", company.id)
    context = {
        "section": "settings",
        "error": error,
        "offered": bool(public_pages.base(company.environment)),
    }
    return render(request, "settings/opens.html", context, status=422 if error else 200)
