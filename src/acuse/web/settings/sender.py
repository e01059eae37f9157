"""Configuración > Correo > Remitente: by which road mail leaves, how it is doing, and a trial."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked
from acuse.domain.route import PROVIDERS, RouteKind, Wanted
from acuse.flow import outside, roads, sender_trial, trial_words
from acuse.flow import sender as flow
from acuse.flow.sender_trial import Tried
from acuse.store import mailboxes, routes
from acuse.web import pauses
from acuse.web.access import CompanyRequest, for_company
from acuse.web.settings import sender_dns, sender_form
from acuse.web.settings.sender_form import MODES, Mode
from acuse.web.states import Chip

OPEN = Chip("accepted", "circle-check", "Funciona")
UNTRIED = Chip("quiet", "clock", "Sin probar")
PAUSED = Chip("bad", "alert-triangle", "En pausa")
NONE = Chip("todo", "alert-triangle", "Sin salida")


@sensitive_post_parameters("password")
@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The mode in force, the form of the chosen one, the road's state; it is tried or saved."""
    kept = routes.kept(request.company.id)
    mode = _mode(request, kept)
    filled = sender_form.values(kept, mode) | _asked(request)
    errors: dict[str, str] = {}
    tried: Tried | None = None
    if request.method == "POST":
        filled |= request.POST.dict()
        try:
            if request.POST.get("action") == "try":
                wanted = _wanted(mode, filled)
                tried = _try(request, wanted, filled.get("password", ""))
            else:
                _save(request, mode, filled)
                return redirect("sender", request.company.id)
        except Blocked as blocked:
            errors = sender_form.errors(blocked.problems, _names(mode, filled))
        except _Unreadable as wrong:
            errors = wrong.errors
    return _page(request, mode, filled, errors, tried)


@for_company
@require_POST
def retry(request: CompanyRequest) -> HttpResponse:
    """Probar ahora: a mail by the road as it is kept; if it goes, the pause is over."""
    kept = routes.kept(request.company.id)
    mode = sender_form.mode_of(kept)
    errors: dict[str, str] = {}
    tried = None
    try:
        tried = _try(request, None, "")
    except Blocked as blocked:
        errors = {"sender": blocked.problems[0].text}
    return _page(request, mode, sender_form.values(kept, mode), errors, tried)


class _Unreadable(Exception):
    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


def _wanted(mode: Mode, filled: dict[str, str]) -> Wanted | None:
    """None is the road as it is now."""
    if mode is Mode.INSTALLATION:
        return None
    read = sender_form.read(mode, filled)
    if not isinstance(read, Wanted):
        raise _Unreadable(read)
    return read


def _save(request: CompanyRequest, mode: Mode, filled: dict[str, str]) -> None:
    wanted, at, company_id = _wanted(mode, filled), outside.now(), request.company.id
    if wanted is None:
        flow.clear(company_id, by=request.by, at=at)
    else:
        flow.save(company_id, wanted, filled.get("password", ""), by=request.by, at=at)
    messages.success(request, "Guardado. Envía un correo de prueba para ver que funciona.")


def _try(request: CompanyRequest, wanted: Wanted | None, password: str) -> Tried:
    to = request.user.email  # type: ignore[union-attr]  # a member is logged in
    return sender_trial.send(request.company.id, wanted, password, to=to, at=outside.now())


def _mode(request: CompanyRequest, kept: routes.Kept | None) -> Mode:
    told = request.POST.get("mode") or request.GET.get("modo", "")
    return Mode(told) if told in set(Mode) else sender_form.mode_of(kept)


def _asked(request: CompanyRequest) -> dict[str, str]:
    """A provider that was chosen by its link."""
    told = request.GET.get("proveedor", "").upper()
    return {"provider": told} if told in set(PROVIDERS) else {}


def _names(mode: Mode, filled: dict[str, str]) -> tuple[str, ...]:
    drawn = sender_form.draw(mode, filled, {}, saved=False, private=settings.PRIVATE_MAILBOXES)
    return tuple(one.name for one in drawn)


def _page(
    request: CompanyRequest,
    mode: Mode,
    filled: dict[str, str],
    errors: dict[str, str],
    tried: Tried | None,
) -> HttpResponse:
    company = request.company
    kept, used = routes.kept(company.id), routes.used(company.id)
    current = sender_form.mode_of(kept)
    stopped = pauses.of(company)
    context = {
        "section": "settings",
        "rehearsal": company.environment is Environment.SANDBOX,
        "kept": kept,
        "used": used,
        "current": current.value,
        "current_name": MODES[current][0],
        "mode": mode.value,
        "modes": [(one.value, *MODES[one]) for one in Mode],
        "providers": [(one.value, traits.name) for one, traits in PROVIDERS.items()],
        "provider": sender_form.provider(filled).value,
        "address": roads.sender(company),
        "returning": _returning(company, kept),
        "unproven": kept is not None and current is Mode.DOMAIN and not kept.proven,
        "dns": sender_dns.panel(company) if current is Mode.DOMAIN else None,
        "pause": stopped,
        "state": _state(company.has_mail_route, used, stopped),
        "inputs": sender_form.draw(
            mode, filled, errors, saved=current is mode, private=settings.PRIVATE_MAILBOXES
        ),
        "errors": errors,
        "form_error": errors.get("sender", "") if mode is Mode.INSTALLATION else "",
        "to": request.user.email,  # type: ignore[union-attr]
        "tried": tried,
        "told": trial_words.told(tried.outcome) if tried else None,
    }
    return render(request, "settings/sender.html", context, status=422 if errors else 200)


def _returning(company: Company, kept: routes.Kept | None) -> dict[str, object] | None:
    """Where what bounces comes to, and who reads it there; None where the installation does."""
    if kept is None or kept.route.kind is not RouteKind.SMTP:
        return None
    box = mailboxes.active(company.id)
    sender = kept.route.sender
    return {
        "to": sender,
        "box": box.place.username if box else "",
        "stopped": box.stopped if box else "",
        "elsewhere": box is not None and box.place.username.casefold() != sender.casefold(),
    }


def _state(routed: bool, used: routes.Kept | None, stopped: pauses.Pause | None) -> Chip:
    if not routed:
        return NONE
    if stopped:
        return PAUSED
    return OPEN if used is None or used.tested_at else UNTRIED
