"""What the frame needs on every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from acuse import jurisdictions
from acuse.domain.party import Environment
from acuse.domain.traits import Lines
from acuse.store import models

RIBBONS = {
    Environment.SANDBOX: "PRUEBAS en este servidor: nada de esto tiene validez",
    Environment.TEST: "PRUEBAS de la autoridad: nada de esto tiene validez",
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
        found["ribbon"] = RIBBONS.get(company.environment, "")
    return found
