"""The pretended identity provider: password and refresh grants, users that get blocked.

Source: costa-rica.md 5, "Token". Refusals are `invalid_grant`: 401 for a password, 400 for a
refresh token; a blocked user gets 403 (statuses: UNCONFIRMED, general knowledge).
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from acuse_sandbox.hacienda.options import Options
from acuse_sandbox.hacienda.refusal import Visit
from acuse_sandbox.world import Request, Response

WRONG_PASSWORD = "mala"  # noqa: S105 - the one password that this provider refuses
FAILURES_TO_BLOCK = 5
LARGEST = 16 * 1024
STAGING = "rut-stag"
CLIENTS = {STAGING: "api-stag", "rut": "api-prod"}  # realm -> its client_id


@dataclass(frozen=True, slots=True)
class Token:
    """Whose it is, of which realm, and until when it is good."""

    user: str
    realm: str
    until: datetime


class Tokens:
    """The tokens given so far, by their text."""

    def __init__(self) -> None:
        self._access: dict[str, Token] = {}
        self._refresh: dict[str, Token] = {}
        self._failures: dict[str, int] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._access.clear()
            self._refresh.clear()
            self._failures.clear()

    def bearer(self, request: Request, at: datetime) -> Token | None:
        """The token that a request bears, if it is good now."""
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            token = self._access.get(text.strip())
        if scheme.lower() != "bearer" or token is None or token.until <= at:
            return None
        return token

    def grant(
        self, request: Request, realm: str, *, options: Options, at: datetime, visit: Visit
    ) -> Response:
        """The answer to a log-in; the visit's outcome says what became of it."""
        if options.idp == "down":
            visit.outcome = "fault"
            return Response(503, b"<html>mantenimiento</html>", {"Content-Type": "text/html"})
        if len(request.body) > LARGEST:
            return _error(413, "invalid_request")
        form = _form(request)
        if realm not in CLIENTS:
            return _error(404, "Realm does not exist")
        if form.get("client_id") != CLIENTS[realm]:
            return _error(400, "invalid_client")
        match form.get("grant_type"):
            case "password":
                user = form.get("username", "")
                refused = self._refused(user, form.get("password", ""))
            case "refresh_token":
                user = self._refreshed(form.get("refresh_token", ""), realm, at)
                refused = None if user else _error(400, "invalid_grant")
            case _:
                return _error(400, "unsupported_grant_type")
        if user and user in options.blocked:
            return _error(403, "user_blocked")
        if refused is not None:
            return refused
        visit.outcome = "accepted"
        return self._issued(user, realm, options, at)

    def _refused(self, user: str, password: str) -> Response | None:
        """The answer to a password that is not taken; None where it is."""
        with self._lock:
            failures = self._failures.get(user, 0)
            if failures >= FAILURES_TO_BLOCK:
                return _error(403, "user_blocked")
            if not user or not password or password == WRONG_PASSWORD:
                self._failures[user] = failures + 1
                return _error(401, "invalid_grant")
            self._failures.pop(user, None)
        return None

    def _refreshed(self, text: str, realm: str, at: datetime) -> str:
        """The user behind a refresh token, "" if it is not good (any more)."""
        with self._lock:
            token = self._refresh.get(text)
        good = token is not None and token.realm == realm and token.until > at
        return token.user if token is not None and good else ""

    def _issued(self, user: str, realm: str, options: Options, at: datetime) -> Response:
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        with self._lock:
            until = at + timedelta(seconds=options.token_seconds)
            self._access[access] = Token(user, realm, until)
            until = at + timedelta(seconds=options.refresh_seconds)
            self._refresh[refresh] = Token(user, realm, until)
        return _json(
            200,
            {
                "access_token": access,
                "expires_in": options.token_seconds,
                "refresh_token": refresh,
                "refresh_expires_in": options.refresh_seconds,
                "token_type": "bearer",
            },
        )


def identity(user: str) -> str:
    """The identification in a user's name, without leading zeros; "" where there is none.

    `cpj-3-101-999888@stag.…` is 3101999888's, `cpf-01-9999-0888@…` is 199990888's.
    """
    name = re.sub(r"^[a-z]+-", "", user.partition("@")[0].strip().lower())
    number = name.replace("-", "").upper()
    return number.lstrip("0") if re.fullmatch(r"[0-9][0-9A-Z]{8,11}", number) else ""


def _form(request: Request) -> dict[str, str]:
    """The fields of a form; one given twice counts as not given."""
    try:
        fields = parse_qs(request.body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items() if len(values) == 1}


def _error(status: int, error: str) -> Response:
    return _json(status, {"error": error})


def _json(status: int, body: dict[str, object]) -> Response:
    return Response(status, json.dumps(body).encode(), {"Content-Type": "application/json"})
