"""/company/copies: where the company's own copies of what it mails go."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from acuse.api import answers, bodies, requests, shapes, shapes_contacts
from acuse.api.auth import ApiRequest
from acuse.domain import intake_copies
from acuse.flow import copies as flow
from acuse.flow import outside
from acuse.store import copies

router = Router(tags=["Empresa"])


@router.get("", response=shapes.told(shapes_contacts.Copies))
def index(request: ApiRequest) -> HttpResponse:
    """Las copias propias de la empresa: su archivo y su contador."""
    return _written(request)


@router.put("", response=shapes.told(shapes_contacts.Copies), openapi_extra=requests.COPIES)
def change(request: ApiRequest) -> HttpResponse:
    """Cambia la lista completa; vale para lo que se acepte desde ahora."""
    flow.replace(request.company, bodies.mapping(request), by=request.by, at=outside.now())
    return _written(request)


def _written(request: ApiRequest) -> HttpResponse:
    return answers.value({"copies": intake_copies.write(copies.of_company(request.company.id))})
