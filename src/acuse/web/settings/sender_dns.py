"""Configuración > Correo > Dominio: what the DNS must say of the sender, and what it says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from acuse.domain.dns import Record
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked
from acuse.domain.route import RouteKind
from acuse.domain.sender import Check, Row, State
from acuse.flow import outside, sender_check, sender_keys
from acuse.store import senders
from acuse.store.senders import Kept
from acuse.web.access import CompanyRequest, for_company
from acuse.web.states import Chip

TOO_SOON = timedelta(seconds=5)  # a look takes as long
STATES = {
    State.RIGHT: Chip("accepted", "circle-check", "Correcto"),
    State.MISSING: Chip("bad", "circle-x", "Falta"),
    State.DIFFERENT: Chip("todo", "alert-triangle", "Distinto"),
    State.SEVERAL: Chip("todo", "alert-triangle", "Varios registros"),
    State.STRICT: Chip("todo", "alert-triangle", "Demasiado estricto"),
    State.UNKNOWN: Chip("held", "help-circle", "No se pudo comprobar"),
    State.NOT_NEEDED: Chip("quiet", "circle-check", "No hace falta"),
    State.UNASKED: Chip("quiet", "clock", "Sin comprobar"),
}
NAMES = {
    Check.SPF: ("SPF", "qué servidores envían por tu dominio"),
    Check.DKIM: ("DKIM", "la firma de tus correos"),
    Check.NEXT_DKIM: ("DKIM, llave nueva", "la firma que viene"),
    Check.DMARC: ("DMARC", "qué hacer con lo que no se prueba"),
    Check.RETURN_PATH: ("Ruta de retorno", "adónde vuelven los rebotes"),
    Check.PTR: ("PTR", "el nombre de la dirección que envía"),
}


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The records, as the last look found them."""
    context = {"section": "settings", "dns": panel(request.company)}
    return render(request, "settings/sender_dns.html", context)


@for_company
@require_POST
def look(request: CompanyRequest) -> HttpResponse:
    """Ask the DNS now; whoever presses again at once gets the same answer."""
    kept, at = _kept(request.company), outside.now()
    if kept and not (kept.checked_at and at - kept.checked_at < TOO_SOON):
        rows = sender_check.check(kept.owner, by=request.by, at=at) or ()
        if rows and not any(row.state is State.UNKNOWN for row in rows):
            messages.success(request, "Comprobado ahora.")
    return redirect("sender_dns", request.company.id)


@for_company
@require_POST
def make_key(request: CompanyRequest) -> HttpResponse:
    """A key for the company's own sender."""
    try:
        sender_keys.make(request.company.id, by=request.by, at=outside.now())
    except Blocked as blocked:
        messages.error(request, " ".join(problem.text for problem in blocked.problems))
    else:
        messages.success(request, "Llave creada. Publica su registro y vuelve a comprobar.")
    return redirect("sender_dns", request.company.id)


def panel(company: Company) -> dict[str, Any]:
    """What settings/_sender_dns.html shows: of the company's own sender, else the installation's.

    "rows" is empty where there is nothing to look at; "why" says why.
    """
    kept = _kept(company)
    if kept is None:
        return {"rows": [], "why": _nothing(company)}
    own = kept.owner != 0
    shared = senders.of(0)
    fallen = own and kept.kind is RouteKind.DOMAIN and not kept.proved
    return {
        "rows": [_shown(row) for row in sender_check.rows_of(kept)],
        "kept": kept,
        "own": own,
        "instead": shared.sender if fallen and shared else "",
        "signable": own and kept.kind is not RouteKind.PROVIDER and kept.following is None,
    }


def _kept(company: Company) -> Kept | None:
    if company.environment is Environment.SANDBOX:
        return None
    kept = senders.of(company.id) or senders.of(0)
    return kept if kept and kept.domain else None


def _nothing(company: Company) -> str:
    if company.environment is Environment.SANDBOX:
        return "El correo de un ensayo no sale al mundo: no hay DNS que revisar."
    return "Todavía no hay remitente: cuando lo haya, aquí verás qué falta en su DNS."


def _shown(row: Row) -> dict[str, Any]:
    name, about = NAMES[row.check]
    return {
        "name": name,
        "about": about,
        "row": row,
        "chip": STATES[row.state],
        "known": row.state not in (State.UNKNOWN, State.UNASKED),
        "copies": bool(row.host) and row.record is Record.TXT and bool(row.expected),
    }
