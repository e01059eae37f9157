"""The public page of a document, its files, and the word of its script that somebody saw it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from acuse.domain.face import Attachment
from acuse.domain.visits import Visit
from acuse.flow import outside, papers, public_pages
from acuse.gateways.render import RenderFailed
from acuse.store.public_pages import Page
from acuse.web.download import attachment
from acuse.web.public import answers, shown, words

MAKERS: dict[str, Callable[[int], Attachment | None]] = {
    "pdf": papers.pdf,
    "xml": papers.xml,
    "respuesta": papers.receipt,
    "todo": papers.everything,
}
# One transparent pixel (GIF89a): header, two colours, their transparency, the image, the end.
NOTHING = bytes.fromhex(
    "4749463839610100010080000000000000000021f90401000000002c00000000010001000002024401003b"
)


def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view with the page that the token opens; the same 404 for any other token."""

    @wraps(view)
    def entered(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            found = public_pages.find(token, _caller(request), at=outside.now())
        except public_pages.TooMany:
            return answers.too_many(words.chosen(request))
        if found is None:
            return answers.absent(words.chosen(request))
        return answers.guarded(view(request, found, token=token, **kwargs))

    return entered


@require_safe
@opened
def page(request: HttpRequest, found: Page, token: str) -> HttpResponse:
    """The document in short, where it stands, and what can be downloaded."""
    public_pages.fetched(found, _visit(request, found), at=outside.now())
    language, told = words.chosen(request), shown.of(found)
    values = shown.values(told, language) | {"token": token}
    return answers.shown("public/page.html", language, values, shown.facts(told, language))


@require_safe
@opened
def file(request: HttpRequest, found: Page, token: str, name: str) -> HttpResponse:
    """One file, as it was mailed where it was."""
    if name not in MAKERS:
        return answers.absent(words.chosen(request))
    try:
        made = MAKERS[name](found.document_id)
    except RenderFailed:
        return answers.shown(
            "public/later.html", words.chosen(request), {"token": token}, status=503
        )
    if made is None:
        return answers.absent(words.chosen(request))
    public_pages.taken(found, name, made.name, _visit(request, found), at=outside.now())
    return attachment(made.name, made.content, made.content_type)


@csrf_exempt  # there is no session that another site could ride on: the token is all
@require_POST
@opened
def seen(request: HttpRequest, found: Page, token: str) -> HttpResponse:
    """The script's word that the page is before somebody's eyes."""
    public_pages.visited(found, _visit(request, found), at=outside.now())
    return HttpResponse(status=204)


@require_safe
@opened
def pixel(request: HttpRequest, found: Page, token: str) -> HttpResponse:
    """The image in a mail of a company that wants to know of openings: nothing, one by one."""
    public_pages.opened(found, _visit(request, found, image=True), at=outside.now())
    return HttpResponse(NOTHING, content_type="image/gif")


def _visit(request: HttpRequest, found: Page, *, image: bool = False) -> Visit:
    told = request.headers
    purposes = (told.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"))
    return Visit(
        method=request.method or "",
        agent=told.get("User-Agent", ""),
        mode=told.get("Sec-Fetch-Mode", ""),
        site=told.get("Sec-Fetch-Site", ""),
        purpose="".join(purposes),
        automated=request.method == "POST" and request.POST.get("auto") == "1",
        image=image,
        since_left=public_pages.since_left(found, outside.now()),
    )


def _caller(request: HttpRequest) -> str:
    """The client's address: the socket's, or what a proxy of ours says (its last word)."""
    name = settings.CLIENT_ADDRESS_HEADER
    told = request.headers.get(name, "") if name else request.META.get("REMOTE_ADDR", "")
    return str(told).rpartition(",")[2].strip()
