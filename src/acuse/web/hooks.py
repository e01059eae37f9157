"""Where mail providers post. Whoever has no address gets one and the same answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from acuse.domain.provider_event import Post
from acuse.flow import hooks, outside
from acuse.flow.hooks import Heard

ANSWERS = {
    Heard.KEPT: 200,
    Heard.UNKNOWN: 404,
    Heard.FORGED: 401,
    Heard.TOO_MANY: 429,
    Heard.UNCONFIRMED: 503,  # so that it is posted again
}


@csrf_exempt
def heard(request: HttpRequest, token: str) -> HttpResponse:
    """200 once the events are kept; 404 for an address that is none, whatever comes."""
    road = hooks.find(token)
    if road is None:
        return _answer(Heard.UNKNOWN)
    if request.method != "POST":  # some ask first if anybody is there
        return HttpResponse(status=200 if request.method == "HEAD" else 405)
    at = outside.now()
    if hooks.crowded(road, at=at):
        return _answer(Heard.TOO_MANY)
    try:
        body = request.read(hooks.LARGEST + 1)
    except (OSError, UnreadablePostError):  # it was cut
        return HttpResponse(status=400)
    if len(body) > hooks.LARGEST:
        return HttpResponse(status=413)
    headers = {name.lower(): told for name, told in request.headers.items()}
    return _answer(hooks.heard(road, Post(body, headers), at=at))


def _answer(what: Heard) -> HttpResponse:
    answer = HttpResponse(status=ANSWERS[what])
    if what is Heard.FORGED:
        answer["WWW-Authenticate"] = 'Basic realm="acuse"'  # some send the password only then
    return answer
