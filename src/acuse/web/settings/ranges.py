"""Configuración > Facturación > Numeraciones: the counters, by hand or from the authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.jurisdiction import desk_for
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange, unusable, used_percent, warnings
from acuse.domain.problem import Blocked, Problem
from acuse.domain.question import Topic
from acuse.domain.traits import FieldType, Scope, Traits
from acuse.flow import numberings, outside
from acuse.web.access import CompanyRequest, for_company
from acuse.web.refusals import REFUSALS, tell
from acuse.web.settings import range_form
from acuse.web.states import Chip

ACTIVE = Chip("accepted", "circle-check", "Activa")
SOON = Chip("held", "clock", "Por terminar")
STATES = {  # by the reason that it cannot number
    "XX-NUM-1": Chip("quiet", "player-pause", "Inactiva"),
    "XX-NUM-2": Chip("quiet", "clock", "Aún no rige"),
    "XX-NUM-3": Chip("bad", "circle-x", "Vencida"),
    "XX-NUM-4": Chip("bad", "circle-x", "Agotada"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A range as it is shown."""

    range: NumberingRange
    kind: str
    own: tuple[tuple[str, str], ...]  # label and value
    used: int
    state: Chip
    warnings: tuple[Problem, ...]
    other_kinds: tuple[tuple[str, str], ...]  # what an unused one may become: value and words


@sensitive_post_parameters("secret")
@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The counters, and the form that adds one."""
    jurisdiction = jurisdictions.find(request.company.jurisdiction)
    errors: dict[str, str] = {}
    values = request.POST.dict() if request.method == "POST" else {}
    if request.method == "POST":
        made = range_form.read(values, jurisdiction.traits)
        if isinstance(made, NumberingRange):
            secret = range_form.secret(values, made, jurisdiction.traits)
            try:
                numberings.add(request.company.id, made, secret=secret, at=outside.now())
            except Blocked as blocked:
                errors = range_form.errors(blocked.problems)
            else:
                messages.success(request, f"Numeración {made.series} agregada.")
                return redirect("ranges", request.company.id)
        else:
            errors = made
    return _page(request, values, errors)


@for_company
@require_POST
def fetch(request: CompanyRequest) -> HttpResponse:
    """Read the company's ranges from its authority, and go back to where it was asked."""
    company_id = request.company.id
    try:
        new, known = numberings.fetch(company_id, by=request.by, at=outside.now())
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, f"Numeraciones leídas: {new} nuevas, {known} conocidas.")
    if request.POST.get("back") != "enrol":
        return redirect("ranges", company_id)
    numbers = urlencode(parse_qsl(request.POST.get("numbers", "")[:300]))  # of the wizard's set
    return redirect(f"{reverse('enrol', args=[company_id])}?{numbers}#ranges")


@for_company
@require_POST
def change(request: CompanyRequest, range_id: int) -> HttpResponse:
    """Let a range number documents or not, or say of which kind it is."""
    company = request.company
    chosen = next((one for one in company.ranges if one.id == range_id), None)
    if chosen is None:
        raise Http404
    told = request.POST.get("kind", "")
    if not told:
        numberings.set_active(company.id, range_id, not chosen.active)
        messages.success(request, f"Numeración {chosen.series} guardada.")
        return redirect("ranges", company.id)
    kinds = {one.kind for one in jurisdictions.find(company.jurisdiction).traits.kinds}
    kind = next((one for one in kinds if one.value == told), None)
    if kind is None:
        raise Http404
    try:
        numberings.set_kind(company.id, range_id, kind, at=outside.now())
    except Blocked as blocked:
        tell(request, blocked)
    else:
        messages.success(request, f"Numeración {chosen.series} guardada.")
    return redirect("ranges", company.id)


def rows(request: CompanyRequest) -> tuple[Row, ...]:
    """The company's ranges, as they are shown today in its country."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    today = traits.day(outside.now())
    return tuple(_row(one, traits, today) for one in request.company.ranges)


def _page(request: CompanyRequest, values: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    jurisdiction = jurisdictions.find(request.company.jurisdiction)
    shown = rows(request)
    context = {
        "section": "settings",
        "rows": shown,
        "warnings": [told for row in shown for told in row.warnings],
        "reads": desk_for(jurisdiction, Topic.RANGES) is not None,
        "form": range_form.draw(values, errors, jurisdiction.traits),
        "errors": errors,
    }
    return render(request, "settings/ranges.html", context, status=422 if errors else 200)


def _row(one: NumberingRange, traits: Traits, today: date) -> Row:
    told = traits.kind(one.kind)
    soon = warnings(one, today) if told is not None and told.authorised else ()
    reason = unusable(one, today)
    state = STATES[reason.code] if reason else SOON if soon else ACTIVE
    return Row(
        range=one,
        kind=told.name if told else one.kind.value,
        own=_own(one, traits),
        used=used_percent(one),
        state=state,
        warnings=soon,
        other_kinds=_other_kinds(one, traits),
    )


def _own(one: NumberingRange, traits: Traits) -> tuple[tuple[str, str], ...]:
    told = []
    for spec in traits.own(Scope.RANGE):
        value = one.extra.get(spec.name)
        if isinstance(value, date) and spec.type is FieldType.DATE:
            told.append((spec.label, f"{value:%d/%m/%Y}"))
        elif value:
            told.append((spec.label, str(value)))
    return tuple(told)


def _other_kinds(one: NumberingRange, traits: Traits) -> tuple[tuple[str, str], ...]:
    """The authorised kinds, for a range that its authority gave and no document has used."""
    kinds: dict[DocumentKind, str] = {
        told.kind: told.name for told in traits.kinds if told.authorised
    }
    if one.kind not in kinds or one.next != one.first or len(kinds) < 2:
        return ()
    return tuple((kind.value, name) for kind, name in kinds.items() if kind is not one.kind)
