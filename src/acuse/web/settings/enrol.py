"""Configuración > Facturación > Habilitación: five steps on one page.

How many documents the set has is written on the authority's portal alone: the numbers travel in the
page's address, so that a reload or a link keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.jurisdiction import Purpose, desk_for
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.question import Topic
from acuse.domain.traits import Enrolment, Traits
from acuse.flow import enrol, outside
from acuse.flow.enrol_reasons import MOST
from acuse.gateways.signer import SignerUnavailable
from acuse.web.access import CompanyRequest, for_company
from acuse.web.inputs import Filled, Input
from acuse.web.refusals import tell
from acuse.web.settings import enrol_steps as steps
from acuse.web.settings import ranges

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the portal says of the set: how many of each kind, how many invoices accepted."""

    plan: dict[DocumentKind, int]
    accepted: int

    @property
    def query(self) -> str:
        """The numbers as the page's address keeps them."""
        return urlencode(
            {kind.value: count for kind, count in self.plan.items()} | {ACCEPTED: self.accepted}
        )


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The five steps with their states."""
    wish, errors = _wish(request.GET, _enrolment(request.company))
    return _page(request, wish, request.GET.dict(), errors)


@for_company
def progress(request: CompanyRequest) -> HttpResponse:
    """How far the set is, and the steps: asked again while something waits for the authority."""
    company = request.company
    wish, _ = _wish(request.GET, _enrolment(company))
    kinds = enrol.progress(company.id, wish.plan)
    context = _progress(company, wish, kinds) | {"oob": True}
    return render(request, "settings/_enrol_progress.html", context)


@for_company
@require_POST
def run(request: CompanyRequest) -> HttpResponse:
    """Issue what of the set is missing and may be issued now."""
    wish, errors = _wish(request.POST, _enrolment(request.company))
    if errors:
        return _page(request, wish, request.POST.dict(), errors)
    try:
        issued = enrol.run_test_set(request.company.id, wish.plan, by=request.by, at=outside.now())
    except Blocked as blocked:
        return _page(request, wish, request.POST.dict(), problems=blocked.problems)
    except SignerUnavailable as away:
        tell(request, away)
    else:
        told = (
            f"Emitimos {issued} documentos del set." if issued else "No había nada más que emitir."
        )
        messages.success(request, told)
    return redirect(_address(request.company, wish, "#set"))


@for_company
@require_POST
def finish(request: CompanyRequest) -> HttpResponse:
    """Start: from now on the company's documents count, and the law's switch is on."""
    wish, errors = _wish(request.POST, _enrolment(request.company))
    if errors:
        return _page(request, wish, request.POST.dict(), errors)
    try:
        enrol.finish(request.company.id, wish.plan, wish.accepted, by=request.by, at=outside.now())
    except Blocked as blocked:
        return _page(request, wish, request.POST.dict(), problems=blocked.problems)
    messages.success(request, "Facturación electrónica habilitada.")
    return redirect(_address(request.company, wish, "#start"))


@for_company
@require_POST
def promote(request: CompanyRequest) -> HttpResponse:
    """The same company in production, where its certificate is uploaded again."""
    _enrolment(request.company)
    try:
        made = enrol.promote(request.company.id, by=request.by, at=outside.now())
    except Blocked as blocked:
        tell(request, blocked)
        return redirect("enrol", request.company.id)
    messages.success(request, "La empresa está en producción. Sube aquí su certificado.")
    return redirect("keys", made)


def _enrolment(company: Company) -> Enrolment:
    enrolment = jurisdictions.find(company.jurisdiction).traits.enrolment
    if enrolment is None:
        raise Http404
    return enrolment


def _wish(told: Mapping[str, str], enrolment: Enrolment) -> tuple[Wish, dict[str, str]]:
    """The numbers that were told, the usual ones where none were, and what is wrong by field."""
    errors: dict[str, str] = {}

    def count(name: str, usual: int) -> int:
        written = str(told.get(name, usual)).strip()
        if written.isascii() and written.isdigit() and int(written[:9]) <= MOST:
            return int(written)
        errors[name] = f"Escribe un número entero, de 0 a {MOST}."
        return usual

    plan = {kind: count(kind.value, usual) for kind, usual in enrolment.plan}
    accepted = count(ACCEPTED, enrolment.accepted)
    asked = plan.get(DocumentKind.INVOICE, 0)
    if accepted > asked and ACCEPTED not in errors:
        errors[ACCEPTED] = f"El set tiene {asked} facturas: no se pueden aceptar {accepted}."
    return Wish(plan, accepted), errors


def _address(company: Company, wish: Wish, part: str) -> str:
    return f"{reverse('enrol', args=[company.id])}?{wish.query}{part}"


def _page(
    request: CompanyRequest,
    wish: Wish,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    company = request.company
    jurisdiction = jurisdictions.find(company.jurisdiction)
    traits = jurisdiction.traits
    kinds = enrol.progress(company.id, wish.plan)
    lacking = jurisdiction.company_problems(company, outside.now(), Purpose.ISSUE)
    refused = [steps.placed(problem, company, traits) for problem in problems]
    context = _progress(company, wish, kinds) | {
        "section": "settings",
        "numbers": _inputs(wish, values, errors or {}, traits),
        "accepted_needed": wish.accepted,
        "hidden": (*((k.value, n) for k, n in wish.plan.items()), (ACCEPTED, wish.accepted)),
        "problems": refused,
        "data_problems": steps.data_problems(lacking, company, traits),
        "software": steps.software(company, traits),
        "rows": ranges.rows(request),
        "reads": desk_for(jurisdiction, Topic.RANGES) is not None,
        "law": traits.automatic_delivery_by_law,
        "rehearses": company.environment is not Environment.PRODUCTION,
        "promotes": company.environment is Environment.TEST and company.electronic_invoicing,
    }
    bad = bool(errors or refused)
    return render(request, "settings/enrol.html", context, status=422 if bad else 200)


def _progress(
    company: Company, wish: Wish, kinds: tuple[enrol.KindProgress, ...]
) -> dict[str, object]:
    jurisdiction, at = jurisdictions.find(company.jurisdiction), outside.now()
    lacking = jurisdiction.company_problems(company, at, Purpose.ISSUE)
    return {
        "company": company,
        "steps": steps.states(company, lacking, kinds, wish.accepted, jurisdiction.traits, at),
        "kinds": kinds,
        "waiting": any(one.waiting for one in kinds),
        "started": any(one.issued for one in kinds),
        "to_issue": sum(one.to_issue for one in kinds),
        "query": wish.query,
    }


def _inputs(
    wish: Wish, values: Mapping[str, str], errors: Mapping[str, str], traits: Traits
) -> tuple[Input, ...]:
    form = Filled(values, errors)
    fields = []
    for kind, count in wish.plan.items():
        told = traits.kind(kind)
        name = told.plural if told else kind.value
        fields.append(form.input(kind.value, name, str(count)))
    label = "Facturas aceptadas que hacen falta"
    return (*fields, form.input(ACCEPTED, label, str(wish.accepted)))
