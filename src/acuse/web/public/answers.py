"""What every answer of a public page says to the browser, whatever is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from acuse.web.public import words
from acuse.web.public.words import Language

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": POLICY,
}


def guarded(response: HttpResponse) -> HttpResponse:
    """The response with what keeps its address from search engines, other sites and caches."""
    for name, value in HEADERS.items():
        response[name] = value
    return response


def shown(
    template: str,
    language: Language,
    values: Mapping[str, Any],
    facts: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page, made without a request: no session is opened and nobody's name is in it.

    `facts` fill its words.
    """
    other = words.other(language)
    told = {
        "language": language.value,
        "other": other.value,
        "other_name": words.NAMES[other],
        "w": words.of(language, facts),
    }
    response = HttpResponse(render_to_string(template, told | dict(values)), status=status)
    response["Content-Language"] = language.value
    patch_vary_headers(response, ("Accept-Language",))
    return guarded(response)


def absent(language: Language) -> HttpResponse:
    """The one answer to a token that opens nothing, for whatever reason."""
    return shown("public/absent.html", language, {}, status=404)


def too_many(language: Language) -> HttpResponse:
    """The answer to more requests than a person makes."""
    response = shown("public/too_many.html", language, {}, status=429)
    response["Retry-After"] = "60"
    return response
