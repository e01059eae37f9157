"""Certificado y credenciales: the .p12 goes to the signer, the rest is wrapped for good."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.domain.traits import Traits
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import channels
from acuse.web.access import CompanyRequest, for_company
from acuse.web.inputs import Filled, Input
from acuse.web.refusals import REFUSALS, problems
from acuse.web.settings import own

LARGEST = 200 * 1024


@sensitive_post_parameters()
@for_company
def keys(request: CompanyRequest) -> HttpResponse:
    """What is stored, in names only; a new certificate or credential replaces the old one."""
    errors: dict[str, str] = {}
    traits = jurisdictions.find(request.company.jurisdiction).traits
    if request.method == "POST":
        if "certificate" in request.FILES:
            errors = _certificate(request)
        else:
            given = {one.name: request.POST.get(one.name, "") for one in traits.secrets}
            try:
                for name, value in given.items():
                    if value:
                        company_flow.set_secret(
                            request.company.id, name, value, by=request.by, at=outside.now()
                        )
                errors = _consents(request, traits)
            except Blocked as blocked:
                errors = {"secrets": blocked.problems[0].text}
        if not errors:
            messages.success(request, "Guardado.")
            return redirect("keys", request.company.id)
    context = {
        "section": "settings",
        "errors": errors,
        "consents": _drawn(request.company, traits),
        "secrets": [(one, one.name in request.company.secrets) for one in traits.secrets],
        "stopped": channels.stopped(request.company.id),
    }
    return render(request, "settings/keys.html", context, status=422 if errors else 200)


def _consents(request: CompanyRequest, traits: Traits) -> dict[str, str]:
    """Keep what the company allows that hangs from its credentials; what is wrong is returned."""
    errors: dict[str, str] = {}
    specs = own.specs(traits, beside_secrets=True)
    told = own.read(request.POST.dict(), specs, traits, errors)
    changed = replace(request.company, extra={**request.company.extra, **told})
    if not errors and changed.extra != request.company.extra:
        company_flow.save(changed, by=request.by, at=outside.now())
    return errors


def _drawn(company: Company, traits: Traits) -> tuple[Input, ...]:
    values = {f"extra-{name}": own.shown(value) for name, value in company.extra.items()}
    return Filled(values, {}).own(own.specs(traits, beside_secrets=True))


@for_company
@require_POST
def resume(request: CompanyRequest) -> HttpResponse:
    """Open the stopped channel again."""
    if company_flow.resume(request.company.id, by=request.by, at=outside.now()):
        messages.success(request, "Envíos reanudados.")
    return redirect("keys", request.company.id)


def _certificate(request: CompanyRequest) -> dict[str, str]:
    upload = request.FILES["certificate"]
    if isinstance(upload, list) or upload.size is None or upload.size > LARGEST:
        return {"certificate": "El archivo pesa más de 200 KB: no parece un certificado."}
    password = request.POST.get("password", "")
    try:
        company_flow.store_certificate(
            request.company.id, upload.read(), password, by=request.by, at=outside.now()
        )
    except REFUSALS as refusal:
        return {"certificate": " ".join(problem.text for problem in problems(refusal))}
    return {}
