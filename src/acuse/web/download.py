"""A file as the browser keeps it."""

from __future__ import annotations

from django.http import HttpResponse

from acuse.mail.headers import disposition


def attachment(name: str, content: bytes, content_type: str = "") -> HttpResponse:
    """The file to be saved under its name, never shown; without a type, a ZIP or an XML."""
    if not content_type:
        content_type = "application/zip" if content.startswith(b"PK") else "application/xml"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
