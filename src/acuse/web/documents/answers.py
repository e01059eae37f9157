"""What the buyer declared about a document: asked for, and concluded when its term has passed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.document import Document
from acuse.domain.jurisdiction import desk_for
from acuse.domain.party import Company
from acuse.domain.question import Topic
from acuse.domain.received import ReceptionKind
from acuse.flow import counters, declare, inquire, outside, wording
from acuse.store import buyer_events, journeys, receptions
from acuse.store.receptions import Subject
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.refusals import REFUSALS, tell
from acuse.web.states import Chip, reception

NOTHING_NEW = "El comprador no ha declarado nada nuevo."


@dataclass(frozen=True, slots=True)
class Answers:
    """What the detail shows of the buyer's answers."""

    any: bool  # whether the buyer declared something
    can_lapse: bool
    ours: tuple[tuple[str, str, Chip], ...]  # number, words, state


def of(company: Company, document_id: int, document: Document) -> Answers | None:
    """The answers to an accepted document; None for one that no buyer answers."""
    jurisdiction = jurisdictions.find(company.jurisdiction)
    if jurisdiction.counter is None or desk_for(jurisdiction, Topic.EVENTS) is None:
        return None
    if document.contingency or document.kind not in jurisdiction.counter.answered:
        return None
    told = buyer_events.moments(document_id)
    done = receptions.declared(company.id, Subject(document_id=document_id))
    can_lapse = bool(told) and not declare.lapse(company.id, document_id, at=outside.now())
    counter = jurisdiction.counter
    ours = tuple((one.number, wording.reception(one.kind, counter), reception(one)) for one in done)
    return Answers(bool(told), can_lapse, ours)


@for_company
@require_POST
def events_view(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Consultar eventos"."""
    journey = found_or_404(journeys.load, request.company.id, document_id)
    if journey.state.startswith("ACCEPTED"):
        try:
            new = inquire.fetch_events(
                request.company.id, document_id, by=request.by, at=outside.now()
            )
        except REFUSALS as refusal:
            tell(request, refusal)
        else:
            count = len(new)
            words = f"Eventos nuevos: {count}. Míralos en Actividad." if count else NOTHING_NEW
            messages.success(request, words)
    return redirect("document", request.company.id, document_id)


@for_company
@require_POST
def lapse_view(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Registrar aceptación tácita"."""
    found_or_404(journeys.load, request.company.id, document_id)
    try:
        declare.accept_by_lapse(request.company.id, document_id, by=request.by, at=outside.now())
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        counter = counters.of(request.company)
        words = wording.reception(ReceptionKind.ACCEPTED_BY_LAPSE, counter)
        messages.success(request, f"{words}: firmada y en camino.")
    return redirect("document", request.company.id, document_id)
