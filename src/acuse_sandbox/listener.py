"""A port with a thread for each connection, of which nothing remains once it is left."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import sys
import threading
import traceback
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
PATIENCE = 5.0  # seconds for a connection's thread to end after its connection was closed


class Listener(socketserver.ThreadingTCPServer):
    """The port is taken on entering; what goes wrong inside is remembered in `errors`."""

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self, handler: type[socketserver.BaseRequestHandler], *, host: str, port: int
    ) -> None:
        super().__init__((host, port), handler, bind_and_activate=False)
        self.errors: list[str] = []
        self._open: dict[threading.Thread, socket.socket] = {}
        self._lock = threading.Lock()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def host(self) -> str:
        """The address it listens on."""
        return str(self.server_address[0])

    @property
    def port(self) -> int:
        """The port it listens on; known once entered."""
        return int(self.server_address[1])

    def _accept(self) -> None:
        """Take connections until told; socketserver's own loop would look up only now and then."""
        while not self._leaving.is_set():
            try:
                connection, address = self.get_request()
            except OSError:  # a client that left while it waited
                continue
            if self._leaving.is_set():
                connection.close()
            else:
                self.process_request(connection, address)

    # The signatures below are socketserver's, which knows datagrams as "requests" too.
    def process_request(self, request: object, client_address: object) -> None:
        """Serve one connection in a thread of its own."""
        assert isinstance(request, socket.socket)
        thread = threading.Thread(
            target=self._serve, args=(request, client_address), name="connection", daemon=True
        )
        with self._lock:
            self._open[thread] = request
        thread.start()

    def _serve(self, request: socket.socket, client_address: object) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._lock:
                del self._open[threading.current_thread()]

    def finish_request(self, request: object, client_address: object) -> None:
        """Serve one connection, without waiting for full packets."""
        assert isinstance(request, socket.socket)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().finish_request(request, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in mid-sentence is no error; anything else is ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            self.errors.append(traceback.format_exc())

    def __enter__(self) -> Self:
        self.server_bind()
        self.server_activate()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leaving.set()
        with contextlib.suppress(OSError):  # wakes the loop, if no client just did
            socket.create_connection((self.host, self.port), timeout=PATIENCE).close()
        self._thread.join(PATIENCE)
        self.server_close()
        with self._lock:
            left = dict(self._open)
            for connection in left.values():
                with contextlib.suppress(OSError):  # the client was quicker
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in left:
            thread.join(PATIENCE)
