"""The list and the detail of documents, and what can be done from there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Customer
from acuse.domain.problem import Blocked
from acuse.flow import outside, payment, wording
from acuse.flow.issue import warnings
from acuse.store import activity, customers, documents, drafts, frozen, journeys
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.documents import answers, deciding, files, paying
from acuse.web.paging import before
from acuse.web.public import links
from acuse.web.states import delivery, fiscal

PAGE = 30
TABS = (  # key, words, states of the document, only held mail
    ("", "Todas", (), False),
    ("proceso", "En proceso", ("ISSUED",), False),
    ("aceptadas", "Aceptadas", ("ACCEPTED", "ACCEPTED_WITH_OBSERVATIONS"), False),
    ("rechazadas", "Rechazadas", ("REJECTED",), False),
    ("retenidas", "Correo retenido", (), True),
    ("borradores", "Borradores", ("DRAFT",), False),
)


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The company's documents, newest first, a page by key."""
    wanted = request.GET.get("ver", "")
    tab = next((one for one in TABS if one[0] == wanted), TABS[0])
    words = request.GET.get("buscar", "").strip()[:60]
    traits = jurisdictions.find(request.company.jurisdiction).traits
    kinds = traits.kinds
    kind = next((one for one in kinds if one.kind.value == request.GET.get("tipo", "")), None)
    found = journeys.page(
        request.company.id,
        before=before(request),
        states=tab[2],
        held=tab[3],
        words=words,
        kind=kind.kind.value if kind else "",
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    return render(
        request,
        "documents/list.html",
        {
            "section": "documents",
            "tabs": TABS,
            "tab": tab[0],
            "words": words,
            "rows": [(one, fiscal(one, traits), delivery(one)) for one in shown],
            "kinds": kinds if len(kinds) > 1 else (),
            "kind": kind.kind.value if kind else "",
            "kind_names": {one.kind.value: one.name for one in kinds},
            "older": shown[-1].id if len(found) > PAGE else None,
        },
    )


@for_company
def detail(request: CompanyRequest, document_id: int) -> HttpResponse:
    """One document: as the customer sees it, its files, its Actividad."""
    return _shown(request, document_id)


@for_company
@require_POST
def pay(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Registrar pago": the receipt's draft, to be reviewed; or what is wrong."""
    company, at = request.company, outside.now()
    found_or_404(documents.load_of, company.id, document_id)
    values = request.POST.dict()
    traits = jurisdictions.find(company.jurisdiction).traits
    paid = paying.read(values, traits, traits.day(at))
    try:
        if isinstance(paid, tuple):
            raise Blocked(paid)
        receipt_id = payment.register(company.id, document_id, paid, by=request.by, at=at)
    except Blocked as blocked:
        if blocked.problems[0].field == "document":  # it is not paid so, or not yet
            messages.error(request, blocked.problems[0].text)
            return redirect("document", company.id, document_id)
        posted = paying.Posted(values, blocked.problems)
        return _shown(request, document_id, posted=posted)
    messages.success(request, "Pago registrado. Este es su recibo: revísalo y emítelo.")
    return redirect("document", company.id, receipt_id)


def _shown(
    request: CompanyRequest, document_id: int, *, posted: paying.Posted | None = None
) -> HttpResponse:
    """The document's page, with a payment's form as it came back where one was refused."""
    company_id = request.company.id
    journey = found_or_404(journeys.load, company_id, document_id)
    jurisdiction = jurisdictions.find(request.company.jurisdiction)
    traits = jurisdiction.traits
    seen = activity.last_ordinal(company_id, document_id)  # first: what comes later is news
    events = activity.timeline(company_id, document_id)
    context = {
        "section": "documents",
        "journey": journey,
        "fiscal": fiscal(journey, traits),
        "delivery": delivery(journey),
        "events": events[::-1],
        "seen": seen,
    }
    if journey.unissued:
        context["draft"] = drafts.kept(company_id, document_id)
        context["kind"] = traits.kind(DocumentKind(journey.kind))
        context["verdict"] = documents.verdict(document_id)  # of before it was reopened
        context["totals"] = jurisdiction.totals(context["draft"])
        context["warnings"] = warnings(company_id, context["draft"], at=outside.now())
        context["pays"] = paying.paid_by(request.company, context["draft"])
        return render(request, "documents/draft.html", context)
    issued = documents.load(document_id)
    verdict = documents.verdict(document_id)
    lacking = jurisdiction.company_problems(request.company, outside.now(), Purpose.MAIL)
    contact = None
    if issued.customer_id is not None:
        contact = customers.load(company_id, issued.customer_id)
    context |= {
        "face": jurisdiction.face(issued.document, issued.issuer, issued.sealed, verdict),
        "verdict": verdict,
        "contact": contact,
        "customer_id": issued.customer_id,
        "files": files.listed(journey, container=issued.document.contingency),
        "packet": frozen.packet_files(company_id, document_id),
        "sent_messages": frozen.messages(company_id, document_id),
        "held": next((hop for hop in journey.hops if hop.state == "HELD"), None),
        "lacking": lacking,
        "can_mail": verdict is not None and verdict.outcome.accepts,
    }
    if context["can_mail"]:
        context["answers"] = answers.of(request.company, document_id, issued.document)
    held = context["held"]
    context["held_words"] = _held_words(held.reason, contact) if held else ""
    context["held_told"] = _told(events) if held else ()
    context |= deciding.choices(request.company, journey, issued)
    context |= links.of(request.company, document_id)
    context |= paying.choices(request.company, issued, posted)
    return render(request, "documents/detail.html", context, status=422 if posted else 200)


def _held_words(reason: str, contact: Customer | None) -> str:
    told = wording.why(reason, contact.addresses if contact else ())
    return wording.reason(told.get("why", reason))


def _told(events: tuple[Event, ...]) -> tuple[str, ...]:
    """What the packet or the message lacked when it was tried last."""
    held = [
        event
        for event in events
        if event.kind is EventKind.DELIVERY_HELD and not event.facts.get("archive")
    ]
    return tuple(held[-1].facts.get("lacking", ())) if held else ()
