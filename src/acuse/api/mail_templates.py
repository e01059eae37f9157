"""/company/mail-templates: the company's own words for its mail."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router

from acuse.api import answers, bodies, requests, shapes
from acuse.api.answers import Refused
from acuse.api.auth import ApiRequest
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Blocked
from acuse.domain.traits import KindTraits
from acuse.flow import mail_templates as flow
from acuse.flow import outside
from acuse.flow.mail_templates import Template
from acuse.mail.placeholders import LONGEST_BODY, LONGEST_SUBJECT

router = Router(tags=["Plantillas de correo"])


@router.get("", response=shapes.told(list[shapes.MailTemplate]))
def index(request: ApiRequest) -> HttpResponse:
    """El asunto y el mensaje de cada tipo de documento."""
    return answers.value([_written(*one) for one in flow.all_in_force(request.company)])


@router.put(
    "/{kind}", response=shapes.told(shapes.MailTemplate), openapi_extra=requests.MAIL_TEMPLATE
)
def save(request: ApiRequest, kind: str) -> HttpResponse:
    """Guarda una versión; `version` es la que cambiaste. Sin `body`, vuelve el texto de la casa."""
    company, served = request.company, _served(request, kind)
    problems = Problems()
    fields = Fields(bodies.mapping(request), "", problems)
    subject = fields.text("subject", LONGEST_SUBJECT)
    body = fields.text("body", LONGEST_BODY, lines=True)
    seen = fields.figure("version", required=True)
    fields.finish()
    if problems.found() or seen is None:
        raise Refused(422, *problems.found())
    house = flow.default(company, served.kind)
    flow.save(
        company.id,
        served.kind,
        subject or house.subject,
        body or house.body,
        seen=int(seen) if seen == seen.to_integral_value() and 0 <= seen < 10**8 else -1,
        by=request.by,
        at=outside.now(),
    )
    return answers.value(_written(served, flow.in_force(company, served.kind)))


def _served(request: ApiRequest, kind: str) -> KindTraits:
    try:
        return flow.served(request.company, DocumentKind(kind))
    except (ValueError, Blocked) as error:
        raise Http404 from error


def _written(kind: KindTraits, template: Template) -> dict[str, Any]:
    return {
        "kind": kind.kind.value,
        "name": kind.name,
        "version": template.version,
        "subject": template.subject or None,
        "body": template.body,
        "own": template.own,
    }
