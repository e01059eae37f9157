"""What the frame needs on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from acuse import jurisdictions
from acuse.domain.failure import Cause
from acuse.domain.party import Company, Environment
from acuse.domain.traits import Lines, Traits
from acuse.flow import causes, outside
from acuse.store import alarms, failing, models

RIBBONS = {
    Environment.SANDBOX: "PRUEBAS en este servidor: nada de esto tiene validez",
    Environment.TEST: "PRUEBAS de la autoridad: nada de esto tiene validez",
}


@dataclass(frozen=True, slots=True)
class Banner:
    """An alarm that stands."""

    cause: Cause
    title: str
    documents: int
    since: datetime


def troubles(company: Company, traits: Traits) -> dict[str, Any]:
    """How many failures wait, and which have spread: on every page, so that nobody misses them."""
    many = failing.total(company.id, at=outside.now())
    return {
        "failing": f"{failing.CAPPED - 1}+" if many >= failing.CAPPED else many,
        "alarms": [
            Banner(one.cause, causes.title(one.cause, traits), one.documents, one.began_at)
            for one in alarms.standing(company.id)
        ],
    }


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
