"""Where an authority calls back. Whoever calls, and whatever it says, gets the same answer."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from acuse.flow import hints, outside

MOST_READ = 32 * 1024  # a caller wants its letter taken; nothing in it is looked at


@csrf_exempt
def heard(request: HttpRequest, ticket: str) -> HttpResponse:
    """204, always; a genuine address brings the next question to the authority forward."""
    submission_id = hints.about(ticket) if request.method == "POST" else None
    if submission_id is not None:
        with suppress(OSError):  # it was cut: a hint all the same
            request.read(MOST_READ)
        hints.heard(submission_id, at=outside.now())
    return HttpResponse(status=204)
