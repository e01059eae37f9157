"""The address mended in its row: the contact has it, and the mail leaves."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from acuse.domain.failure import Cause
from acuse.domain.problem import Blocked
from acuse.flow import outside, resend
from acuse.web import addresses
from acuse.web.access import CompanyRequest, for_company
from acuse.web.failures import actions, views
from acuse.web.failures.doing import back


@for_company
@require_POST
def address_view(request: CompanyRequest, cause: str, key: int) -> HttpResponse:
    """The addresses of one row, read and used; a doubtful one is asked about once."""
    wanted = views.known(cause)
    if wanted not in actions.ADDRESSED:
        raise Http404
    told = request.POST.get("emails", "")
    insisted = request.POST.get("insisted") == told
    found = addresses.read(told, request.company, insisted=insisted)
    wrong = addresses.refusal(found, "No se guardó")
    if not found.accepted:
        wrong = wrong or "No se guardó: falta el correo. Escríbelo y vuelve a guardar."
    if wrong:
        messages.error(request, wrong)
        return back(request, fila=str(key), escrito=told[:500])
    _use(request, wanted, key, found.accepted)
    return back(request)


def _use(request: CompanyRequest, cause: Cause, key: int, emails: tuple[str, ...]) -> None:
    shown = ", ".join(emails)
    try:
        if cause in actions.NEED_ADDRESS:
            resend.complete(request.company.id, cause, key, emails, by=request.by, at=outside.now())
            messages.success(request, f"Guardado: {shown}. Lo que esperaba ese correo sale solo.")
        else:
            resend.correct(request.company.id, key, emails, by=request.by, at=outside.now())
            messages.success(request, f"Se enviará a {shown}, y queda en el contacto.")
    except Blocked as blocked:
        messages.error(request, blocked.problems[0].text)
    except ObjectDoesNotExist:
        messages.error(request, "Eso ya no está pendiente: alguien lo resolvió antes.")
