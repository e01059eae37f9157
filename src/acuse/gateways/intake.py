"""The door for returned mail: an LMTP and SMTP server for one domain, behind a real mail server.

It says 250 only after the message is kept, and "later" where it cannot be: whoever hands it over
still has it then. It relays nothing, answers nothing and knows nobody's names.
"""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from acuse.domain.returned import LARGEST
from acuse.gateways.intake_wire import Gone, TooLong, Wire

log = structlog.get_logger()
_PATH = re.compile(
    r' *<((?:"[^"\x00-\x1f\x7f]{0,64}"|[^ <>"\x00-\x1f\x7f]){0,320})>((?: +[!-~]+)*) *'
)
_SIZE = re.compile(r"(?i)\bSIZE=(\d{1,12})\b")


class Later(Exception):
    """The message cannot be kept now; its server is asked to come again."""


Take = Callable[[bytes, tuple[str, ...]], object]  # the message, whom it was handed to


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection, and all of them, may use; seconds and counts."""

    largest: int = LARGEST
    recipients: int = 20
    connections: int = 20
    mails: int = 100  # in one connection
    faults: int = 10  # senseless commands in one connection
    idle: float = 60.0
    whole: float = 900.0


class Intake(socketserver.ThreadingTCPServer):
    """Listens once it is made; `take` keeps a message or raises Later."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self,
        address: tuple[str, int],
        *,
        domain: str,
        take: Take,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.domain = domain.lower()
        self.take = take
        self.limits = limits
        self._room = threading.BoundedSemaphore(limits.connections)
        super().__init__(address, _Dialogue)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def process_request(self, request: object, client_address: object) -> None:
        """A thread for the connection, if there is room for one."""
        assert isinstance(request, socket.socket)
        if not self._room.acquire(blocking=False):
            with contextlib.suppress(Gone):
                Wire(request, idle=1.0, whole=1.0).say(421, "4.3.2 too many connections")
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Serve one connection; its room is free again afterwards."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Log a fault of ours."""
        log.exception("intake failed")


class _Dialogue(socketserver.BaseRequestHandler):
    """One connection."""

    server: Intake

    def handle(self) -> None:
        """Serve it until it ends."""
        limits = self.server.limits
        self._wire = Wire(self.request, idle=limits.idle, whole=limits.whole)
        self._lmtp, self._mails, self._faults = False, 0, 0
        self._reset()
        try:
            self._wire.say(220, f"{self.server.domain} ready")
            while self._faults < limits.faults and self._mails < limits.mails:
                if not self._command(self._wire.line()):
                    return
            self._wire.say(421, "4.7.0 enough")
        except TooLong:
            self._last_word(500, "5.5.2 line too long")
        except Gone:
            return

    def _last_word(self, code: int, text: str) -> None:
        with contextlib.suppress(Gone):
            self._wire.say(code, text)

    def _reset(self) -> None:
        self._sender: str | None = None
        self._recipients: list[str] = []

    def _command(self, line: str) -> bool:
        """Obey one command; whether the dialogue goes on."""
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "LHLO" | "EHLO" | "HELO" as hello:
                self._hello(hello)
            case "MAIL":
                self._mail(rest)
            case "RCPT":
                self._rcpt(rest)
            case "DATA":
                self._data()
            case "RSET":
                self._reset()
                self._wire.say(250, "2.0.0 ok")
            case "NOOP":
                self._wire.say(250, "2.0.0 ok")
            case "VRFY":
                self._wire.say(252, "2.5.0 send it and see")
            case "QUIT":
                self._wire.say(221, "2.0.0 bye")
                return False
            case _:
                self._fault(500, "5.5.2 unknown command")
        return True

    def _hello(self, verb: str) -> None:
        self._reset()
        self._lmtp = verb == "LHLO"
        if verb == "HELO":
            self._wire.say(250, self.server.domain)
            return
        known = (f"SIZE {self.server.limits.largest}", "PIPELINING", "8BITMIME", "SMTPUTF8")
        self._wire.say(250, self.server.domain, *known, "ENHANCEDSTATUSCODES")

    def _mail(self, rest: str) -> None:
        found = _PATH.fullmatch(rest[5:]) if rest[:5].upper() == "FROM:" else None
        if found is None or self._sender is not None:
            self._fault(503 if found else 501, "5.5.1 MAIL FROM:<address>, once")
            return
        size = _SIZE.search(found[2])
        if size and int(size[1]) > self.server.limits.largest:
            self._wire.say(552, "5.3.4 too large")
            return
        self._sender = found[1]
        self._wire.say(250, "2.1.0 ok")

    def _rcpt(self, rest: str) -> None:
        found = _PATH.fullmatch(rest[3:]) if rest[:3].upper() == "TO:" else None
        if found is None or self._sender is None:
            self._fault(501 if self._sender is not None else 503, "5.5.1 MAIL, then RCPT TO:<…>")
            return
        local, _, domain = found[1].rpartition("@")
        if not local or domain.lower().rstrip(".") != self.server.domain:
            self._wire.say(550, "5.7.1 no mail for others is taken here")
        elif len(self._recipients) >= self.server.limits.recipients:
            self._wire.say(452, "4.5.3 too many recipients")
        else:
            self._recipients.append(found[1])
            self._wire.say(250, "2.1.5 ok")

    def _data(self) -> None:
        if not self._recipients:
            self._fault(503, "5.5.1 no recipient")
            return
        self._wire.say(354, "go on")
        self._mails += 1
        message = self._wire.message(self.server.limits.largest)
        code, text = (552, "5.3.4 too large") if message is None else self._taken(message)
        for _ in self._recipients if self._lmtp else (1,):  # LMTP answers for each (RFC 2033 4.2)
            self._wire.say(code, text)
        self._reset()

    def _taken(self, message: bytes) -> tuple[int, str]:
        """The answer: the message is kept, or it comes again."""
        head = f"Return-Path: <{self._sender}>\r\n".encode()  # RFC 5321 4.4: ours comes first
        try:
            self.server.take(head + message, tuple(self._recipients))
        except Later:
            return 451, "4.3.0 come again later"
        except Exception:  # whatever it was, the message is not kept
            log.exception("message not kept")
            return 451, "4.3.0 come again later"
        return 250, "2.0.0 kept"

    def _fault(self, code: int, text: str) -> None:
        self._faults += 1
        self._wire.say(code, text)
