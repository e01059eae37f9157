"""Contacts: the list, and the form whose saving lets held mail leave."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse import jurisdictions
from acuse.domain.jurisdiction import desk_for
from acuse.domain.party import Address, Customer, Environment, TaxId, Wish
from acuse.domain.problem import Blocked, Problem
from acuse.domain.question import Topic
from acuse.domain.text import clean
from acuse.domain.traits import Scope, Traits
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import customers, journeys
from acuse.web import mail_rows
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.addresses import shared_by_many
from acuse.web.customers.addresses import states
from acuse.web.inputs import Filled, Input
from acuse.web.states import delivery, fiscal

WISHES = ((Wish.AS_COMPANY.value, "Como la empresa"), (Wish.NEVER.value, "Nunca"))


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The company's contacts by name."""
    words = request.GET.get("buscar", "").strip()[:60]
    found = customers.page(request.company.id, words)
    context = {"section": "customers", "rows": found, "words": words}
    return render(request, "customers/list.html", context)


@for_company
def edit(request: CompanyRequest, customer_id: int | None = None) -> HttpResponse:
    """A contact's form; saved, mail that waited for its address leaves."""
    jurisdiction = jurisdictions.find(request.company.jurisdiction)
    traits, company_id = jurisdiction.traits, request.company.id
    known = found_or_404(customers.load, company_id, customer_id) if customer_id else None
    posts = request.method == "POST"
    values = request.POST.dict() if posts else _values(known)
    addresses = known.addresses if known else ()
    rows = mail_rows.posted(request.POST) if posts else mail_rows.of(addresses)
    rehearsal = request.company.environment is Environment.SANDBOX
    changed = mail_rows.changed(rows, values.get("do", ""), rehearsal=rehearsal)
    errors: dict[str, str] = {}
    mail = mail_rows.Read(rows if changed is None else changed)
    if posts and changed is None:
        insisted = values.get("confirmed") == mail_rows.seen(rows)
        kept = {one.address for one in known.addresses} if known else set()
        mail = mail_rows.read(
            rows,
            traits,
            rehearsal=rehearsal,
            insisted=insisted,
            own=request.company.own_emails,
            shared=shared_by_many(
                company_id,
                mail_rows.named(rows, rehearsal=rehearsal) - kept,
                key=known.tax_id.key if known else "",
            ),
            kept=kept,
        )
        made = read(values, traits, known, mail)
        if isinstance(made, Customer):
            at = outside.now()
            try:
                company_flow.save_customer(company_id, customer_id, made, by=request.by, at=at)
            except Blocked as blocked:
                errors = {one.field.rpartition(".")[2]: one.text for one in blocked.problems}
            else:
                messages.success(request, "Contacto guardado.")
                return redirect("customers", company_id)
        else:
            errors = made
    context = {
        "section": "customers",
        "known": known,
        "customer_id": customer_id,
        "suggests": desk_for(jurisdiction, Topic.CONTACT) is not None,
        "mail": mail_rows.shown(
            mail.rows, states(company_id, [one.address for one in addresses], traits)
        ),
        "mail_error": mail.error,
        "inputs": inputs(values, errors, traits, confirmed=mail_rows.seen(mail.rows)),
        "roles": mail_rows.ROLES,
        "mail_kinds": mail_rows.kinds(traits),
        "documents": [
            (one, fiscal(one, traits), delivery(one))
            for one in (journeys.of_customer(company_id, customer_id) if customer_id else ())
        ],
    }
    wrong = errors or (posts and changed is None)
    return render(request, "customers/edit.html", context, status=422 if wrong else 200)


def read(
    values: Mapping[str, str], traits: Traits, known: Customer | None, mail: mail_rows.Read
) -> Customer | dict[str, str]:
    """The contact that the form describes, or what is wrong, by field."""
    errors: dict[str, str] = {}

    def text(name: str, longest: int, *, required: bool = False) -> str:
        cleaned = clean(values.get(name, ""), field=name, longest=longest)
        if isinstance(cleaned, Problem):
            errors[name] = cleaned.text
            return ""
        if required and not cleaned:
            errors[name] = "Falta este dato. Complétalo."
        return cleaned

    customer = Customer(
        tax_id=TaxId(text("type", 24), text("number", 32, required=True)),
        name=text("name", 1500, required=True),
        address=_address(text("address", 300), text("place", 12), known),
        phone=text("phone", 32),
        wish=Wish(values.get("wish") or Wish.AS_COMPANY.value),
        extra={
            spec.name: extra
            for spec in traits.own(Scope.CUSTOMER)
            if (extra := text(f"extra-{spec.name}", 60))
        },
    ).reached_at(mail.addresses)
    return customer if mail.fine and not errors else errors


def _address(line: str, place: str, known: Customer | None) -> Address | None:
    if not line and not place:
        return None
    before = known.address if known and known.address else Address("")
    return Address(line, place, before.district, before.city, before.region, before.country)


def _values(known: Customer | None) -> dict[str, str]:
    if known is None:
        return {}
    address = known.address or Address("")
    values = {
        "type": known.tax_id.kind,
        "number": known.tax_id.number,
        "name": known.name,
        "phone": known.phone,
        "address": address.line,
        "place": address.place,
        "wish": known.wish.value,
    }
    return values | {f"extra-{name}": str(value) for name, value in known.extra.items()}


def inputs(
    values: Mapping[str, str],
    errors: Mapping[str, str],
    traits: Traits,
    *,
    confirmed: str,
) -> tuple[Input, ...]:
    """The form's fields but its addresses; `confirmed` are those that a person may insist on."""
    kinds = tuple((kind.key, kind.label) for kind in traits.tax_ids)
    form = Filled(values, errors)
    return (
        form.input("type", "Identificación", choices=kinds),
        form.input("number", "Número", required=True),
        form.input("name", "Nombre o razón social", required=True),
        form.input("wish", "Envío automático", choices=WISHES),
        form.input("phone", "Teléfono"),
        form.input("address", "Dirección"),
        form.input("place", traits.words.place),
        *form.own(traits.own(Scope.CUSTOMER)),
        Input("confirmed", "", confirmed, type="hidden"),
    )
