"""A small SMTP server that can be told to misbehave, to the byte."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType

from acuse_sandbox.mailbox import Mailboxes
from acuse_sandbox.world import World

LARGEST = 30 * 1024 * 1024
END = b"\r\n.\r\n"
EXTENSIONS = (b"sandbox", b"SIZE %d" % LARGEST, b"PIPELINING", b"8BITMIME", b"SMTPUTF8")


@dataclass(slots=True)
class Misbehaviour:
    """One scripted fault.

    `stage` is greeting, ehlo, mail, rcpt, data, body or dot; `code` and `text` are the reply, or
    `action` is "cut" (close without a reply; at dot with `kept` telling whether the message
    stays), "silent" (hold `seconds`, then close) or "unreadable" (a reply without a code).
    """

    stage: str
    code: int = 0
    text: str = ""
    action: str = ""
    kept: bool = True
    seconds: float = 0.0
    times: int = 1


@dataclass(slots=True)
class MailScripts:
    """Faults waiting for their recipients, first in, first out."""

    _waiting: list[tuple[Mapping[str, str], Misbehaviour]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, match: Mapping[str, str], faults: list[Misbehaviour]) -> None:
        """Queue faults for the recipient that `match` names under "to", or for any."""
        with self._lock:
            self._waiting += [(dict(match), fault) for fault in faults]

    def take(self, stage: str, recipient: str) -> Misbehaviour | None:
        """The next fault of that stage for that recipient ("" while it is not known)."""
        with self._lock:
            for index, (match, fault) in enumerate(self._waiting):
                wanted = match.get("to", "")
                if fault.stage == stage and wanted.casefold() in ("", recipient.casefold()):
                    fault.times -= 1
                    if fault.times <= 0:
                        del self._waiting[index]
                    return fault
            return None

    def clear(self) -> None:
        """Forget what was scripted."""
        with self._lock:
            self._waiting.clear()


class _Cut(Exception):
    """The dialogue ends here."""


class _Dialogue(socketserver.BaseRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._buffer = b""
        self._sender, self._recipient = "", ""
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._say("greeting", b"220 sandbox.example ESMTP")
            while True:
                if not self._command(self._line()):
                    return
        except (_Cut, OSError):
            return

    def _command(self, line: bytes) -> bool:
        verb, _, rest = line.partition(b" ")
        match verb.upper():
            case b"EHLO" | b"HELO":
                replies = [b"250-%s" % one for one in EXTENSIONS]
                self._say("ehlo", b"\r\n".join([*replies[:-1], b"250 " + EXTENSIONS[-1]]))
            case b"MAIL":
                self._sender, self._recipient = _address(rest), ""
                self._say("mail", b"250 2.1.0 ok")
            case b"RCPT":
                self._recipient = _address(rest)
                if not self._say("rcpt", b"250 2.1.5 ok"):
                    self._recipient = ""
            case b"DATA":
                self._data()
            case b"RSET" | b"NOOP":
                self._send(b"250 2.0.0 ok")
            case b"QUIT":
                self._send(b"221 2.0.0 bye")
                return False
            case _:
                self._send(b"500 5.5.2 unknown command")
        return True

    def _data(self) -> None:
        if not self._recipient:
            self._send(b"503 5.5.1 no recipient")
            return
        if not self._say("data", b"354 go on"):
            return
        raw = self._message()
        fault = self.server.scripts.take("dot", self._recipient)
        if fault is None or (fault.action and fault.kept):
            self._keep(raw)
        if fault is None:
            self._send(b"250 2.0.0 kept")
        elif not self._misbehave(fault):
            self._recipient = ""

    def _message(self) -> bytes:
        fault = self.server.scripts.take("body", self._recipient)
        if fault is not None:
            self._more()
            raise _Cut
        data = b"\r\n" + self._buffer  # an empty message ends at once
        while (end := data.find(END, max(0, len(data) - 65536 - len(END)))) < 0:
            piece = self.request.recv(262144)
            if not piece or len(data) > LARGEST:
                raise _Cut
            data += piece
        self._buffer = data[end + len(END) :]
        return data[2 : end + 2].replace(b"\r\n..", b"\r\n.")

    def _keep(self, raw: bytes) -> None:
        unstuffed = raw[1:] if raw.startswith(b"..") else raw
        self.server.mailboxes.put(self._sender, self._recipient, unstuffed, self.server.world.now())

    def _say(self, stage: str, usual: bytes) -> bool:
        """Whether the usual reply was given; a scripted one may be given instead."""
        fault = self.server.scripts.take(stage, self._recipient)
        if fault is None:
            self._send(usual)
            return True
        return self._misbehave(fault)

    def _misbehave(self, fault: Misbehaviour) -> bool:
        if fault.action == "silent":
            self.server.world.sleep(fault.seconds)
        if fault.action in ("cut", "silent"):
            raise _Cut
        if fault.action == "unreadable":
            self._send(b"what?")
            raise _Cut
        self._send(f"{fault.code} {fault.text or 'scripted'}".encode())
        if fault.stage == "greeting" or fault.code == 421:
            raise _Cut
        return 200 <= fault.code < 400

    def _line(self) -> bytes:
        while b"\r\n" not in self._buffer:
            if len(self._buffer) > 8192:
                raise _Cut
            self._more()
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line

    def _more(self) -> None:
        piece = self.request.recv(65536)
        if not piece:
            raise _Cut
        self._buffer += piece

    def _send(self, reply: bytes) -> None:
        self.request.sendall(reply + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """The server on loopback; what it took lies in `mailboxes`."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self, world: World, mailboxes: Mailboxes, *, port: int = 0, host: str = "127.0.0.1"
    ) -> None:
        super().__init__((host, port), _Dialogue)
        self.world = world
        self.mailboxes = mailboxes
        self.scripts = MailScripts()
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error."""

    def __enter__(self) -> MailServer:
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


def _address(rest: bytes) -> str:
    found = re.search(rb"<([^>]*)>", rest)
    return found[1].decode("utf-8", "replace") if found else ""
