"""The list of received documents, one of them, and the buttons that declare."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.counter import Counter
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import ReceivedDocument
from acuse.flow import counters, declare, outside, receive, wording
from acuse.flow.receive import Taken
from acuse.store import mailboxes, received, receptions
from acuse.store.receptions import Declared, Subject
from acuse.web import refusals
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.paging import before
from acuse.web.received import forms
from acuse.web.states import Chip, reception

PAGE = 30
MOST_FILES = 20  # in one upload
NO_FILE = Problem("file", "XX-REC-6", "Elige el archivo ZIP o XML que te envió tu proveedor.")


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """What others sent, newest first, a page by key; a posted file is kept and shown."""
    counter = _open_to(request)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            taken = _upload(request)
        except Blocked as blocked:
            problems = blocked.problems
        else:
            if len(taken) == 1:
                return redirect("received_document", request.company.id, taken[0].id)
            messages.success(request, f"Documentos guardados: {len(taken)}.")
            return redirect("received", request.company.id)
    words = request.GET.get("buscar", "").strip()[:60]
    company_id = request.company.id
    found = received.page(company_id, before=before(request), words=words, limit=PAGE + 1)
    shown = found[:PAGE]
    last = receptions.latest(company_id, tuple(one.id for one in shown))
    context = {
        "section": "received",
        "words": words,
        "rows": [
            (one, _told(last.get(one.id), counter), counter.last_day(one.issued_on))
            for one in shown
        ],
        "apart": counter.apart,
        "older": shown[-1].id if len(found) > PAGE else None,
        "problems": problems,
        "reads_mail": mailboxes.active(company_id) is not None,
    }
    return render(request, "received/list.html", context, status=422 if problems else 200)


@for_company
def detail(request: CompanyRequest, received_id: int) -> HttpResponse:
    """One document: its facts and files, what was declared, and what may come next."""
    _open_to(request)
    found_or_404(received.load, request.company.id, received_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            words = _declare(request, received_id)
        except refusals.REFUSALS as refusal:
            problems = refusals.problems(refusal)
        else:
            messages.success(request, f"{words}: firmado y en camino.")
            return redirect("received_document", request.company.id, received_id)
    context = _context(request, received_id, request.POST.dict()) | {"problems": problems}
    return render(request, "received/detail.html", context, status=422 if problems else 200)


@for_company
@require_POST
def retry_view(request: CompanyRequest, received_id: int, reception_id: int) -> HttpResponse:
    """A person's "Reintentar": it asks first."""
    if declare.retry(request.company.id, reception_id, by=request.by, at=outside.now()):
        messages.success(request, "Preguntaremos primero a la autoridad y luego se sigue.")
    return redirect("received_document", request.company.id, received_id)


def _context(
    request: CompanyRequest, received_id: int, values: Mapping[str, str]
) -> dict[str, object]:
    company_id = request.company.id
    counter = counters.of(request.company)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    kept = received.load(company_id, received_id)
    person = receptions.last_person(company_id)
    at = outside.now()
    offers = declare.offers(company_id, received_id, at=at)
    done = receptions.declared(company_id, Subject(received_id=received_id))
    standing = {one.kind for one in done if one.counts}
    drawn = [
        forms.form(one, counter, traits, values, person)
        for one in offers
        if one.kind not in standing
    ]
    return {
        "section": "received",
        "kept": kept,
        "notices": counter.notices(kept.document, receptions.before(done), at),
        "done": [_done(one, counter, kept.document, request.company) for one in done],
        "claims": dict(counter.claims),
        "able": [one for one in drawn if not one.problems],
        "later": _later(drawn),
    }


def _later(drawn: list[forms.Form]) -> list[tuple[str, Problem]]:
    """What cannot be declared now and why, the words of those with one reason together."""
    found: dict[Problem, list[str]] = {}
    for one in drawn:
        if one.problems:
            found.setdefault(one.problems[0], []).append(one.words)
    return [(", ".join(words), problem) for problem, words in found.items()]


def _upload(request: CompanyRequest) -> tuple[Taken, ...]:
    uploads = request.FILES.getlist("file")[:MOST_FILES]
    if not uploads:
        raise Blocked([NO_FILE])
    if sum(one.size or 0 for one in uploads) > receive.LARGEST:
        raise Blocked([receive.TOO_LARGE])
    files = tuple(one.read() for one in uploads)
    return receive.take_all(
        request.company.id, files, source="web", by=request.by, at=outside.now()
    )


def _declare(request: CompanyRequest, received_id: int) -> str:
    """The words of what was declared. Raises Blocked and SignerUnavailable."""
    company_id, at = request.company.id, outside.now()
    offers = declare.offers(company_id, received_id, at=at)
    wanted = request.POST.get("kind", "")
    offer = next((one for one in offers if one.kind.value == wanted), None)
    if offer is None:
        raise Http404
    traits = jurisdictions.find(request.company.jurisdiction).traits
    told = forms.read(request.POST.dict(), offer, traits)
    if told.problems:
        raise Blocked(told.problems)
    declare.declare(
        company_id,
        received_id,
        offer.kind,
        reason_code=told.reason_code,
        person=told.person,
        note=told.note,
        extra=told.extra,
        by=request.by,
        at=at,
    )
    return offer.declarable.words


def _told(declared: Declared | None, counter: Counter) -> tuple[str, Chip] | None:
    return (wording.reception(declared.kind, counter), reception(declared)) if declared else None


def _done(
    one: Declared, counter: Counter, document: ReceivedDocument, company: Company
) -> tuple[Declared, str, Chip, list[tuple[str, str]]]:
    """A declaration as it is shown: words, state, and the country's own fields as told."""
    own = [
        (spec.label, dict(spec.choices).get(str(value), str(value)))
        for spec in counter.fields(one.kind, document, company)
        if (value := one.extra.get(spec.name)) is not None
    ]
    return one, wording.reception(one.kind, counter), reception(one), own


def _open_to(request: CompanyRequest) -> Counter:
    """Who receives documents of others; 404 where nobody does."""
    counter: Counter | None = jurisdictions.find(request.company.jurisdiction).counter
    if counter is None:
        raise Http404
    return counter
