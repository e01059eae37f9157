"""A page of ours inside a page of ours: a mail's styles stand on its elements; it runs nothing."""

from __future__ import annotations

from typing import cast

from csp.decorators import csp

from acuse.web.access import View

POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "font-src": ["'self'"],
    "img-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}


def framed(view: View) -> View:
    """The view with that policy instead of the installation's."""
    return cast(View, csp(POLICY)(view))
