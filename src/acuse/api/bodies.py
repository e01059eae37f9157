"""What a call brings: JSON with exact figures, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from acuse.api.answers import Refused
from acuse.domain.json_text import parse_json
from acuse.domain.problem import Problem
from acuse.flow import receive

JSON = "application/json"
FILES = frozenset({"application/zip", "application/xml", "text/xml", "application/octet-stream"})
FORM = "multipart/form-data"
MOST_PARTS = 20
ROOM = 64 * 1024  # for what surrounds a file in a form
NO_OBJECT = Problem("", "XX-DOC-0", "El cuerpo debe ser un objeto JSON: {…}.")
NO_FILE = Problem("file", "XX-REC-6", "Falta el archivo: el ZIP o el XML de tu proveedor.")


def mapping(request: HttpRequest) -> Mapping[str, object]:
    """The JSON object of the call. Raises Refused: 413, 415, 400 for no JSON, 422 for no object."""
    if request.content_type != JSON:
        raise Refused(415)
    try:
        raw = request.body
    except RequestDataTooBig:
        raise Refused(413) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = f"El cuerpo no es texto UTF-8 (byte {error.start})."
        raise Refused(400, Problem("", "XX-DOC-15", told)) from None
    found = parse_json(text)
    if isinstance(found, Problem):
        raise Refused(400, found)
    if not isinstance(found, dict):
        raise Refused(422, NO_OBJECT)
    return cast("Mapping[str, object]", found)


def files(request: HttpRequest) -> tuple[bytes, ...]:
    """The file of the call: its body, or the parts `file` of a form. Raises Refused."""
    kind = request.content_type
    if kind != FORM and kind not in FILES:
        raise Refused(415)
    if _length(request) > receive.LARGEST + ROOM:
        raise Refused(413, receive.TOO_LARGE)
    found = _parts(request) if kind == FORM else (request.read(),)
    if not any(found):
        raise Refused(422, NO_FILE)
    if sum(map(len, found)) > receive.LARGEST:
        raise Refused(413, receive.TOO_LARGE)
    return found


def _parts(request: HttpRequest) -> tuple[bytes, ...]:
    return tuple(part.read() for part in request.FILES.getlist("file")[:MOST_PARTS])


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if str(told).isdigit() else 0
