"""What a catalogue holds, as a line's field searches it while a person types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from acuse import jurisdictions
from acuse.domain.catalogue import Entry, Nature
from acuse.domain.money import trimmed
from acuse.domain.problem import Problem
from acuse.domain.text import clean
from acuse.domain.traits import KindTraits, Scope, Traits
from acuse.store import catalogues
from acuse.web.access import CompanyRequest, for_company

MOST = 12
LONGEST = 100
NATURES = {Nature.GOODS: "bien", Nature.SERVICE: "servicio", None: ""}


@dataclass(frozen=True, slots=True)
class Option:
    """An entry as it is offered."""

    entry: Entry
    rate: str  # "13", as the choice of a tax has it
    rate_words: str  # "IVA 13 %"
    words: str  # what stands below the field once it is chosen


@for_company
@require_GET
def search(request: CompanyRequest, name: str) -> HttpResponse:
    """The entries that fit what was typed, the best first."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    catalogue = traits.catalogue(name)
    if catalogue is None:
        raise Http404
    typed = clean(request.GET.get("buscar", "")[:LONGEST], field="buscar", longest=LONGEST)
    query = "" if isinstance(typed, Problem) else typed
    found = catalogues.search(catalogue, query, limit=MOST + 1) if query else ()
    context = {
        "catalogue": catalogue,
        "query": query,
        "options": [_option(entry, traits) for entry in found[:MOST]],
        "more": len(found) > MOST,
        "official": catalogues.edition(catalogue) is not None,
    }
    return render(request, "documents/_catalogue.html", context)


def told(
    values: Mapping[str, str], lines: Sequence[int], traits: Traits, kind: KindTraits
) -> dict[str, str]:
    """What the catalogues say of the codes that the form's lines have already."""
    found: dict[str, str] = {}
    for spec in traits.own(Scope.LINE, kind.kind):
        if spec.catalogue is not None:
            codes = (values.get(f"items-{at}-extra-{spec.name}", "").strip() for at in lines)
            known = catalogues.known(spec.catalogue, {code for code in codes if code})
            found |= {code: _words(entry, traits) for code, entry in known.entries.items()}
    return found


def _option(entry: Entry, traits: Traits) -> Option:
    rate = "" if entry.rate is None else trimmed(entry.rate, 3)
    return Option(entry, rate, _rate_words(entry, traits), _words(entry, traits))


def _words(entry: Entry, traits: Traits) -> str:
    told = (entry.description, NATURES[entry.nature], _rate_words(entry, traits))
    return " · ".join(part for part in told if part)


def _rate_words(entry: Entry, traits: Traits) -> str:
    if entry.rate is None:
        return ""
    shown = trimmed(entry.rate, 3).replace(".", traits.words.decimal_mark)
    return f"{traits.words.tax} {shown} %"
