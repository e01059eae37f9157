"""Configuración > Correo > Remitente > Avisos: where the provider tells what became of our mail."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from acuse.domain.problem import Blocked
from acuse.domain.route import PROVIDERS, RouteKind
from acuse.flow import hooks, outside
from acuse.flow.hooks import Place
from acuse.store import routes
from acuse.web.access import CompanyRequest, for_company
from acuse.web.inputs import Filled

SES = "El ARN del tema de SNS, como arn:aws:sns:us-east-1:123456789012:correo."
SIGNED = "La clave con la que firma sus avisos; está en su panel, junto a los webhooks."


@sensitive_post_parameters("secret")
@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """Whether the provider has an address of ours; posted, a new one, which this answer shows."""
    kept = routes.kept(request.company.id)
    if kept is None or kept.route.kind is not RouteKind.PROVIDER or kept.route.provider is None:
        raise Http404
    provider, errors = kept.route.provider, dict[str, str]()
    made: Place | None = None
    if request.method == "POST":
        try:
            made = hooks.renew(
                request.company.id,
                secret=request.POST.get("secret", "")[:1000],
                by=request.by,
                at=outside.now(),
            )
        except Blocked as blocked:
            errors = {"secret": blocked.problems[0].text}
    asked = hooks.asks_for_secret(request.company.id)
    help_ = SES if provider.value == "SES" else SIGNED
    secret = Filled({}, errors).input(
        "secret", "Con qué se comprueban", required=True, help=help_, type="password"
    )
    context = {
        "section": "settings",
        "provider": PROVIDERS[provider].name,
        "input": secret if asked else None,
        "errors": errors,
        "made": made,
        "hooked": kept.hooked or made is not None,
    }
    response = render(request, "settings/sender_hook.html", context, status=422 if errors else 200)
    response["Referrer-Policy"] = "no-referrer"
    return response
