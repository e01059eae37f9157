"""Certificado y credenciales: the .p12 goes to the signer, the rest is wrapped for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import channels
from acuse.web.access import CompanyRequest, for_company
from acuse.web.refusals import REFUSALS, problems

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
            except Blocked as blocked:
                errors = {"secrets": blocked.problems[0].text}
        if not errors:
            messages.success(request, "Guardado.")
            return redirect("keys", request.company.id)
    context = {
        "section": "settings",
        "errors": errors,
        "secrets": [(one, one.name in request.company.secrets) for one in traits.secrets],
        "stopped": channels.stopped(request.company.id),
    }
    return render(request, "settings/keys.html", context, status=422 if errors else 200)


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
