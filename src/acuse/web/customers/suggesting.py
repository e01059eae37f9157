"""What the authority knows of a contact: asked for one at a time, by a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.question import ContactGiven
from acuse.domain.text import capitalised, clean
from acuse.domain.traits import Scope, Traits
from acuse.flow import inquire, outside
from acuse.web import mail_rows
from acuse.web.access import CompanyRequest, for_company
from acuse.web.customers.views import inputs
from acuse.web.refusals import REFUSALS, problems

NO_NUMBER = "Escribe primero la identificación: se busca por ella."


@for_company
@require_POST
def suggest(request: CompanyRequest) -> HttpResponse:
    """The form's fields, those that were empty filled with what was found, and what that was."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    rows = mail_rows.posted(request.POST)
    # For asking what was written, all the addresses are one field.
    written = request.POST.dict() | {"emails": "".join(row.written.strip() for row in rows)}
    found = _found(request)
    values = written
    words = found if isinstance(found, str) else _words(traits, found, written)
    if not isinstance(found, str):
        values = written | _given(traits, found, written)
        if values["emails"] != written["emails"]:
            rows = (mail_rows.Row(0, values["emails"]),)
    fields = inputs(values, {}, traits, confirmed=written.get("confirmed", ""))
    context = {
        "inputs": fields,
        "suggests": True,
        "found": words,
        "mail": mail_rows.shown(rows, {}),
        "roles": mail_rows.ROLES,
        "mail_kinds": mail_rows.kinds(traits),
    }
    return render(request, "customers/_fields.html", context)


def _found(request: CompanyRequest) -> ContactGiven | str:
    """What the authority knows, or why there is nothing."""
    number = clean(request.POST.get("number", ""), field="number", longest=32)
    if isinstance(number, Problem) or not number:
        return NO_NUMBER
    asked = TaxId(request.POST.get("type", "")[:24], number)
    try:
        told = inquire.suggest_contact(request.company.id, asked, at=outside.now())
    except REFUSALS as refusal:
        return " ".join(problem.text for problem in problems(refusal))
    traits = jurisdictions.find(request.company.jurisdiction).traits
    return told or f"{capitalised(traits.words.authority)} no tiene datos de {asked.number}."


def _given(traits: Traits, found: ContactGiven, written: dict[str, str]) -> dict[str, str]:
    """The fields that change: what a person wrote stays, but for the kind of the identity."""
    own = {spec.name for spec in traits.own(Scope.CUSTOMER)}
    extra = {f"extra-{name}": text for name, text in found.extra.items() if name in own}
    told = {"name": found.name, "emails": found.email} | extra
    given = {name: text for name, text in told.items() if text and not _kept(written, name)}
    return given | ({"type": found.kind} if found.kind else {})


def _kept(written: dict[str, str], name: str) -> bool:
    return bool(written.get(name, "").strip())


def _words(traits: Traits, found: ContactGiven, written: dict[str, str]) -> str:
    parts = (found.name, found.email, _other_kind(traits, found, written), found.words)
    told = " · ".join(part for part in parts if part)
    fields = {"name": found.name, "emails": found.email}
    kept = any(text and _kept(written, name) for name, text in fields.items())
    stays = " Dejamos lo que ya habías escrito." if kept else ""
    return f"{capitalised(traits.words.authority)} tiene: {told}.{stays}"


def _other_kind(traits: Traits, found: ContactGiven, written: dict[str, str]) -> str:
    """The label of the kind that the authority says the identity is of, where it is another."""
    if found.kind in ("", written.get("type")):
        return ""
    return next((kind.label for kind in traits.tax_ids if kind.key == found.kind), "")
