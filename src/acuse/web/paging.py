"""Lists a page at a time, newest first: each page goes on below the last key of the one before."""

from __future__ import annotations

from django.http import HttpRequest


def before(request: HttpRequest) -> int | None:
    """The key that the page asked for goes on below; None for the first, and where none is told."""
    return whole(request.GET.get("antes", ""))


def whole(told: str) -> int | None:
    """The key that was told; None for what is none, and what no key is as long as."""
    # isdigit() alone lets "²" through, which is no number to int().
    return int(told) if told.isascii() and told.isdigit() and len(told) < 18 else None
