"""The pretended identity provider: password and refresh grants, users that get blocked."""

from __future__ import annotations

import json
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from acuse_sandbox.world import Request, Response, World

WRONG_PASSWORD = "mala"  # noqa: S105 - the one password that this provider refuses
FAILURES_TO_BLOCK = 5


@dataclass(frozen=True, slots=True)
class Token:
    """Whose it is, and until when it is good."""

    user: str
    until: datetime


class Tokens:
    """Tokens by their text."""

    def __init__(self, world: World) -> None:
        self._world = world
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

    def user(self, request: Request) -> str | None:
        """The user behind a bearer token that is good now, None without one."""
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            token = self._access.get(text)
        if scheme.lower() != "bearer" or token is None or token.until <= self._world.now():
            return None
        return token.user

    def grant(self, request: Request) -> tuple[str, Response]:
        """What becomes of a log-in ("accepted" or "refused"), and the answer to it."""
        if self._world.settings.get("hacienda.idp") == "down":
            return "fault", Response(503, b"<html>mantenimiento</html>")
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        match form.get("grant_type"):
            case "password":
                return self._by_password(form.get("username", ""), form.get("password", ""))
            case "refresh_token":
                with self._lock:
                    kept = self._refresh.get(form.get("refresh_token", ""))
                if kept is None or kept.until <= self._world.now():
                    return "refused", _error(400, "invalid_grant")
                return "accepted", self._issue(kept.user)
        return "refused", _error(400, "unsupported_grant_type")

    def _by_password(self, user: str, password: str) -> tuple[str, Response]:
        with self._lock:
            if self._failures.get(user, 0) >= FAILURES_TO_BLOCK:
                return "refused", _error(403, "user_blocked")
            if not user or not password or password == WRONG_PASSWORD:
                self._failures[user] = self._failures.get(user, 0) + 1
                return "refused", _error(401, "invalid_grant")
            self._failures.pop(user, None)
        return "accepted", self._issue(user)

    def _issue(self, user: str) -> Response:
        seconds = int(self._world.settings.get("hacienda.token_seconds", "300"))
        now = self._world.now()
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        with self._lock:
            self._access[access] = Token(user, now + timedelta(seconds=seconds))
            self._refresh[refresh] = Token(user, now + timedelta(seconds=36000))
        body = {
            "access_token": access,
            "expires_in": seconds,
            "refresh_token": refresh,
            "refresh_expires_in": 36000,
            "token_type": "bearer",
        }
        return Response(200, json.dumps(body).encode(), {"Content-Type": "application/json"})


def digits(user: str) -> str:
    """The identity number in a user's name: cpj-3-101-999888@… is 3101999888's."""
    name = user.partition("@")[0]
    found = re.sub(r"(?<=\d)-(?=\d)", "", name)
    numbers: list[str] = re.findall(r"\d{9,12}", found)
    return numbers[0].lstrip("0") if numbers else ""


def _error(status: int, error: str) -> Response:
    body = json.dumps({"error": error}).encode()
    return Response(status, body, {"Content-Type": "application/json"})
