"""Reenviar: what was sent, when, to whom, with what result; and whom it goes to now."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse import jurisdictions
from acuse.domain.contact import Addressees, addressees
from acuse.domain.delivery import Trigger
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import MAILABLE, DocumentState
from acuse.domain.party import Customer
from acuse.domain.problem import Blocked
from acuse.flow import outside, resend, wording
from acuse.mail import bounce_words
from acuse.mail.codes import explained
from acuse.store import customers, journeys, sent
from acuse.store.journeys import Journey
from acuse.store.sent import Mail, Sending
from acuse.web import addresses
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.paging import whole
from acuse.web.states import DELIVERY, Chip, delivery, fiscal


@dataclass(frozen=True, slots=True)
class Choice:
    """An address to tick: how its latest mail of this document ended, None before any.

    `hidden`: the others do not see it.
    """

    address: str
    ticked: bool
    chip: Chip | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One mail as it is drawn."""

    mail: Mail
    chip: Chip
    why: str  # what the server's refusal, or the report, means


@dataclass(frozen=True, slots=True)
class Past:
    """One delivery as it is drawn."""

    sending: Sending
    words: str
    chip: Chip
    reason: str
    mails: tuple[Told, ...]


@for_company
def resend_view(request: CompanyRequest, document_id: int) -> HttpResponse:
    """The screen; posted, a new delivery of its own, or why there is none."""
    company_id = request.company.id
    journey: Journey = found_or_404(journeys.load, company_id, document_id)
    if journey.state not in {state.value for state in MAILABLE}:
        messages.error(request, _not_accepted(DocumentState(journey.state)))
        return redirect("document", company_id, document_id)
    if request.method != "POST":
        return _screen(request, journey, "")
    emails, wrong = _read(request)
    if wrong:
        return _screen(request, journey, wrong)
    asked = resend.Asked(
        emails=emails,
        seen=whole(request.POST.get("seen", "")) or 0,
        anyway=request.POST.get("anyway") == "on",
        keep=request.POST.get("keep") == "on",
    )
    try:
        resend.resend(company_id, document_id, asked, by=request.by, at=outside.now())
    except Blocked as blocked:
        return _screen(request, journey, blocked.problems[0].text)
    messages.success(request, f"Se enviará a {', '.join(emails)}.")
    return redirect("document", company_id, document_id)


def _screen(request: CompanyRequest, journey: Journey, error: str) -> HttpResponse:
    found = sent.sendings(request.company.id, journey.id)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    contact = _contact(request.company.id, journey)
    today = contact.emails if contact else ()
    going = addressees(contact.addresses, DocumentKind(journey.kind)) if contact else Addressees()
    posted = request.POST.getlist("to") if request.method == "POST" else None
    context = {
        "section": "documents",
        "journey": journey,
        "fiscal": fiscal(journey, traits),
        "delivery": delivery(journey),
        "error": error,
        "today": _choices(today, found, posted, proposed=going),
        "earlier": _choices(_others(today, found), found, posted, proposed=Addressees()),
        "other": request.POST.get("other", ""),
        "keep": request.POST.get("keep") == "on",
        "contact": journey.customer_id is not None,
        "past": [_past(one) for one in found],
        "in_flight": next((_past(one) for one in found if one.in_flight), None),
        "seen": sent.newest(found),
    }
    return render(request, "documents/resend.html", context, status=422 if error else 200)


def _read(request: CompanyRequest) -> tuple[tuple[str, ...], str]:
    """The addresses ticked and written, each once, and what is wrong with them."""
    company, other = request.company, request.POST.get("other", "")
    ticked = addresses.read("; ".join(request.POST.getlist("to")), company, insisted=True)
    insisted = bool(other) and request.POST.get("insisted") == other
    written = addresses.read(other, company, insisted=insisted)
    wrong = [addresses.refusal(found, "No se envió") for found in (ticked, written)]
    both = {one.casefold(): one for one in (*ticked.accepted, *written.accepted)}
    return tuple(both.values()), " ".join(filter(None, wrong))


def _contact(company_id: int, journey: Journey) -> Customer | None:
    if journey.customer_id is None:
        return None
    return customers.load(company_id, journey.customer_id)


def _others(today: tuple[str, ...], found: tuple[Sending, ...]) -> tuple[str, ...]:
    """Addresses that were used and are not the contact's any more."""
    used = {mail.address.casefold(): mail.address for one in found for mail in one.mails}
    for address in today:
        used.pop(address.casefold(), None)
    return tuple(used.values())


def _choices(
    offered: tuple[str, ...],
    found: tuple[Sending, ...],
    posted: list[str] | None,
    *,
    proposed: Addressees,
) -> tuple[Choice, ...]:
    """To tick: those that get such a document, but one that failed; what was posted stays."""
    ends = sent.latest(found)
    choices = []
    for address in offered:
        end = ends.get(address.casefold())
        fresh = address in proposed.everyone and end not in sent.FAILED
        ticked = fresh if posted is None else address in posted
        hidden = address in proposed.blind
        choices.append(Choice(address, ticked, DELIVERY[end.value] if end else None, hidden))
    return tuple(choices)


def _past(one: Sending) -> Past:
    words = "Envío automático" if one.trigger is Trigger.AUTOMATIC else f"A mano, por {one.by}"
    reason = wording.reason(one.reason) if one.reason else ""
    told = tuple(Told(mail, DELIVERY[mail.state.value], _why(mail)) for mail in one.mails)
    return Past(one, words, DELIVERY[one.state.value], reason, told)


def _why(mail: Mail) -> str:
    if mail.reason:
        return bounce_words.explained(mail.reason)
    return explained(mail.code, mail.said) if mail.code >= 400 else ""


def _not_accepted(state: DocumentState) -> str:
    if state is DocumentState.VOIDED:
        return "Este documento está anulado: ya no se envía."
    return "Este documento no está aceptado: no se envía. Cuando lo acepten podrás enviarlo."
