"""Configuración > Empresa: the company's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse import jurisdictions
from acuse.domain.party import Address, Company
from acuse.domain.problem import Problem
from acuse.domain.text import clean
from acuse.domain.traits import Traits
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.web.access import CompanyRequest, for_company
from acuse.web.inputs import Filled, Input
from acuse.web.settings import own

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
        extra={**company.extra, **own.read(values, own.specs(traits), traits, errors)},
    )
    return errors or made


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
    return values | {f"extra-{name}": own.shown(value) for name, value in company.extra.items()}


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
        *form.own(own.specs(traits)),
    )
