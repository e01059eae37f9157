"""One HTTP client for the whole process: kept connections, certificates always verified.

What matters of a failure is whether bytes of the request may have left (`NoReply.left`): before
that nothing happened, after it the authority may hold the document.
"""

from __future__ import annotations

import time
from functools import cache
from urllib.parse import urlencode

import httpx

from acuse.domain.submission import Call, Form, NoReply, Reply

LARGEST = 20 * 1024 * 1024
SANDBOX = "sandbox://"
MASK = b"***"
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


@cache
def _client() -> httpx.Client:
    """The process's client: no redirects, no proxies from the environment."""
    return httpx.Client(
        follow_redirects=False,
        trust_env=False,
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=30),
        headers={"user-agent": "acuse"},
    )


def perform(call: Call, *, sandbox_url: str | None) -> Reply | NoReply:
    """What came back; never raises for anything that a network or a server can do.

    `sandbox://x/y` leads to the pretended world at `sandbox_url`, and nowhere without one.
    """
    url = call.url
    if url.startswith(SANDBOX):
        if not sandbox_url:
            return NoReply("no sandbox is running", left=False)
        url = f"{sandbox_url}/{url.removeprefix(SANDBOX)}"
    timeout = httpx.Timeout(call.read_timeout, connect=call.connect_timeout)
    deadline = time.monotonic() + call.connect_timeout + 2 * call.read_timeout
    body, headers = _body(call)
    try:
        with _client().stream(
            call.method, url, headers=headers, content=body, timeout=timeout
        ) as answer:
            return _read(answer, deadline)
    except NEVER_LEFT as error:
        return NoReply(_reason(error), left=False)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
        return NoReply(_reason(error), left=not isinstance(error, httpx.InvalidURL))


def _read(answer: httpx.Response, deadline: float) -> Reply | NoReply:
    """The whole body, within bounds of size and time: a server may drip for ever."""
    pieces, size = [], 0
    for piece in answer.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            return NoReply(f"a reply of more than {LARGEST} bytes", left=True)
        if time.monotonic() > deadline:
            return NoReply("the reply took too long", left=True)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Reply(answer.status_code, headers, b"".join(pieces))


def masked(call: Call) -> bytes:
    """The request's body as it may be kept: its secrets replaced."""
    body, _ = _body(call)
    for secret in call.secret_parts:
        if secret:
            body = body.replace(secret.encode(), MASK)
            body = body.replace(urlencode({"": secret})[1:].encode(), MASK)
    return body


def _body(call: Call) -> tuple[bytes, dict[str, str]]:
    headers = dict(call.headers)
    if isinstance(call.body, Form):
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        return urlencode(call.body.fields).encode(), headers
    return call.body, headers


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
