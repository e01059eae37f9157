"""Contacts from a file: upload, say what each column holds, look at every row, import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.contact_cells import text_of
from acuse.domain.contact_columns import Column, Layout, Table, choices
from acuse.domain.problem import Blocked, Problem
from acuse.flow import contact_preview, contact_tables, import_contacts, outside
from acuse.store import contact_imports
from acuse.web import csv_file
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.inputs import Input

SAMPLES = 3  # cells of a column that are shown beside its heading
NOT_IN_TEMPLATE = frozenset({Column.DIGIT, Column.GIVEN, Column.FAMILY})  # other columns say it
NO_FILE = Problem("file", "XX-IMP-1", "Elige el archivo CSV o XLSX con tus contactos.")
TOO_HEAVY = Problem("file", "XX-IMP-1", contact_tables.LIMITS.too_heavy())


@for_company
def begin(request: CompanyRequest) -> HttpResponse:
    """Where a file is uploaded; its table is kept and its columns are shown."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            import_id = _upload(request)
        except Blocked as blocked:
            problems = blocked.problems
        else:
            return redirect("import_columns", request.company.id, import_id)
    context = {
        "section": "customers",
        "problems": problems,
        "latest": contact_imports.latest(request.company.id),
        "most_rows": contact_tables.MOST_ROWS,
        "most_megabytes": contact_tables.LIMITS.content // 2**20,
    }
    return render(request, "customers/import.html", context, status=422 if problems else 200)


@for_company
def template(request: CompanyRequest) -> StreamingHttpResponse:
    """A file with the names of the columns, to be filled in."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    names = [words for key, words in choices(traits) if key and key not in NOT_IN_TEMPLATE]
    return csv_file.download([names], traits, name="contactos.csv")


@for_company
def columns(request: CompanyRequest, import_id: int) -> HttpResponse:
    """What each column holds: guessed, and changed by a person."""
    kept = found_or_404(contact_imports.load, request.company.id, import_id)
    table, layout = contact_imports.table(import_id), kept.layout
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        told = tuple(request.POST.get(f"column-{n}", "") for n in range(len(table.headings)))
        layout = Layout(told, request.POST.get("kind", ""))
        try:
            import_contacts.settle(request.company, import_id, layout)
        except Blocked as blocked:
            problems = blocked.problems
        else:
            return redirect("import_rows", request.company.id, import_id)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    kinds = ("", "El que diga el número"), *((one.key, one.label) for one in traits.tax_ids)
    context = {
        "section": "customers",
        "kept": kept,
        "problems": problems,
        "columns": _drawn(table, layout, choices(traits)),
        "kind": Input(
            "kind",
            "Tipo de identificación, donde la fila no lo dice",
            layout.kind,
            choices=kinds,
            help="Solo se usa donde el número podría ser de varios tipos.",
        ),
    }
    return render(
        request, "customers/import_columns.html", context, status=422 if problems else 200
    )


@for_company
def failed(request: CompanyRequest, import_id: int) -> HttpResponseBase:
    """The rows with problems as a file, each with its line and why: to be mended and uploaded."""
    kept = found_or_404(contact_imports.load, request.company.id, import_id)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    try:
        found = contact_preview.read(request.company, kept)
    except Blocked:  # its columns are not known yet: the page says which
        return redirect("import_columns", request.company.id, import_id)
    headings = found.table.headings

    def lines() -> Iterator[Sequence[str]]:
        yield (*headings, "Línea", "Por qué no se importó")
        for row in found.failed():
            cells = [text_of(cell) for cell in row.cells]
            why = " ".join(problem.text for problem in row.problems)
            yield (*cells, *[""] * (len(headings) - len(cells)), str(row.line), why)

    return csv_file.download(lines(), traits, name="contactos-con-problemas.csv")


@for_company
@require_POST
def forget(request: CompanyRequest, import_id: int) -> HttpResponse:
    """Drop the uploaded table; contacts that were imported stay."""
    found_or_404(contact_imports.load, request.company.id, import_id)
    if contact_imports.forget(request.company.id, import_id):
        messages.success(request, "Archivo descartado. Los contactos quedan como están.")
    return redirect("import_contacts", request.company.id)


def _upload(request: CompanyRequest) -> int:
    """The id of the import. Raises Blocked."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Blocked([NO_FILE])
    if (upload.size or 0) > contact_tables.LIMITS.content:
        raise Blocked([TOO_HEAVY])
    return import_contacts.keep(
        request.company,
        upload.read(),
        file_name=upload.name or "",
        by=request.by,
        at=outside.now(),
    )


def _drawn(
    table: Table, layout: Layout, offered: tuple[tuple[str, str], ...]
) -> list[tuple[Input, tuple[str, ...]]]:
    """Each column as a choice of what it holds, with some of its cells."""
    drawn = []
    for place, heading in enumerate(table.headings):
        held = layout.columns[place] if place < len(layout.columns) else ""
        label = heading or f"Columna {place + 1}, sin nombre"
        drawn.append(
            (Input(f"column-{place}", label, held, choices=offered), _samples(table, place))
        )
    return drawn


def _samples(table: Table, place: int) -> tuple[str, ...]:
    told = (text_of(cells[place]).strip() for _, cells in table.rows if place < len(cells))
    return tuple(islice((one[:60] for one in told if one), SAMPLES))
