"""Configuración > Facturación > Datos generales: the switch of the mission."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.delivery import DeliveryState, Reason
from acuse.domain.jurisdiction import Purpose
from acuse.flow import company as company_flow
from acuse.flow import outside, phrases, release
from acuse.store import activity, customers, holds
from acuse.web.access import CompanyRequest, for_company
from acuse.web.settings.switched import turned


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The boxes of Configuración."""
    return render(request, "settings/index.html", {"section": "settings"})


@for_company
def switch(request: CompanyRequest) -> HttpResponse:
    """The switch, what it does in words and in numbers, and what the company lacks."""
    company = request.company
    jurisdiction = jurisdictions.find(company.jurisdiction)
    error = ""
    if request.method == "POST":
        error = turned(request, "automatic_delivery", company_flow.set_automatic_delivery)
        if not error:
            return redirect("general", company.id)
    at = outside.now()
    traits = jurisdiction.traits
    context = {
        "section": "settings",
        "error": error,
        "law": traits.automatic_delivery_by_law if company.electronic_invoicing else "",
        "counts": customers.counts(company.id),
        "issue_problems": jurisdiction.company_problems(company, at, Purpose.ISSUE),
        "mail_problems": jurisdiction.company_problems(company, at, Purpose.MAIL),
        "skipped": holds.count(company.id, DeliveryState.SKIPPED, Reason.SWITCH_OFF),
        "held_by_switch": holds.count(company.id, DeliveryState.HELD, Reason.SWITCH_OFF),
        "many": holds.count(company.id, DeliveryState.HELD, Reason.CONFIRM_MANY),
        "history": [
            (event, phrases.sentence(event, traits))
            for event in activity.company_timeline(company.id, 8)
        ],
    }
    return render(request, "settings/general.html", context, status=422 if error else 200)


@for_company
@require_POST
def catch_up(request: CompanyRequest) -> HttpResponse:
    """Send what was accepted while the switch was off: a person's word, counted before."""
    sent = release.catch_up(request.company.id, by=request.by, at=outside.now())
    messages.success(request, f"Saldrán {sent} documentos aceptados antes.")
    return redirect("general", request.company.id)


@for_company
@require_POST
def release_many(request: CompanyRequest) -> HttpResponse:
    """Let mail leave that waits for a person's word."""
    company_id, at = request.company.id, outside.now()
    left = release.confirm_many(company_id, by=request.by, at=at)
    left += release.release_switched_off(company_id, by=request.by, at=at)
    messages.success(request, f"Saldrán {left} correos retenidos.")
    return redirect("general", company_id)
