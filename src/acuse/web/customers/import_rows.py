"""Every row of an uploaded table with what it will do, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acuse.domain.contact_cells import text_of
from acuse.domain.contact_columns import Column
from acuse.domain.contact_plan import Counts, Fate, Glance, ImportState, Planned, counted
from acuse.domain.problem import Blocked
from acuse.flow import contact_preview, import_contacts, outside
from acuse.flow.contact_preview import Preview
from acuse.store import contact_imports
from acuse.store.contact_imports import Kept
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.paging import whole
from acuse.web.states import Chip

PAGE = 25
FATES = {
    Fate.NEW: Chip("accepted", "plus", "Nuevo"),
    Fate.CHANGED: Chip("process", "pencil", "Ya existe, con otros datos"),
    Fate.SAME: Chip("quiet", "check", "Ya existe igual"),
    Fate.FAILED: Chip("bad", "alert-triangle", "Con problemas"),
}
SHOWN: Mapping[str, tuple[str, Callable[[Glance], bool]]] = {
    "": ("Todas", lambda one: True),
    "nuevos": ("Nuevos", lambda one: one.fate is Fate.NEW),
    "cambios": ("Con otros datos", lambda one: one.fate is Fate.CHANGED),
    "iguales": ("Iguales", lambda one: one.fate is Fate.SAME),
    "problemas": ("Con problemas", lambda one: one.fate is Fate.FAILED),
    "avisos": ("Con avisos", lambda one: one.doubtful),
}
NAMES = frozenset({Column.NAME, Column.GIVEN, Column.FAMILY, Column.NUMBER})
AFTERWARDS = ("problemas", "avisos")  # what is left to look at once it was imported


@dataclass(frozen=True, slots=True)
class Tab:
    """A choice of rows, with how many it has."""

    key: str
    words: str
    many: int


@for_company
def look(request: CompanyRequest, import_id: int) -> HttpResponse:
    """What the import will do, row by row; once it runs, how far it is and what it did."""
    kept = found_or_404(contact_imports.load, request.company.id, import_id)
    if request.method == "POST":
        return _chosen(request, kept)
    if kept.state is ImportState.RUNNING:  # asked again and again: only how far it is
        return render(request, "customers/import_rows.html", _context(request, kept, None))
    try:
        found = contact_preview.preview(request.company, kept)
    except Blocked:
        return redirect("import_columns", request.company.id, import_id)
    return render(request, "customers/import_rows.html", _context(request, kept, found))


def _chosen(request: CompanyRequest, kept: Kept) -> HttpResponse:
    """Keep the ticks of the page; with "start", import."""
    posted, company = request.POST, request.company
    ticked = {one.casefold() for one in posted.getlist("take")}
    seen = {one.casefold() for one in posted.getlist("seen")}
    contact_imports.take(kept.id, (set(kept.taken) - seen) | (ticked & seen))
    if posted.get("do") != "start":
        messages.success(request, "Guardamos lo que marcaste.")
    else:
        try:
            updates = posted.get("updates") == "on"
            import_contacts.start(company, kept.id, updates=updates, at=outside.now())
        except Blocked:
            return redirect("import_columns", company.id, kept.id)
    return redirect("import_rows", company.id, kept.id)


def _context(request: CompanyRequest, kept: Kept, found: Preview | None) -> dict[str, object]:
    glances = found.glances if found else ()
    over = kept.state is not ImportState.READ
    tabs = [
        Tab(key, words, sum(map(wanted, glances)))
        for key, (words, wanted) in SHOWN.items()
        if not over or key in AFTERWARDS
    ]
    tabs = [one for one in tabs if one.many or not one.key]
    keys = [one.key for one in tabs]
    shown = request.GET.get("ver", "")
    shown = shown if shown in keys else (keys[0] if keys else "")
    rows = [one for one in glances if SHOWN[shown][1](one)] if keys else []
    page = max(whole(request.GET.get("pagina", "")) or 1, 1)
    first = min((page - 1) * PAGE, max(len(rows) - 1, 0) // PAGE * PAGE)
    planned = found.planned(rows[first : first + PAGE]) if found else ()
    return {
        "section": "customers",
        "kept": kept,
        "counts": counted(glances) if not over else _done(kept),
        "over": over,
        "running": kept.state is ImportState.RUNNING,
        "tabs": tabs,
        "shown": shown,
        "rows": [_drawn(one, kept, over=over) for one in planned],
        "asks": any(note.address for one in planned for note in one.row.notes),
        "first": first + 1,
        "last": min(first + PAGE, len(rows)),
        "many": len(rows),
        "page": first // PAGE + 1,
        "before": first // PAGE if first else None,
        "after": first // PAGE + 2 if first + PAGE < len(rows) else None,
    }


def _done(kept: Kept) -> Counts:
    return Counts(kept.made, kept.updated, kept.same, kept.failed)


def _drawn(one: Planned, kept: Kept, *, over: bool) -> dict[str, object]:
    """A row as it is shown; of one with problems, what the file says of whom."""
    row, customer = one.row, one.row.customer
    named = zip(kept.layout.columns, row.cells, strict=False)
    told = " · ".join(text_of(cell).strip() for column, cell in named if column in NAMES)
    return {
        "line": row.line,
        "name": customer.name if customer else told,
        "tax_id": f"{customer.tax_id.kind} {customer.tax_id.number}" if customer else "",
        "emails": customer.emails if customer else (),
        "mails_stay": customer is not None and Column.EMAILS not in row.told,
        "chip": FATES[one.fate] if not over or one.fate is Fate.FAILED else None,
        "fate": one.fate,
        "notes": [(note, note.address.casefold() in kept.taken) for note in row.notes],
        "problems": row.problems,
    }
