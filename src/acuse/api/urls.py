"""The API put together: /api/v1, who may call it, and what its errors become."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from acuse.api import (
    answers,
    catalogues,
    company,
    contacts,
    copies,
    documents,
    failures,
    following,
    mail_templates,
    queries,
    received,
)
from acuse.api.answers import Refused
from acuse.api.auth import Basic, Bearer
from acuse.domain.problem import Blocked
from acuse.flow.refusals import SIGNER_AWAY
from acuse.flow.replay import KeyTaken
from acuse.gateways.signer import SignerUnavailable
from acuse.store.absent import ABSENT

api = NinjaAPI(
    title="Acuse",
    version="1",
    description="Documentos electrónicos: emitidos, juzgados, enviados una vez y seguidos.",
    urls_namespace="api",
    docs_url=None,  # a page of it would fetch other people's scripts
    auth=[Bearer(), Basic()],
)
for prefix, router in (
    ("/invoices", documents.router),
    ("/invoices", following.router),
    ("/company", company.router),
    ("/company/copies", copies.router),
    ("/company/mail-templates", mail_templates.router),
    ("/contacts", contacts.router),
    ("/received", received.router),
    ("/catalogues", catalogues.router),
    ("/failures", failures.router),
):
    api.add_router(prefix, router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, why: Refused) -> HttpResponse:
    """What this layer could not read or does not let in."""
    response = answers.refusal(why.status, why.problems)
    if why.status == 429:
        response["Retry-After"] = str(request.use.resets_in)  # type: ignore[attr-defined]
    return response


@api.exception_handler(Blocked)
def blocked(request: HttpRequest, why: Blocked) -> HttpResponse:
    """What a verb refused: its problems."""
    return answers.refusal(422, why.problems)


@api.exception_handler(SignerUnavailable)
def unsigned(request: HttpRequest, why: SignerUnavailable) -> HttpResponse:
    """Nobody signs now."""
    return answers.refusal(503, (SIGNER_AWAY,))


@api.exception_handler(KeyTaken)
def taken(request: HttpRequest, why: KeyTaken) -> HttpResponse:
    """The key stands for something else."""
    return answers.refusal(409)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, why: RequestDataTooBig) -> HttpResponse:
    """More than this server reads."""
    return answers.refusal(413)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, why: AuthenticationError) -> HttpResponse:
    """No token that opens anything."""
    response = answers.refusal(401)
    response["WWW-Authenticate"] = 'Bearer realm="acuse", Basic realm="acuse", charset="UTF-8"'
    return response


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, why: ValidationError) -> HttpResponse:
    """A query that cannot be."""
    return answers.refusal(422, queries.problems(why.errors))


def absent(request: HttpRequest, why: object) -> HttpResponse:
    """No such thing in this company."""
    return answers.refusal(404)


for kind in (*ABSENT, Http404):
    api.add_exception_handler(kind, absent)

urlpatterns = [path("v1/", api.urls)]
