"""The outermost layer of the API: whatever fails, and wherever, ends in the same JSON."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from acuse.api import answers
from acuse.flow.tokens import CALLS, Use

Answer = Callable[[HttpRequest], HttpResponse]
BELOW = "/api/"
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class Envelope:
    """Middleware: below /api/ errors are JSON, limits are told, and nothing is cached."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response as the API gives it."""
        response = self._get_response(request)
        if not request.path_info.startswith(BELOW):
            return response
        if response.status_code >= 400 and not _is_json(response):
            response = _told(response)
        response["Cache-Control"] = "no-store"
        use: Use | None = getattr(request, "use", None)
        if use is not None:
            response["X-Rate-Limit-Limit"] = str(CALLS)
            response["X-Rate-Limit-Remaining"] = str(use.left)
            response["X-Rate-Limit-Reset"] = str(use.resets_in)
        return response


def _is_json(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _told(response: HttpResponse) -> HttpResponse:
    known = response.status_code in answers.WORDS
    told = answers.refusal(response.status_code if known else 400)
    told.status_code = response.status_code
    for name in KEPT:
        if name in response.headers:
            told[name] = response[name]
    return told
