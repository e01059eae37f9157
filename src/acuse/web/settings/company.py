"""Configuración > Empresa: the company's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse import jurisdictions
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_own import own_fields
from acuse.domain.party import Address, Company
from acuse.domain.problem import Problem
from acuse.domain.text import clean
from acuse.domain.traits import Scope, Traits
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.web import typed
from acuse.web.access import CompanyRequest, for_company
from acuse.web.inputs import Filled, Input

MISSING = "XX-DOC-1"
LONGEST = {"legal_name": 300, "trade_name": 300, "email": 160, "phone": 32, "line": 250}


@for_company
def data(request: CompanyRequest) -> HttpResponse:
    """The company's data; saved, mail that waited for them leaves."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    errors: dict[str, str] = {}
    values = _values(request.company)
    if request.method == "POST":
        values |= request.POST.dict()
        made = _read(values, request.company, traits)
        if isinstance(made, Company):
            company_flow.save(made, by=request.by, at=outside.now())
            messages.success(request, "Datos guardados.")
            return redirect("general", request.company.id)
        errors = made
    context = {"section": "settings", "inputs": _inputs(values, errors, traits)}
    return render(request, "settings/company.html", context, status=422 if errors else 200)


def _read(values: Mapping[str, str], company: Company, traits: Traits) -> Company | dict[str, str]:
    errors: dict[str, str] = {}

    def text(name: str) -> str:
        cleaned = clean(values.get(name, ""), field=name, longest=LONGEST.get(name, 80))
        if isinstance(cleaned, Problem):
            errors[name] = cleaned.text
            return ""
        return cleaned

    before = company.address or Address("")
    address = replace(
        before,
        line=text("line"),
        place=text("place"),
        district=text("district"),
        city=text("city"),
        region=text("region"),
        country=before.country or company.jurisdiction,
    )
    made = replace(
        company,
        legal_name=text("legal_name"),
        trade_name=text("trade_name"),
        email=text("email"),
        phone=text("phone"),
        address=address,
        extra={**company.extra, **_own(values, traits, errors)},
    )
    return errors or made


def _own(values: Mapping[str, str], traits: Traits, errors: dict[str, str]) -> dict[str, Any]:
    """What only this country knows of the company, by its declared type; "" for what is empty.

    What is missing is no error here: it stands in the list of what the company lacks.
    """
    specs, problems = traits.own(Scope.COMPANY), Problems()
    fields = Fields({"extra": typed.own(values, specs, "extra-")}, "", problems)
    told = own_fields(fields, Scope.COMPANY, traits)
    for problem in problems.found():
        if problem.code != MISSING:
            errors[problem.field.replace("extra.", "extra-", 1)] = problem.text
    return {spec.name: "" for spec in specs} | dict(told)


def _shown(value: object) -> str:
    """A stored value as its field shows it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _values(company: Company) -> dict[str, str]:
    address = company.address or Address("")
    values = {
        "legal_name": company.legal_name,
        "trade_name": company.trade_name,
        "email": company.email,
        "phone": company.phone,
        "line": address.line,
        "place": address.place,
        "district": address.district,
        "city": address.city,
        "region": address.region,
    }
    return values | {f"extra-{name}": _shown(value) for name, value in company.extra.items()}


def _inputs(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits
) -> tuple[Input, ...]:
    labels = (
        ("legal_name", "Razón social", ""),
        ("trade_name", "Nombre comercial", ""),
        ("email", "Correo", "Ahí llegan las respuestas de tus clientes."),
        ("phone", "Teléfono", "Con el código del país."),
        ("line", "Dirección", ""),
        ("place", traits.words.place, ""),
        ("district", "Distrito", ""),
        ("city", "Provincia o cantón", ""),
        ("region", "Departamento o provincia", ""),
    )
    form = Filled(values, errors)
    return (
        *(form.input(name, label, help=help_) for name, label, help_ in labels),
        *form.own(traits.own(Scope.COMPANY)),
    )
