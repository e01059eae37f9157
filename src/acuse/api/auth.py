"""Who calls: a token, alone or as the password of its person's e-mail."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBasicAuth, HttpBearer

from acuse.api.answers import Refused
from acuse.domain.party import Company
from acuse.flow import outside, tokens
from acuse.flow.tokens import Use
from acuse.store import companies


class ApiRequest(HttpRequest):
    """A call of a known token: it works for `company`, its deeds are told as `by`."""

    company: Company
    by: str
    use: Use


class Bearer(HttpBearer):
    """`Authorization: Bearer TOKEN`."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """Who calls, None for an unknown token."""
        return _enter(request, token.strip())


class Basic(HttpBasicAuth):
    """`Authorization: Basic base64(EMAIL:TOKEN)`, as Alegra's clients send it."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> str | None:
        """Who calls, None for an unknown token or another person's."""
        return _enter(request, password, username)


def _enter(request: HttpRequest, plain: str, email: str | None = None) -> str | None:
    """Who calls; the request then knows its company. Raises Refused with 403 and 429."""
    kept = tokens.known(plain, email)
    use = tokens.use(kept.id, at=outside.now()) if kept else None
    if kept is None or use is None:
        return None
    request.use = use  # type: ignore[attr-defined]  # it becomes an ApiRequest here
    if not use.passed:
        raise Refused(429)
    if not kept.member:
        raise Refused(403)
    request.company = companies.load(kept.company_id)  # type: ignore[attr-defined]
    request.by = f"{kept.user} (API {kept.prefix})"  # type: ignore[attr-defined]
    return request.by  # type: ignore[attr-defined,no-any-return]
