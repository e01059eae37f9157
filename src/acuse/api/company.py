"""/company: who the token works for, what it lacks, and its switch."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router

from acuse import jurisdictions
from acuse.api import answers, bodies, requests, shapes
from acuse.api.answers import Refused
from acuse.api.auth import ApiRequest
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.jurisdiction import Purpose
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import companies

router = Router(tags=["Empresa"])
SWITCHES = ("automaticDelivery", "countsOpens")


@router.get("", response=shapes.told(shapes.Company))
def detail(request: ApiRequest) -> HttpResponse:
    """La empresa del token, con lo que le falta para emitir y para enviar."""
    return answers.value(_written(request.company))


@router.put("/settings", response=shapes.told(shapes.Company), openapi_extra=requests.SETTINGS)
def settings(request: ApiRequest) -> HttpResponse:
    """Enciende o apaga el envío automático, que la ley puede mandar, y el aviso de aperturas."""
    company_id = request.company.id
    automatic, opens = _wanted(request)
    company_flow.set_switches(
        company_id,
        automatic_delivery=automatic,
        counts_opens=opens,
        by=request.by,
        at=outside.now(),
    )
    return answers.value(_written(companies.load(company_id)))


def _wanted(request: ApiRequest) -> tuple[bool | None, ...]:
    """What each switch is to be, None where the body leaves it."""
    problems = Problems()
    fields = Fields(bodies.mapping(request), "", problems)
    told = [fields.flag(one, False) if fields.given(one) else None for one in SWITCHES]
    if not any(map(fields.given, SWITCHES)):
        fields.wrong(SWITCHES[0], "1", f"Falta «{SWITCHES[0]}»: true o false.")
    fields.finish()
    if problems.found():
        raise Refused(422, *problems.found())
    return tuple(told)


def _written(company: Company) -> dict[str, Any]:
    jurisdiction, at = jurisdictions.find(company.jurisdiction), outside.now()
    law = jurisdiction.traits.automatic_delivery_by_law

    def lacking(purpose: Purpose) -> list[dict[str, str]]:
        found = jurisdiction.company_problems(company, at, purpose)
        return [answers.problem(one) for one in found]

    return {
        "id": str(company.id),
        "name": company.legal_name,
        "tradeName": company.trade_name or None,
        "identificationObject": {"type": company.tax_id.kind, "number": company.tax_id.number},
        "email": company.email or None,
        "phone": company.phone or None,
        "jurisdiction": company.jurisdiction,
        "environment": company.environment.value,
        "currency": {"code": jurisdiction.traits.currency},
        "electronicInvoicing": company.electronic_invoicing,
        "settings": {
            "automaticDelivery": company.automatic_delivery,
            "automaticDeliveryByLaw": law if law and company.electronic_invoicing else None,
            "countsOpens": company.counts_opens,
        },
        "numberTemplates": [
            {
                "id": str(one.id),
                "documentType": one.kind.value,
                "prefix": one.series,
                "nextInvoiceNumber": str(one.next),
                "maxInvoiceNumber": str(one.last),
                "startDate": one.valid_from.isoformat() if one.valid_from else None,
                "endDate": one.valid_until.isoformat() if one.valid_until else None,
                "status": "active" if one.active else "inactive",
            }
            for one in company.ranges
        ],
        "lacking": {"issue": lacking(Purpose.ISSUE), "mail": lacking(Purpose.MAIL)},
    }
