"""The list of batches, one of them, and what a person decides about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.flow import gather, outside, wording
from acuse.store import batches, gathered
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.download import attachment
from acuse.web.paging import before
from acuse.web.refusals import REFUSALS, tell
from acuse.web.states import batch as state
from acuse.web.states import member as fate

PAGE = 30


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The company's batches, newest first, and how many documents wait for one."""
    _open_to(request)
    company_id = request.company.id
    found = batches.page(company_id, before=before(request), limit=PAGE + 1)
    shown = found[:PAGE]
    context = {
        "section": "batches",
        "rows": [(one, wording.batch(one.kind), state(one)) for one in shown],
        "older": shown[-1].id if len(found) > PAGE else None,
        "waiting": gathered.count(company_id),
        "why": gathered.why(company_id),
    }
    return render(request, "batches/list.html", context)


@for_company
def detail(request: CompanyRequest, batch_id: int) -> HttpResponse:
    """One batch: its documents and what became of each, its files."""
    _open_to(request)
    kept = found_or_404(batches.load, request.company.id, batch_id)
    context = {
        "section": "batches",
        "kept": kept,
        "words": wording.batch(kept.kind),
        "state": state(kept),
        "members": [(one, fate(one)) for one in batches.members(batch_id)],
    }
    return render(request, "batches/detail.html", context)


@for_company
@require_POST
def gather_now(request: CompanyRequest) -> HttpResponse:
    """A person does not wait for the hour: what waits is sent now."""
    _open_to(request)
    try:
        made = gather.gather(request.company.id, by=request.by, at=outside.now(), now=True)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        told = f"Se enviaron {made} resúmenes." if made != 1 else "Se envió 1 resumen."
        messages.success(request, told if made else "No había nada que enviar.")
    return redirect("batches", request.company.id)


@for_company
@require_POST
def retry_view(request: CompanyRequest, batch_id: int) -> HttpResponse:
    """A person's "Reintentar": it asks first."""
    found_or_404(batches.load, request.company.id, batch_id)
    if gather.retry(request.company.id, batch_id, by=request.by, at=outside.now()):
        messages.success(request, "Preguntaremos primero a la autoridad y luego se sigue.")
    return redirect("batch", request.company.id, batch_id)


@for_company
@require_POST
def dissolve_view(request: CompanyRequest, batch_id: int) -> HttpResponse:
    """The documents of a batch that never arrived go in another."""
    found_or_404(batches.load, request.company.id, batch_id)
    try:
        gather.dissolve(request.company.id, batch_id, by=request.by, at=outside.now())
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "Sus documentos irán en el próximo resumen.")
    return redirect("batch", request.company.id, batch_id)


@for_company
def download(request: CompanyRequest, batch_id: int, name: str) -> HttpResponse:
    """The file as it was signed, or what the authority answered."""
    found_or_404(batches.load, request.company.id, batch_id)
    sealed = batches.sealed(batch_id)
    if name == "xml":
        return attachment(sealed.file_name, sealed.content)
    receipt = batches.receipt(request.company.id, batch_id)
    if name != "respuesta" or receipt is None:
        raise Http404
    end = "zip" if receipt.startswith(b"PK") else "xml"
    return attachment(f"R-{sealed.file_name.removesuffix('.xml')}.{end}", receipt)


def _open_to(request: CompanyRequest) -> None:
    """404 where nobody makes batches."""
    if jurisdictions.find(request.company.jurisdiction).clerk is None:
        raise Http404
