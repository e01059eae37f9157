"""One HTTP client for the whole process: kept connections, certificates always verified.

What matters of a failure is whether bytes of the request may have left (`NoReply.left`): before
that nothing happened, after it the authority may hold the document.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, quote_plus, urlencode
from xml.sax.saxutils import escape

import httpx

from acuse.domain.submission import Call, Form, NoReply, Reply
from acuse.gateways import deadline

LARGEST = 20 * 1024 * 1024
SANDBOX = "sandbox://"
MASK = b"***"
LEAVING = "http11.send_request_headers.started"
# What can be unpacked a bounded piece at a time; nothing else is read, whoever sends it.
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
PACKED = {"gzip", "x-gzip", "deflate"}
QUOTES = {'"': "&quot;"}


_making = threading.Lock()


def _client() -> httpx.Client:
    with _making:  # threads that begin together must not make one each
        return _made()


@cache
def _made() -> httpx.Client:
    """The process's client: no redirects, no proxies from the environment."""
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=30)
    return httpx.Client(
        transport=deadline.Transport(limits),
        follow_redirects=False,
        trust_env=False,
        headers={"user-agent": "acuse", "accept-encoding": "identity"},
    )


def close() -> None:
    """End the kept connections; the next call opens new ones."""
    with _making:
        _made().close()
        _made.cache_clear()


class _Progress:
    """Whether the request has begun to leave, as told by the connection itself."""

    left = False

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event == LEAVING:
            self.left = True


def perform(call: Call, *, sandbox_url: str | None) -> Reply | NoReply:
    """What came back; never raises for anything that a network or a server can do.

    `sandbox://x/y` leads to the pretended world at `sandbox_url`, and nowhere without one. The
    whole exchange has a deadline besides the time-out of each read: a server may drip for ever.
    """
    url = call.url
    if url.startswith(SANDBOX):
        if not sandbox_url:
            return NoReply("no sandbox is running", left=False)
        url = f"{sandbox_url}/{url.removeprefix(SANDBOX)}"
    progress = _Progress()
    body, headers = _body(call)
    try:
        with (
            deadline.within(time.monotonic() + call.connect_timeout + 2 * call.read_timeout),
            _client().stream(
                call.method,
                url,
                headers=headers,
                content=body,
                timeout=httpx.Timeout(call.read_timeout, connect=call.connect_timeout),
                extensions={"trace": progress},
            ) as answer,
        ):
            return _read(answer)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error, ValueError) as error:
        return NoReply(f"{type(error).__name__}: {error}"[:300], left=progress.left)


def _read(answer: httpx.Response) -> Reply | NoReply:
    """The whole body, within bounds."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing != "identity" and packing not in PACKED:
        return NoReply(f"a reply packed as {packing[:40]}", left=True)
    body = bytearray()
    for piece in _unpacked(answer) if packing in PACKED else answer.iter_raw():
        body += piece
        if len(body) > LARGEST:
            return NoReply(f"a reply of more than {LARGEST} bytes", left=True)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Reply(answer.status_code, headers, bytes(body))


def _unpacked(answer: httpx.Response) -> Iterator[bytes]:
    """The body's plain bytes, never more of them at once than may be kept."""
    unpacking = zlib.decompressobj(GZIP_OR_ZLIB)
    for piece in answer.iter_raw():
        yield unpacking.decompress(piece, LARGEST + 1)
    if not unpacking.eof:
        raise ValueError("a packed reply that was cut")


def masked(call: Call) -> bytes:
    """The request's body as it may be kept: its secrets replaced, however they were written."""
    body, _ = _body(call)
    written = {form for secret in call.secret_parts if secret for form in _written(secret)}
    for form in sorted(written, key=len, reverse=True):
        body = body.replace(form, MASK)
    return body


def _written(secret: str) -> Iterator[bytes]:
    """The forms that a text takes in XML, in a form body and in JSON."""
    for form in (
        secret,
        escape(secret),
        escape(secret, QUOTES),
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
    ):
        yield form.encode()


def _body(call: Call) -> tuple[bytes, dict[str, str]]:
    headers = dict(call.headers)
    if isinstance(call.body, Form):
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        return urlencode(call.body.fields).encode(), headers
    return call.body, headers
