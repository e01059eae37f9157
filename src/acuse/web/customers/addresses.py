"""How a contact's addresses do, and the button that has one tried again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from acuse.domain.reach import Reach, Reached
from acuse.domain.traits import Traits
from acuse.flow import addresses, outside
from acuse.mail import bounce_words
from acuse.store import customers, news
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.mail_rows import State
from acuse.web.states import Chip

CHIPS = {
    Reach.UNVERIFIED: Chip("quiet", "help-circle", "Sin verificar"),
    Reach.DELIVERING: Chip("accepted", "mail-check", "Entregando"),
    Reach.BOUNCED: Chip("bad", "mail-x", "Rebotó"),
    Reach.SUPPRESSED: Chip("held", "mail-pause", "Suprimida"),
}


def states(company_id: int, known: Sequence[str], traits: Traits) -> dict[str, State]:
    """How these addresses do, by the address in small letters."""
    found = news.reached(company_id, known) if known else {}
    return {
        address: State(CHIPS[one.reach], _words(one, traits), one.reach is Reach.SUPPRESSED)
        for address, one in found.items()
    }


def _words(one: Reached, traits: Traits) -> str:
    if one.since is None:
        return "Todavía no hay noticias de esta dirección."
    day = f"{traits.day(one.since):%d/%m/%Y}"
    if one.reach is Reach.SUPPRESSED:
        return f"Desde el {day} no le enviamos: {bounce_words.held_for(one.reason)}."
    if one.reach is Reach.BOUNCED:
        return f"Desde el {day}: {bounce_words.explained(one.reason)}"
    if one.proven:
        return f"Le llegó el {day}."
    return f"Su servidor recibió el último el {day}."


@require_POST
@for_company
def try_again(request: CompanyRequest, customer_id: int) -> HttpResponse:
    """Have one of the contact's addresses tried again."""
    company_id = request.company.id
    customer = found_or_404(customers.load, company_id, customer_id)
    tried_again(request, (one.address for one in customer.addresses))
    return redirect("customer", company_id, customer_id)


def tried_again(request: CompanyRequest, own: Iterable[str]) -> None:
    """Have the posted address tried again, if it is one of these, and say so."""
    wanted = request.POST.get("address", "").casefold()
    its_own = any(one.casefold() == wanted for one in own)
    company_id, at = request.company.id, outside.now()
    if its_own and addresses.try_again(company_id, wanted, by=request.by, at=at):
        messages.success(request, "Se vuelve a intentar con esa dirección.")
    else:
        messages.error(request, "Esa dirección no está retenida.")
