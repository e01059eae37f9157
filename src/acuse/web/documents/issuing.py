"""The new-invoice form: lines that are added, totals that the server counts, and "Emitir"."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.problem import Blocked, Problem
from acuse.flow import outside
from acuse.flow.draft import draft
from acuse.flow.issue import issue, problems
from acuse.gateways.signer import SignerUnavailable
from acuse.store import customers, journeys
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.documents import fields, posted

SIGNER_AWAY = Problem(
    "document",
    "XX-SIG-1",
    "No se pudo firmar: el firmador no responde. No se usó ningún número. Avisa a quien "
    "administra el servidor y vuelve a intentarlo.",
)


@for_company
def new(request: CompanyRequest) -> HttpResponse:
    """The form; posted, it issues or says all that is wrong."""
    if request.method != "POST":
        return _form(request, posted.Posted({}, (0,), None, ()))
    form = posted.read(request.POST.dict(), request.company)
    found = form.problems
    if form.document is not None:
        at = outside.now()
        if request.POST.get("do") == "draft":
            draft(request.company.id, form.document, by=request.by, at=at)
            messages.success(request, "Borrador guardado.")
            return redirect("documents", request.company.id)
        found = problems(request.company.id, form.document, at=at)
        if not found:
            document_id = draft(request.company.id, form.document, by=request.by, at=at)
            return _issued(request, document_id)
    shown = posted.Posted(form.values, form.lines or (0,), None, found)
    return _form(request, shown, status=422)


@for_company
@require_POST
def issue_draft(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A draft's "Emitir"."""
    found_or_404(journeys.load, request.company.id, document_id)
    return _issued(request, document_id)


@for_company
def line(request: CompanyRequest) -> HttpResponse:
    """One more empty line for the form."""
    told = request.GET.get("index", "")
    index = int(told) if told.isdigit() and len(told) < 4 else 0
    traits = jurisdictions.find(request.company.jurisdiction).traits
    return render(request, "documents/_line.html", {"line": fields.line(index, {}, {}, traits)})


@for_company
@require_POST
def totals(request: CompanyRequest) -> HttpResponse:
    """The sums of what the form holds so far, counted by the server."""
    form = posted.read(request.POST.dict(), request.company)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    context: dict[str, Any] = {"traits": traits, "currency": form.values.get("currency")}
    if form.document is not None:
        context["totals"] = jurisdictions.find(request.company.jurisdiction).totals(form.document)
        context["currency"] = form.document.currency
        context["emails"] = form.document.counterparty.emails
        context["client"] = form.document.counterparty.name
    return render(request, "documents/_totals.html", context)


def _issued(request: CompanyRequest, document_id: int) -> HttpResponse:
    try:
        issued = issue(document_id, by=request.by, at=outside.now())
    except Blocked as blocked:
        for problem in blocked.problems:
            messages.error(request, problem.text)
    except SignerUnavailable:
        messages.error(request, SIGNER_AWAY.text)
    else:
        words = jurisdictions.find(request.company.jurisdiction).traits.words
        text = f"{issued.number} emitida. La enviamos a {words.authority}; aquí verás cada paso."
        messages.success(request, text)
    return redirect("document", request.company.id, document_id)


def _form(request: CompanyRequest, form: posted.Posted, *, status: int = 200) -> HttpResponse:
    traits = jurisdictions.find(request.company.jurisdiction).traits
    errors: dict[str, str] = {}
    for problem in form.problems:
        errors.setdefault(posted.field_of(problem, form.lines), problem.text)
    contacts = customers.choices(request.company.id)
    choice, new_client = fields.client(form.values, errors, traits, contacts)
    context = {
        "section": "documents",
        "client": choice,
        "new_client": new_client,
        "lines": [fields.line(index, form.values, errors, traits) for index in form.lines],
        "next": max(form.lines) + 1,
        "terms": fields.terms(form.values, errors, traits),
        "problems": [(problem, posted.field_of(problem, form.lines)) for problem in form.problems],
    }
    return render(request, "documents/new.html", context, status=status)
