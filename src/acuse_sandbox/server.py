"""HTTP/1.1 on loopback, kept connections, one thread each: how the authorities are reached."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from acuse_sandbox.listener import HOST, Listener
from acuse_sandbox.world import Request, Response

LARGEST = 30 * 1024 * 1024
DRAINED = 4 * LARGEST  # so much of a refused body is read, that the client comes to the answer

Answer = Callable[[Request], Response]


class _Refused(Exception):
    """The request is not passed on: `args[0]` is the answer, and the connection ends."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def _answer(self) -> None:
        try:
            request = self._request()
        except _Refused as refused:
            self.close_connection = True
            self._send(refused.args[0])
            self._drain()
            return
        if request is not None:
            self._send(self.server.answered(request))

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def _request(self) -> Request | None:
        """The whole request; None where the client left before its end."""
        size = self._size()
        try:
            parts = urlsplit(self.path)
        except ValueError as error:
            raise _Refused(Response(400, b"unreadable target")) from error
        body = self.rfile.read(size)
        if len(body) < size:  # half a document must never be judged
            self.close_connection = True
            return None
        return Request(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )

    def _size(self) -> int:
        if "transfer-encoding" in self.headers:
            raise _Refused(Response(411, b"say Content-Length; chunks are not read"))
        told = self.headers.get("content-length", "0").strip()
        if not (told.isascii() and told.isdigit()):
            raise _Refused(Response(400, b"Content-Length is no number"))
        if len(told) > 12 or int(told) > LARGEST:
            raise _Refused(Response(413, b"at most %d bytes" % LARGEST))
        return int(told)

    def _send(self, response: Response) -> None:
        if response.delay:
            self.server.sleep(response.delay)
        if response.hang:
            self.close_connection = True
            return
        head = [f"HTTP/1.1 {response.status} {self.responses.get(response.status, ('',))[0]}"]
        head += [f"{name}: {value}" for name, value in response.headers.items()]
        head.append(f"Content-Length: {len(response.body)}")
        if self.close_connection:
            head.append("Connection: close")
        self.wfile.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + response.body)

    def _drain(self) -> None:
        """Read on for a while: closing over unread bytes resets, and the answer would be lost."""
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(1)
        read = 0
        while read < DRAINED and (piece := self.connection.recv(262144)):
            read += len(piece)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the ledger is the log."""


class Server(Listener):
    """One port that answers.

    Not http.server's own class, because that one asks the resolver for the host's name on start.
    """

    def __init__(
        self, answer: Answer, sleep: Callable[[float], None], *, port: int = 0, host: str = HOST
    ) -> None:
        super().__init__(_Handler, host=host, port=port)
        self._answer = answer
        self.sleep = sleep

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://{self.host}:{self.port}"

    def answered(self, request: Request) -> Response:
        """The answer; a fault of ours becomes 500 and is remembered."""
        try:
            return self._answer(request)
        except Exception:
            self.errors.append(traceback.format_exc())
            return Response(500, b"the sandbox itself failed")


def dispatcher(authorities: Mapping[str, Answer]) -> Answer:
    """An answer by the first part of the path: /sunat/billService goes to "sunat"."""

    def answer(request: Request) -> Response:
        name, _, rest = request.path.removeprefix("/").partition("/")
        authority = authorities.get(name)
        if authority is None:
            return Response(404, b"no such authority")
        return authority(
            Request(request.method, "/" + rest, request.query, request.headers, request.body)
        )

    return answer
