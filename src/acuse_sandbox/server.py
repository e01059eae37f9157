"""HTTP/1.1 on loopback, kept connections, one thread each: how the authorities are reached."""

from __future__ import annotations

import socket
import threading
import traceback
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from acuse_sandbox.world import Request, Response

LARGEST = 30 * 1024 * 1024
HOST = "127.0.0.1"

Answer = Callable[[Request], Response]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _answer(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        if size > LARGEST:
            self.close_connection = True
            self._send(Response(413))
            return
        parts = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(size),
        )
        self._send(self.server.answered(request))

    do_GET = do_POST = do_PUT = do_DELETE = _answer

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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the ledger is the log."""


class Server(ThreadingHTTPServer):
    """One port that answers; what goes wrong inside is remembered in `errors`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, answer: Answer, sleep: Callable[[float], None], *, port: int = 0, host: str = HOST
    ) -> None:
        super().__init__((host, port), _Handler)
        self._answer = answer
        self.sleep = sleep
        self.errors: list[str] = []
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def answered(self, request: Request) -> Response:
        """The answer; a fault of ours becomes 500 and is remembered."""
        try:
            return self._answer(request)
        except Exception:
            self.errors.append(traceback.format_exc())
            return Response(500, b"the sandbox itself failed")

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in mid-sentence is no error."""

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


def dispatcher(authorities: Mapping[str, Answer]) -> Answer:
    """An answer by the first part of the path: /sunat/billService goes to "sunat"."""

    def answer(request: Request) -> Response:
        _, name, rest = (request.path + "//").split("/", 2)
        authority = authorities.get(name)
        if authority is None:
            return Response(404, b"no such authority")
        below = "/" + rest.removesuffix("/").removesuffix("/")
        return authority(
            Request(request.method, below, request.query, request.headers, request.body)
        )

    return answer
