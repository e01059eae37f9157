"""Connections that obey a deadline of the whole exchange, not only the time-out of each read.

httpx knows a time-out for each read; a server that sends one byte of a header now and then keeps
a worker for hours. The pool's network layer is where every read passes.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import httpcore
import httpx
from httpcore import SOCKET_OPTION

_running = threading.local()


@contextmanager
def within(moment: float) -> Iterator[None]:
    """Everything that this thread reads and writes inside ends by that monotonic moment."""
    _running.until = moment
    try:
        yield
    finally:
        _running.until = None


def _left(timeout: float | None) -> float:
    """The shorter of a time-out and what is left until the deadline, in seconds."""
    until: float | None = getattr(_running, "until", None)
    if until is None:
        raise httpcore.LocalProtocolError("a connection used outside of a deadline")
    left = until - time.monotonic()
    return left if timeout is None else min(timeout, left)


@cache
def _context() -> ssl.SSLContext:
    """What every connection is verified by; reading the known authorities takes 25 ms."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Transport(httpx.HTTPTransport):
    """httpx's own transport over connections that obey the deadline."""

    def __init__(self, limits: httpx.Limits) -> None:
        context = _context()
        super().__init__(verify=context, trust_env=False, limits=limits)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_Network(),
        )


class _Network(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = super().connect_tcp(host, port, _left(timeout), local_address, socket_options)
        return _Stream(stream)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout)
        if left <= 0:
            raise httpcore.ReadTimeout("the reply took too long")
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = _left(timeout)
        if left <= 0:
            raise httpcore.WriteTimeout("the request took too long")
        self._stream.write(buffer, left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = max(0.001, _left(timeout))
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
