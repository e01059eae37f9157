"""/contacts: who is billed, and whether mail goes there by itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from acuse.api import answers, bodies, posted, queries, requests, shapes, shapes_contacts
from acuse.api.auth import ApiRequest
from acuse.domain import intake_contact
from acuse.domain.intake import write_client
from acuse.domain.party import Customer, Wish
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import customers

router = Router(tags=["Contactos"])


@router.get("", response=shapes.told(shapes_contacts.ContactList))
def index(request: ApiRequest, page: Query[queries.Page]) -> HttpResponse:
    """Los contactos, por nombre."""
    company_id, words = request.company.id, queries.words(page)
    found = customers.page(company_id, words, start=page.start, limit=page.limit)
    rows = [_written(*one) for one in found]
    return queries.listed(page, rows, partial(customers.count, company_id, words))


@router.post(
    "", response=shapes.told(shapes_contacts.Contact, 201), openapi_extra=requests.NEW_CONTACT
)
def create(request: ApiRequest) -> HttpResponse:
    """Crea un contacto."""
    made = posted.contact(bodies.mapping(request), request.company)
    return _saved(request, None, made, 201)


@router.get("/{int:contact_id}", response=shapes.told(shapes_contacts.Contact))
def detail(request: ApiRequest, contact_id: int) -> HttpResponse:
    """Un contacto."""
    return answers.value(_written(contact_id, customers.load(request.company.id, contact_id)))


@router.put(
    "/{int:contact_id}",
    response=shapes.told(shapes_contacts.Contact),
    openapi_extra=requests.CHANGED_CONTACT,
)
def change(request: ApiRequest, contact_id: int) -> HttpResponse:
    """Cambia un contacto: lo que no se envía queda como está."""
    known = customers.load(request.company.id, contact_id)
    made = posted.contact(bodies.mapping(request), request.company, known)
    return _saved(request, contact_id, made, 200)


def _saved(
    request: ApiRequest, contact_id: int | None, made: Customer, status: int
) -> HttpResponse:
    saved = company_flow.save_customer(
        request.company.id, contact_id, made, by=request.by, at=outside.now()
    )
    return answers.value(_written(saved, customers.load(request.company.id, saved)), status)


def _written(contact_id: int, customer: Customer) -> dict[str, Any]:
    told = write_client(customer)
    told.pop("emailConfirmed", None)
    sends = customer.wish is not Wish.NEVER
    told["emails"] = intake_contact.write(customer.addresses)
    return {"id": str(contact_id), **told, "settings": {"sendElectronicDocuments": sends}}
