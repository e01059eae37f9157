"""What the services without SOAP share: forms and JSON in, JSON out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from acuse_sandbox.world import Request, Response

LARGEST_FORM = 16 * 1024
LARGEST = 8 * 1024 * 1024
JSON = {"content-type": "application/json"}


class BadBody(Exception):
    """The body is no JSON object, or too large to be one."""


def answer(status: int, body: Mapping[str, Any]) -> Response:
    """A JSON answer."""
    return Response(status, json.dumps(body).encode(), JSON)


def form(request: Request) -> dict[str, str]:
    """The fields of a form; one given twice counts as not given."""
    if len(request.body) > LARGEST_FORM:
        return {}
    try:
        fields = parse_qs(request.body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items() if len(values) == 1}


def body(request: Request) -> dict[str, Any]:
    """The JSON object in a body; raises BadBody."""
    if len(request.body) > LARGEST:
        raise BadBody("too large")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadBody("not JSON") from error
    if not isinstance(found, dict):
        raise BadBody("not an object")
    return found


def text(told: Mapping[str, Any], name: str) -> str:
    """A member that is a text; "" for anything else."""
    found = told.get(name)
    return found.strip() if isinstance(found, str) else ""
