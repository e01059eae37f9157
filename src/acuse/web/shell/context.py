"""What the frame needs on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from acuse import jurisdictions
from acuse.domain.alarm import Trouble
from acuse.domain.party import Company, Environment
from acuse.domain.traits import Lines, Traits
from acuse.flow import causes, outside
from acuse.store import alarms, failing, models
from acuse.store.alarms import Standing

RIBBONS = {
    Environment.SANDBOX: "PRUEBAS en este servidor: nada de esto tiene validez",
    Environment.TEST: "PRUEBAS de la autoridad: nada de esto tiene validez",
}
PLACES = {Trouble.SENDER_LOST: "sender_dns", Trouble.KEY_LOST: "sender_dns"}


@dataclass(frozen=True, slots=True)
class Banner:
    """An alarm that stands, with the page that says what to do."""

    title: str
    told: str
    since: datetime
    url: str


def troubles(company: Company, traits: Traits) -> dict[str, Any]:
    """How many failures wait, and which have spread: on every page, so that nobody misses them."""
    many = failing.total(company.id, at=outside.now())
    return {
        "failing": f"{failing.CAPPED - 1}+" if many >= failing.CAPPED else many,
        "alarms": [_banner(company, one, traits) for one in alarms.standing(company.id)],
    }


def _banner(company: Company, one: Standing, traits: Traits) -> Banner:
    if isinstance(one.cause, Trouble):
        title, told = causes.TROUBLES[one.cause]
        return Banner(title, told, one.began_at, reverse(PLACES[one.cause], args=[company.id]))
    told = f"{one.documents} documento{'' if one.documents == 1 else 's'} en una hora"
    place = reverse("failures_of", args=[company.id, one.cause.value])
    return Banner(causes.title(one.cause, traits), told, one.began_at, place)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The switcher's companies, and the current company's words; nothing before log-in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    companies = models.Company.objects.filter(membership__user_id=user.pk).order_by("legal_name")
    found: dict[str, Any] = {"my_companies": list(companies)}
    company = getattr(request, "company", None)
    if company is not None:
        found["company"] = company
        jurisdiction = jurisdictions.find(company.jurisdiction)
        found["traits"] = jurisdiction.traits
        found["unpriced"] = {
            one.kind.value for one in jurisdiction.traits.kinds if one.lines is Lines.GOODS
        }
        found["receives"] = jurisdiction.counter is not None
        found["batches"] = jurisdiction.clerk is not None
        found |= troubles(company, jurisdiction.traits)
        found["ribbon"] = RIBBONS.get(company.environment, "")
    return found
