"""Configuración > Facturación > Buzón de recepción: where suppliers write, and what came."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from acuse.domain.mailbox import Place, Trouble
from acuse.domain.problem import Blocked
from acuse.domain.text import capitalised
from acuse.flow import mailbox as flow
from acuse.flow import outside, wording
from acuse.gateways.mailbox import Seen
from acuse.store import incoming, mailboxes
from acuse.web.access import CompanyRequest, for_company, found_or_404
from acuse.web.download import attachment
from acuse.web.paging import before
from acuse.web.settings import mailbox_form
from acuse.web.states import Chip, mailed

PAGE = 30
READ = Chip("accepted", "circle-check", "Se lee")
FAILING = Chip("held", "clock", "Con tropiezos")
STOPPED = Chip("bad", "alert-triangle", "Detenido")


@sensitive_post_parameters("password")
@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The form, how the mailbox is doing, and the last messages; it is tried or saved."""
    errors: dict[str, str] = {}
    seen: Seen | Trouble | None = None
    kept = mailboxes.active(request.company.id)
    filled = mailbox_form.values(kept.place if kept else None)
    if request.method == "POST":
        filled |= request.POST.dict()
        place = mailbox_form.read(filled)
        try:
            if not isinstance(place, Place):
                errors = place
            elif request.POST.get("action") == "try":
                seen = flow.look(request.company.id, place, filled.get("password", ""))
            else:
                _save(request, place, filled.get("password", ""))
                return redirect("mailbox", request.company.id)
        except Blocked as blocked:
            errors = mailbox_form.errors(blocked.problems)
    shown = _page(request)
    context = {
        "section": "settings",
        "kept": kept,
        "state": _state(kept),
        "trouble": _words(kept.trouble) if kept and kept.trouble else "",
        "inputs": mailbox_form.draw(
            filled, errors, saved=kept is not None, private=settings.PRIVATE_MAILBOXES
        ),
        "errors": errors,
        "seen": seen if isinstance(seen, Seen) else None,
        "not_seen": _words(seen) if isinstance(seen, Trouble) else "",
        "rows": [(one, mailed(one.outcome)) for one in shown[:PAGE]],
        "older": shown[PAGE - 1].id if len(shown) > PAGE else None,
    }
    return render(request, "settings/mailbox.html", context, status=422 if errors else 200)


@for_company
@require_POST
def wake(request: CompanyRequest) -> HttpResponse:
    """Read it now rather than in a while."""
    if flow.wake(request.company.id, at=outside.now()):
        messages.success(request, "Lo estamos leyendo. Actualiza la página en un momento.")
    return redirect("mailbox", request.company.id)


@for_company
@require_POST
def close(request: CompanyRequest) -> HttpResponse:
    """Read it no more."""
    if flow.close(request.company.id, by=request.by, at=outside.now()):
        messages.success(request, "Buzón desconectado. Lo que ya llegó se conserva.")
    return redirect("mailbox", request.company.id)


@for_company
def message(request: CompanyRequest, message_id: int) -> HttpResponse:
    """A message as it came, where it was kept."""
    raw = found_or_404(incoming.raw, request.company.id, message_id)
    if raw is None:
        raise Http404
    return attachment(f"mensaje-{message_id}.eml", raw)


def _save(request: CompanyRequest, place: Place, password: str) -> None:
    flow.save(request.company.id, place, password, by=request.by, at=outside.now())
    messages.success(request, "Guardado. Leeremos el buzón cada pocos minutos.")


def _page(request: CompanyRequest) -> tuple[incoming.Listed, ...]:
    return incoming.page(request.company.id, before=before(request), limit=PAGE + 1)


def _state(kept: mailboxes.Kept | None) -> Chip | None:
    if kept is None:
        return None
    if kept.stopped:
        return STOPPED
    return FAILING if kept.trouble else READ


def _words(trouble: Trouble) -> str:
    return capitalised(wording.mail_trouble(trouble))
