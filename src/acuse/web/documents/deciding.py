"""What a person decides about an issued document: retry, mend, leave unused, hand over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.delivery import Reason
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.party import Company
from acuse.domain.traits import KindTraits, RejectedNumber
from acuse.flow import outside, release, retry, withdraw
from acuse.store import journeys
from acuse.store.documents import Issued
from acuse.store.journeys import Journey
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.documents import contingency, handover, voiding
from acuse.web.refusals import REFUSALS, tell


def choices(company: Company, journey: Journey, issued: Issued) -> dict[str, Any]:
    """What the detail offers to decide now."""
    traits = jurisdictions.find(company.jurisdiction).traits
    reused = traits.rejected_number is RejectedNumber.REUSE
    rejected = journey.state == "REJECTED"
    stuck = journey.state == "ISSUED" and journey.submission == "STUCK"
    return {
        "notes": notes(company, issued),
        "can_reopen": rejected and reused,
        "can_copy": rejected and not reused,
        "can_withdraw": stuck and journey.not_held,
        "handover": handover.inputs(company, {}),
        **contingency.choices(company, journey, issued),
        **voiding.choices(company, journey, issued),
    }


def notes(company: Company, issued: Issued) -> tuple[KindTraits, ...]:
    """The kinds of notes that may correct this document: of an accepted one only."""
    if issued.state not in MAILABLE:
        return ()
    kinds = jurisdictions.find(company.jurisdiction).traits.kinds
    return tuple(one for one in kinds if issued.document.kind in one.corrects)


@for_company
@require_POST
def retry_view(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A person's "Reintentar": it asks first."""
    found_or_404(journeys.load, request.company.id, document_id)
    if retry.retry(request.company.id, document_id, by=request.by, at=outside.now()):
        messages.success(request, "Preguntaremos primero a la autoridad y luego se sigue.")
    return redirect("document", request.company.id, document_id)


@for_company
@require_POST
def mend(request: CompanyRequest, document_id: int) -> HttpResponse:
    """A draft again, under its number: of what was rejected, or proven never to have arrived."""
    journey = found_or_404(journeys.load, request.company.id, document_id)
    verb = withdraw.reopen if journey.state == "REJECTED" else withdraw.withdraw_for_mending
    if not _done(request, verb, document_id):
        return redirect("document", request.company.id, document_id)
    text = f"Es un borrador otra vez, con su número {journey.number}. Corrígelo y emítelo."
    messages.success(request, text)
    return redirect("edit_draft", request.company.id, document_id)


@for_company
@require_POST
def leave_unused(request: CompanyRequest, document_id: int) -> HttpResponse:
    """The number of a document that never arrived stays unused, with the reason."""
    found_or_404(journeys.load, request.company.id, document_id)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, "No se retiró: falta el motivo. Escríbelo; queda en Actividad.")
    elif _done(request, withdraw.give_up, document_id, reason):
        messages.success(request, "Retirado: su número queda sin uso, con el motivo.")
    return redirect("document", request.company.id, document_id)


@for_company
@require_POST
def held_view(request: CompanyRequest, document_id: int, delivery_id: int) -> HttpResponse:
    """What a person decides about a held mail: release it, do not send it, handed over."""
    journey = found_or_404(journeys.load, request.company.id, document_id)
    if all(hop.delivery_id != delivery_id for hop in journey.hops):
        raise Http404
    at = outside.now()
    match request.POST.get("do"):
        case "release":
            release.release_by_hand(delivery_id, by=request.by, at=at)
        case "not_wanted":
            release.dismiss(delivery_id, reason=Reason.NOT_WANTED, how="", by=request.by, at=at)
        case "handed_over":
            handed = handover.read(request.POST.dict(), request.company, at)
            if isinstance(handed, str):
                messages.error(request, handed)
            elif release.hand_over(delivery_id, handed, by=request.by, at=at):
                messages.success(request, "Entrega anotada en Actividad. No se envía correo.")
    return redirect("document", request.company.id, document_id)


def _done(request: CompanyRequest, verb: Callable[..., None], document_id: int, *more: str) -> bool:
    """Whether the verb was allowed; why not is told."""
    try:
        verb(request.company.id, document_id, *more, by=request.by, at=outside.now())
    except REFUSALS as refusal:
        tell(request, refusal)
        return False
    return True
