"""A contact's addresses to which mail is held, and the button that has one tried again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from acuse.domain.party import Customer
from acuse.domain.suppression import Standing
from acuse.flow import addresses, outside
from acuse.mail import bounce_words
from acuse.store import customers, news
from acuse.web.access import CompanyRequest, for_company, found_or_404


@dataclass(frozen=True, slots=True)
class HeldAddress:
    """An address and why nothing is sent to it, without capital and full stop."""

    address: str
    why: str
    since: object


def held(company_id: int, customer: Customer | None) -> tuple[HeldAddress, ...]:
    """The contact's addresses to which mail is held."""
    if customer is None:
        return ()
    return tuple(
        HeldAddress(one.address, bounce_words.held_for(one.known.reason), one.known.since)
        for one in news.addresses(company_id, customer.emails)
        if one.known.standing is Standing.SUPPRESSED
    )


@require_POST
@for_company
def try_again(request: CompanyRequest, customer_id: int) -> HttpResponse:
    """Have one of the contact's addresses tried again."""
    company_id = request.company.id
    customer = found_or_404(customers.load, company_id, customer_id)
    wanted = request.POST.get("address", "").casefold()
    its_own = any(one.casefold() == wanted for one in customer.emails)
    if its_own and addresses.try_again(company_id, wanted, by=request.by, at=outside.now()):
        messages.success(request, "Se vuelve a intentar con esa dirección.")
    else:
        messages.error(request, "Esa dirección no está retenida.")
    return redirect("customer", company_id, customer_id)
