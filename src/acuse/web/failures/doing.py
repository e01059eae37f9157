"""What is done about one failure, or about all of a cause after a second word."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from acuse.domain.failure import Cause
from acuse.flow import outside
from acuse.flow.mending import Done
from acuse.store import failing
from acuse.store.failing import Span
from acuse.web.access import CompanyRequest, for_company
from acuse.web.failures import actions, views
from acuse.web.failures.actions import Action
from acuse.web.paging import whole

EXAMPLES = 10
WRITTEN = ("fila", "escrito")


@for_company
@require_POST
def all_view(request: CompanyRequest, cause: str) -> HttpResponse:
    """All of a cause that the person was shown: first asked about, then done."""
    wanted, action = views.known(cause), _action(request, cause)
    upto = _key(request.POST.get("upto", ""))
    if request.POST.get("confirmed") != "on":
        return _ask(request, wanted, action, upto)
    done = _do(request, wanted, action, Span(upto))
    left = failing.counts(request.company.id, at=outside.now()).get(wanted, 0)
    _tell(request, action, done, left)
    return redirect("failures", request.company.id)


@for_company
@require_POST
def one_view(request: CompanyRequest, cause: str, key: int) -> HttpResponse:
    """One failure, at once."""
    wanted, action = views.known(cause), _action(request, cause, row=True)
    done = _do(request, wanted, action, Span.only(key))
    if done.many:
        messages.success(request, f"Hecho: 1 {action.done_one}.")
    elif done.why_not:
        messages.error(request, " ".join(("No se hizo.", *done.why_not)))
    else:
        messages.error(request, "No se hizo nada: eso ya no está así. Mira cómo está ahora.")
    return back(request)


def _tell(request: CompanyRequest, action: Action, done: Done, left: int) -> None:
    """How many were done, why others were not, how many are left."""
    told = [f"{done.many} {action.done if done.many > 1 else action.done_one}."] * bool(done.many)
    told += done.why_not
    told = told or ["Ya no había nada que hacer."]
    if left:
        told.append(f"{'Queda 1' if left == 1 else f'Quedan {left}'} de esta causa.")
    failed = done.why_not and not done.many
    (messages.error if failed else messages.success)(request, " ".join(told))


def back(request: CompanyRequest, **written: str) -> HttpResponse:
    """To the list that the person came from, with what was written in a row, if it was refused."""
    place = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        place = reverse("failures", args=[request.company.id])
    parts = urlsplit(place)
    kept = [(name, told) for name, told in parse_qsl(parts.query) if name not in WRITTEN]
    query = urlencode([*kept, *written.items()])
    return redirect(urlunsplit(parts._replace(query=query)))


def _ask(request: CompanyRequest, cause: Cause, action: Action, upto: int) -> HttpResponse:
    many = failing.many(request.company.id, cause, Span(upto), at=outside.now())
    found = views.shown(request, cause, many, limit=EXAMPLES, key=upto + 1)
    context = {"section": "failures", "group": found, "action": action, "upto": upto}
    return render(request, "failures/confirm.html", context)


def _do(request: CompanyRequest, cause: Cause, action: Action, span: Span) -> Done:
    return action.verb(request.company.id, cause, span, by=request.by, at=outside.now())


def _action(request: CompanyRequest, cause: str, *, row: bool = False) -> Action:
    found = actions.find(views.known(cause), request.POST.get("do", ""), row=row)
    if found is None:
        raise Http404
    return found


def _key(told: str) -> int:
    found = whole(told)
    if found is None:
        raise Http404
    return found
