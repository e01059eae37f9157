"""What SUNAT's JSON services answer in common: a body, a token, a refused token.

Source: peru.md 5.1, 5.6.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from acuse.domain.submission import (
    Cause,
    Finding,
    NeedsPerson,
    NoAnswer,
    Note,
    Noted,
    Refused,
    Reply,
)
from acuse.jurisdictions.pe import memory
from acuse.jurisdictions.pe.calls_login import GRE_TOKEN, TOKEN_OF
from acuse.jurisdictions.pe.talk import Talk

EARLY = timedelta(seconds=60)  # a token is not used in its last minute, nor past half its life
ONE_MORE_TRY = timedelta(minutes=2)  # a token refused so soon after another is final
USUAL_LIFE = 3600
NOT_ACCEPTED = {
    True: "SUNAT no acepta las credenciales de la API de guías{told}. Corrígelas en Certificado y "
    "credenciales.",
    False: "SUNAT no acepta las credenciales de la API de consulta{told}: no se le puede preguntar "
    "por {number}. Corrígelas en Certificado y credenciales y reintenta.",
}


def body_of(reply: Reply) -> dict[str, Any]:
    """The JSON object of a reply, empty for anything else."""
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def text_of(told: object, most: int = 500) -> str:
    """A text or number of a JSON body as text, "" for anything else."""
    if isinstance(told, bool) or not isinstance(told, str | int):
        return ""
    return str(told)[:most].strip() if isinstance(told, str) or abs(told) < 10**18 else ""


def logged_in(talk: Talk, reply: Reply) -> Finding:
    """A token to keep, refused credentials, or a service that does not answer: told apart."""
    name, refused = TOKEN_OF[talk.operation]
    body = body_of(reply)
    token = _token(body.get("access_token"))
    error = text_of(body.get("error"), 100)
    if reply.status == 200 and token:
        if talk.case.note(refused, talk.at) == memory.mark(token):
            return _not_accepted(talk, name, "")  # else the same token would be tried for ever
        return Noted({name: Note(token, talk.at + _good_for(body))})
    if reply.status in (400, 401, 403) or (error and reply.status < 500):
        return _not_accepted(talk, name, error)
    return NoAnswer(False, f"log-in: HTTP {reply.status} without a token")


def token_refused(talk: Talk, name: str, refused: str) -> Finding:
    """A token refused before it was read: another is fetched once; a second one is final."""
    mark = memory.mark(talk.call.headers.get("authorization", "").rpartition(" ")[2])
    if talk.case.note(refused, talk.at) in (None, mark):
        return Noted({name: None, refused: Note(mark, talk.at + ONE_MORE_TRY)})
    return _not_accepted(talk, name, "")


def _not_accepted(talk: Talk, name: str, error: str) -> Finding:
    """The guías' credentials are needed to send: the channel stops. The register's only to ask."""
    told = f" ({error})" if error else ""
    text = NOT_ACCEPTED[name == GRE_TOKEN].format(told=told, number=talk.case.number)
    if name == GRE_TOKEN:
        return Refused(text, Cause.CREDENTIALS, error or "401")
    return NeedsPerson(text)


def _token(told: object) -> str:
    """The token, "" for none, or for one that could not stand in a header."""
    good = isinstance(told, str) and told.isascii() and told.isprintable() and " " not in told
    return str(told) if good else ""


def _good_for(body: dict[str, Any]) -> timedelta:
    """How long to use it; a token of seconds is used too, or it would be fetched for ever."""
    told = body.get("expires_in", USUAL_LIFE)
    good = isinstance(told, int) and not isinstance(told, bool) and 0 < told < 10**7
    life = timedelta(seconds=told if good else USUAL_LIFE)
    return max(life - EARLY, life / 2)
