"""`Idempotency-Key`: what a caller sends again after a lost answer is not done again."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpResponse

from acuse.api import answers
from acuse.api.answers import Refused
from acuse.api.auth import ApiRequest
from acuse.domain.problem import Problem
from acuse.flow import outside, replay
from acuse.flow.replay import Told

FORM = re.compile(r"[\x21-\x7e]{1,255}")
WRONG = Problem(
    "Idempotency-Key",
    "XX-API-13",
    "La Idempotency-Key lleva de 1 a 255 letras, cifras o signos, sin espacios.",
)


def once(request: ApiRequest, do: Callable[[], Any], status: int) -> HttpResponse:
    """What `do` tells, as JSON with that status; under a key that was used, what it told then."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return answers.value(do(), status)
    if not FORM.fullmatch(key):
        raise Refused(400, WRONG)

    def act() -> Told:
        return Told(status, answers.written(do()))

    told = replay.once(request.company.id, key, _asked(request), act, at=outside.now())
    response = answers.text(told.body, told.status)
    if told.again:
        response["Idempotency-Replayed"] = "true"
    return response


def _asked(request: ApiRequest) -> str:
    """The hash of what is asked: method, address and body."""
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return sha256(head + request.body).hexdigest()
