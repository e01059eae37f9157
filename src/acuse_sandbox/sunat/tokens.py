"""OAuth tokens: client credentials for the consulta integrada, password for the guías.

Source: peru.md 5.1, 5.6. Statuses of refusals: UNCONFIRMED, general knowledge.
"""

from __future__ import annotations

import re
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from acuse_sandbox.sunat import options, rest, users
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.users import WRONG_PASSWORD
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Request, Response, World

REGISTER = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"
GRE = "https://api-cpe.sunat.gob.pe"
CLIENT = re.compile(r"[\w.-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """For which service, whose ("" for any taxpayer's), until when."""

    scope: str
    ruc: str
    until: datetime


class Tokens:
    """The tokens given so far, by their text; safe from many threads."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tokens: dict[str, Token] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._tokens.clear()

    def find(self, request: Request, scope: str) -> Token | None:
        """The token that a request bears, if it is good now and for this service."""
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            token = self._tokens.get(text.strip())
        good = token is not None and token.until > self._world.now() and token.scope == scope
        return token if good and scheme.lower() == "bearer" else None

    def client(self, request: Request, client_id: str, visit: Visit) -> Response:
        """The answer to a client that wants to ask of documents."""
        return self._grant(request, client_id, REGISTER, visit)

    def password(self, request: Request, client_id: str, visit: Visit) -> Response:
        """The answer to a client that wants to send a user's guías."""
        return self._grant(request, client_id, GRE, visit)

    def _grant(self, request: Request, client_id: str, scope: str, visit: Visit) -> Response:
        form = rest.form(request)
        grant = "password" if scope == GRE else "client_credentials"
        if form.get("grant_type") != grant:
            return _refused(400, "unsupported_grant_type")
        if form.get("scope", "").rstrip("/") != scope:
            return _refused(400, "invalid_scope")
        ruc = self._client(client_id, form)
        if ruc is None:
            return _refused(401, "unauthorized_client")
        if scope == GRE:
            try:
                user = users.read(self._world.settings, form.get("username"), form.get("password"))
            except Fault as fault:
                return _refused(400, "access_denied", fault.text)
            if ruc not in ("", user.ruc):
                return _refused(401, "unauthorized_client")
            ruc = visit.ruc = user.ruc
        visit.outcome = "accepted"
        return self._issued(scope, ruc)

    def _client(self, client_id: str, form: dict[str, str]) -> str | None:
        """Whose client this is, "" for anybody's; None for one that is refused.

        One that nobody registered may come with any secret but the one that is wrong.
        """
        secret = form.get("client_secret", "")
        if not CLIENT.fullmatch(client_id) or form.get("client_id") != client_id:
            return None
        for entry in options.entries(self._world.settings, "client"):
            if entry["client_id"] == client_id:
                return str(entry["ruc"]) if secret == entry["client_secret"] else None
        return "" if secret and secret != WRONG_PASSWORD else None

    def _issued(self, scope: str, ruc: str) -> Response:
        seconds = options.read(self._world.settings, ruc).token_seconds
        text = secrets.token_urlsafe(48)
        until = self._world.now() + timedelta(seconds=seconds)
        with self._lock:
            self._tokens[text] = Token(scope, ruc, until)
        return rest.answer(
            200, {"access_token": text, "token_type": "Bearer", "expires_in": seconds}
        )


def _refused(status: int, error: str, text: str = "") -> Response:
    described = text or "El cliente o el usuario no están autorizados"
    return rest.answer(status, {"error": error, "error_description": described})
