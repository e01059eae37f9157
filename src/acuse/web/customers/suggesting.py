"""The mailbox that the authority knows of a buyer: asked for one at a time, by a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.question import ContactGiven
from acuse.domain.text import capitalised, clean
from acuse.flow import inquire, outside
from acuse.web.access import CompanyRequest, for_company
from acuse.web.customers.views import emails_input
from acuse.web.refusals import REFUSALS, problems

NO_NUMBER = "Escribe primero la identificación: se busca por ella."


@for_company
@require_POST
def suggest(request: CompanyRequest) -> HttpResponse:
    """The field of e-mails, with the one found where it was empty, and what was found."""
    written = request.POST.get("emails", "").strip()
    found = _found(request)
    words = found if isinstance(found, str) else _words(request, found, written)
    email = "" if isinstance(found, str) else found.email
    context = {"input": emails_input({"emails": written or email}, {}), "found": words}
    return render(request, "customers/_emails.html", context)


def _found(request: CompanyRequest) -> ContactGiven | str:
    """What the authority knows, or why there is nothing."""
    number = clean(request.POST.get("number", ""), field="number", longest=32)
    if isinstance(number, Problem) or not number:
        return NO_NUMBER
    asked = TaxId(request.POST.get("type", "")[:24], number)
    try:
        told = inquire.suggest_contact(request.company.id, asked, at=outside.now())
    except REFUSALS as refusal:
        return " ".join(problem.text for problem in problems(refusal))
    traits = jurisdictions.find(request.company.jurisdiction).traits
    return told or f"{capitalised(traits.words.authority)} no tiene datos de {asked.number}."


def _words(request: CompanyRequest, found: ContactGiven, written: str) -> str:
    authority = jurisdictions.find(request.company.jurisdiction).traits.words.authority
    told = " · ".join(part for part in (found.name, found.email or "sin correo") if part)
    kept = " Dejamos lo que ya habías escrito." if written and found.email else ""
    return f"{capitalised(authority)} tiene: {told}.{kept}"
