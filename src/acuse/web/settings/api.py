"""Configuración > Integraciones > API: tokens, made, shown once, revoked."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse.domain.problem import Blocked
from acuse.flow import outside, tokens
from acuse.flow.tokens import CALLS, Made
from acuse.store import tokens as kept
from acuse.web.access import CompanyRequest, for_company
from acuse.web.inputs import Filled


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The company's tokens; a posted name makes one, which this answer alone shows whole."""
    company_id, made, errors = request.company.id, None, {}
    if request.method == "POST":
        try:
            made = _made(request)
        except Blocked as blocked:
            errors = {"name": blocked.problems[0].text}
    values = request.POST.dict() if errors else {}
    name = Filled(values, errors).input(
        "name", "Nombre", required=True, help="Para qué programa es: «Tienda en línea»."
    )
    context = {
        "section": "settings",
        "input": name,
        "made": made,
        "rows": kept.of_company(company_id),
        "base": f"{settings.BASE_URL.rstrip('/')}/api/v1",
        "calls": CALLS,
    }
    return render(request, "settings/api.html", context, status=422 if errors else 200)


@for_company
@require_POST
def revoke(request: CompanyRequest, token_id: int) -> HttpResponse:
    """A person's "Revocar"."""
    if tokens.revoke(request.company.id, token_id, by=request.by, at=outside.now()):
        messages.success(request, "Revocado: desde ahora ese token no abre nada.")
    return redirect("api_tokens", request.company.id)


def _made(request: CompanyRequest) -> Made:
    return tokens.make(
        request.company.id,
        int(request.user.pk or 0),
        request.POST.get("name", ""),
        by=request.by,
        at=outside.now(),
    )
