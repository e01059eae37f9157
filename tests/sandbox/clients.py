"""Clients that say exactly what a test tells them, and an authority that can be looked into."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any, Self
from urllib.parse import urlsplit

from acuse_sandbox.running import Sandbox
from acuse_sandbox.world import Request, Response

PATIENCE = 10.0
SENDER = "facturas@emisor.example"
CUSTOMER = "compras@cliente.example"
OTHER = "contador@cliente.example"
GREETING, EHLO = b"220 ", b"EHLO me.example"
MAIL, RCPT = b"MAIL FROM:<%s>" % SENDER.encode(), b"RCPT TO:<%s>" % CUSTOMER.encode()


class Toy:
    """An authority that answers what it is told and keeps what it was asked."""

    def __init__(self, answer: Response | None = None) -> None:
        self.answer = answer or Response(200, b"<ok/>", {"Content-Type": "text/xml"})
        self.asked: list[Request] = []
        self.cleared = 0

    def handle(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answer

    def clear(self) -> None:
        self.cleared += 1


class Smtp:
    """One SMTP session, replies as bytes."""

    def __init__(self, port: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._replies = self.connection.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._replies.close()
        self.connection.close()

    def reply(self) -> bytes:
        """The next reply, all its lines; b"" if the server closed or reset instead."""
        said = b""
        while True:
            try:
                line = self._replies.readline()
            except ConnectionError:
                return said
            said += line
            if line[3:4] != b"-":
                return said

    def say(self, *lines: bytes) -> bytes:
        """The reply to the last of these lines, each sent after the reply to the one before."""
        reply = b""
        for line in lines:
            self.connection.sendall(line + b"\r\n")
            reply = self.reply()
        return reply

    def envelope(self, *recipients: str) -> bytes:
        """The reply to DATA, after a new session's way to it."""
        self.reply()
        to = [b"RCPT TO:<%s>" % one.encode() for one in recipients or (CUSTOMER,)]
        return self.say(b"EHLO me.example", b"MAIL FROM:<%s>" % SENDER.encode(), *to, b"DATA")


def taken(sandbox: Sandbox) -> list[bytes]:
    """Every message the mail server kept."""
    return [one.raw for one in sandbox.mailboxes.all()]


def delivered(sandbox: Sandbox, wire: bytes) -> bytes:
    """The reply to a message that is sent, dot and all, as these bytes."""
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        smtp.connection.sendall(wire)
        return smtp.reply()


class Control:
    """The control port."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc

    def ask(self, path: str) -> Any:
        """What a GET answers, from JSON."""
        status, body = self.call("GET", path)
        assert status == 200, body
        return json.loads(body)

    def tell(self, path: str, body: object) -> Any:
        """What a POST answers, from JSON."""
        status, answer = self.call("POST", path, json.dumps(body).encode())
        assert status == 200, answer
        return json.loads(answer)

    def refusal(self, method: str, path: str, body: bytes = b"") -> str:
        """What was wrong, where the port answers 400."""
        status, answer = self.call(method, path, body)
        assert status == 400, answer
        return str(json.loads(answer)["error"])

    def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of any answer."""
        connection = http.client.HTTPConnection(self._address, timeout=PATIENCE)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
