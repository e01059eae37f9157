"""The form of a document, new or a draft's: lines that are added, sums counted, "Emitir"."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.contact import addressees
from acuse.domain.document import Document
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.problem import Blocked
from acuse.flow import draft as drafting
from acuse.flow import outside
from acuse.flow.issue import issue, problems, warnings
from acuse.gateways.signer import SignerUnavailable
from acuse.store import customers, documents, drafts, journeys
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.documents import catalogue, fields, filled, line_fields, posted
from acuse.web.refusals import tell

NOT_SIGNED = (
    "No se pudo firmar: el firmador no responde. No se usó ningún número. Avisa a quien "
    "administra el servidor y vuelve a intentarlo."
)


@for_company
def new(request: CompanyRequest) -> HttpResponse:
    """The form; posted, it issues or says all that is wrong."""
    if request.method != "POST":
        values = _proposed(request)
        return _form(request, posted.Posted(values, _lines(values), None, ()))
    return _posted(request, None, None)


@for_company
def edit(request: CompanyRequest, document_id: int) -> HttpResponse:
    """The same form of a draft; what it does not show stays as it was."""
    base = found_or_404(drafts.load, request.company.id, document_id)
    if request.method != "POST":
        journey = journeys.load(request.company.id, document_id)
        traits = jurisdictions.find(request.company.jurisdiction).traits
        values = filled.values(base, traits, journey.customer_id)
        shown = posted.Posted(values, _lines(values), None, ())
        return _form(request, shown, base=base, draft_id=document_id)
    return _posted(request, document_id, base)


@for_company
@require_POST
def issue_draft(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A draft's "Emitir"."""
    found_or_404(journeys.load, request.company.id, document_id)
    return _issued(request, document_id)


@for_company
@require_POST
def copy(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A new draft with the document's content, opened in its form."""
    copied = partial(drafting.copy, by=request.by, at=outside.now())
    draft_id = found_or_404(copied, request.company.id, document_id)
    messages.success(request, "Es un borrador nuevo con el mismo contenido. Revísalo y emítelo.")
    return redirect("edit_draft", request.company.id, draft_id)


@for_company
def line(request: CompanyRequest) -> HttpResponse:
    """One more empty line for the form of a kind."""
    told = request.GET.get("index", "")
    index = int(told) if told.isdigit() and len(told) < 4 else 0
    traits = jurisdictions.find(request.company.jurisdiction).traits
    kind = posted.kind_of(request.GET, traits)
    context = {"line": line_fields.line(index, {}, {}, traits, kind)}
    return render(request, "documents/_line.html", context)


@for_company
@require_POST
def totals(request: CompanyRequest) -> HttpResponse:
    """The sums of what the form holds so far, counted by the server."""
    form = posted.read(request.POST.dict(), request.company)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    context: dict[str, Any] = {"traits": traits, "currency": form.values.get("currency")}
    context["kind"] = posted.kind_of(form.values, traits)
    if form.document is not None:
        context["totals"] = jurisdictions.find(request.company.jurisdiction).totals(form.document)
        context["currency"] = form.document.currency
        going = addressees(form.document.counterparty.addresses, form.document.kind)
        context["emails"] = going.everyone
        context["client"] = form.document.counterparty.name
        context["warnings"] = warnings(request.company.id, form.document, at=outside.now())
    return render(request, "documents/_totals.html", context)


def _posted(request: CompanyRequest, draft_id: int | None, base: Document | None) -> HttpResponse:
    """What the button says: another kind's form, a draft saved, a document issued."""
    form = posted.read(request.POST.dict(), request.company, base)
    doing = request.POST.get("do", "issue")
    if doing == "retype":
        shown = posted.Posted(form.values, form.lines, None, ())
        return _form(request, shown, base=base, draft_id=draft_id)
    found, at = form.problems, outside.now()
    if form.document is not None:
        if doing != "draft":
            found = problems(request.company.id, form.document, at=at)
        if not found:
            return _saved(request, draft_id, form.document, issue_it=doing != "draft")
    shown = posted.Posted(form.values, form.lines, form.document, found)
    return _form(request, shown, base=base, draft_id=draft_id, status=422)


def _saved(
    request: CompanyRequest, draft_id: int | None, document: Document, *, issue_it: bool
) -> HttpResponse:
    company_id, at = request.company.id, outside.now()
    if draft_id is None:
        draft_id = drafting.draft(company_id, document, by=request.by, at=at)
    else:
        try:
            drafting.edit(company_id, draft_id, document, by=request.by, at=at)
        except Blocked as blocked:
            tell(request, blocked)
            return redirect("document", company_id, draft_id)
    if issue_it:
        return _issued(request, draft_id)
    messages.success(request, "Borrador guardado.")
    return redirect("document", company_id, draft_id)


@for_company
@require_POST
def discard(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A draft's "Descartar": back to the list, or why not."""
    company_id = request.company.id
    found_or_404(journeys.load, company_id, document_id)
    try:
        drafting.discard(company_id, document_id, by=request.by, at=outside.now())
    except Blocked as blocked:
        tell(request, blocked)
        return redirect("document", company_id, document_id)
    messages.success(request, "Borrador descartado.")
    return redirect("documents", company_id)


def _issued(request: CompanyRequest, document_id: int) -> HttpResponse:
    try:
        issued = issue(document_id, by=request.by, at=outside.now())
    except Blocked as blocked:
        tell(request, blocked)
    except SignerUnavailable:
        messages.error(request, NOT_SIGNED)
    else:
        words = jurisdictions.find(request.company.jurisdiction).traits.words
        text = f"Se emitió {issued.number}. Va a {words.authority}; aquí verás cada paso."
        messages.success(request, text)
    return redirect("document", request.company.id, document_id)


def _proposed(request: CompanyRequest) -> dict[str, str]:
    """An empty form of the kind asked for; a note's is filled from what it corrects."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    kind = posted.kind_of({"kind": request.GET.get("tipo", "")}, traits)
    told = request.GET.get("corrige", "")
    if not told:
        return {"kind": kind.kind.value}
    if not told.isdigit() or len(told) > 18:
        raise Http404
    original = found_or_404(documents.load_of, request.company.id, int(told))
    if original.state not in MAILABLE or original.document.kind not in kind.corrects:
        raise Http404
    sealed = original.sealed
    note = filled.note(kind, original.document, number=sealed.number, fiscal_id=sealed.fiscal_id)
    return filled.values(note, traits, original.customer_id)


def _lines(values: dict[str, str]) -> tuple[int, ...]:
    return posted.line_indexes(values) or (0,)


def _form(
    request: CompanyRequest,
    form: posted.Posted,
    *,
    base: Document | None = None,
    draft_id: int | None = None,
    status: int = 200,
) -> HttpResponse:
    company = request.company
    traits = jurisdictions.find(company.jurisdiction).traits
    kind = posted.kind_of(form.values, traits, base)
    errors: dict[str, str] = {}
    for problem in form.problems:
        errors.setdefault(posted.field_of(problem, form.lines), problem.text)
    values, lines = form.values, form.lines or (0,)
    told = catalogue.told(values, lines, traits, kind)
    contacts = customers.choices(company.id)
    numbered = base is not None and base.number is not None and base.number.value > 0
    context = {
        "section": "documents",
        "verdict": documents.verdict(draft_id) if draft_id else None,
        "kind": kind,
        "kinds": fields.kinds(company, traits, kind) if len(traits.kinds) > 1 else None,
        "editing": base is not None,
        "numbered": numbered,
        "doing": request.POST.get("do", ""),
        "party": fields.party(values, errors, traits, kind, contacts),
        "references": fields.references(values, errors, traits, kind),
        "referred": fields.refers(values) or fields.refers(errors),
        "own": fields.own(values, errors, traits, kind),
        "lines": [line_fields.line(at, values, errors, traits, kind, told) for at in lines],
        "next": max(lines) + 1,
        "terms": fields.terms(values, errors, traits, kind),
        "prepayments": fields.prepayments(values, errors, traits, kind),
        "more": fields.more(values, errors, traits, kind, company, numbered=numbered),
        "problems": [(problem, posted.field_of(problem, lines)) for problem in form.problems],
        "warnings": warnings(company.id, form.document, at=outside.now()) if form.document else (),
    }
    return render(request, "documents/new.html", context, status=status)
