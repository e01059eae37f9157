"""Configuración > Correo > Copias: the company's own copies of what it mails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.copies import CompanyCopy, CopyUse
from acuse.domain.party import Environment
from acuse.domain.problem import Blocked
from acuse.domain.traits import Traits
from acuse.flow import copies as flow
from acuse.flow import outside
from acuse.store import copies
from acuse.web import mail_rows
from acuse.web.access import CompanyRequest, for_company
from acuse.web.customers.addresses import states, tried_again
from acuse.web.mail_rows import Row

USES = ((CopyUse.ARCHIVE.value, "Archivo"), (CopyUse.ACCOUNTANT.value, "Contador"))


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The addresses; saved, what is accepted from then on is copied there."""
    company = request.company
    traits = jurisdictions.find(company.jurisdiction).traits
    rehearsal = company.environment is Environment.SANDBOX
    posts = request.method == "POST"
    rows = mail_rows.posted(request.POST) if posts else _rows(copies.of_company(company.id))
    changed = mail_rows.changed(rows, request.POST.get("do", ""), rehearsal=rehearsal)
    wrong, saves = "", posts and changed is None
    if saves:
        insisted = request.POST.get("confirmed") == mail_rows.seen(rows)
        rows, found = _read(rows, traits, rehearsal=rehearsal, insisted=insisted)
        if not any(row.error for row in rows):
            try:
                flow.save(company.id, found, by=request.by, at=outside.now())
            except Blocked as blocked:
                wrong = " ".join(one.text for one in blocked.problems)
            else:
                messages.success(request, "Copias guardadas.")
                return redirect("copies", company.id)
    rows = rows if changed is None else changed
    kept = [one.address for one in copies.of_company(company.id)]
    context = {
        "section": "settings",
        "mail": mail_rows.shown(rows, states(company.id, kept, traits)),
        "mail_error": wrong,
        "roles": USES,
        "mail_kinds": mail_rows.kinds(traits),
        "confirmed": mail_rows.seen(rows),
    }
    return render(request, "settings/copies.html", context, status=422 if saves else 200)


@require_POST
@for_company
def try_again(request: CompanyRequest) -> HttpResponse:
    """Have one of the copies' addresses tried again."""
    company_id = request.company.id
    tried_again(request, (one.address for one in copies.of_company(company_id)))
    return redirect("copies", company_id)


def _rows(kept: Iterable[CompanyCopy]) -> tuple[Row, ...]:
    return tuple(
        Row(index, one.address, one.use.value, frozenset(kind.value for kind in one.kinds))
        for index, one in enumerate(kept)
    )


def _read(
    rows: tuple[Row, ...], traits: Traits, *, rehearsal: bool, insisted: bool
) -> tuple[tuple[Row, ...], list[CompanyCopy]]:
    found: list[CompanyCopy] = []
    looked_at: list[Row] = []
    for row in rows:
        told, error = mail_rows.addresses(row, rehearsal=rehearsal, insisted=insisted)
        looked_at.append(replace(row, error=error))
        use = row.role if row.role in {one for one, _ in USES} else CopyUse.ARCHIVE.value
        kinds = mail_rows.own_kinds(row, traits)
        found += [CompanyCopy(one, CopyUse(use), kinds) for one in told]
    return tuple(looked_at), found
