"""SMTP step by step: one recipient a transaction, and the stage of every failure known.

`smtplib.sendmail` cannot tell "certainly not sent" from "maybe sent" (reliability.md E9); here the
caller is asked right before the final dot, and everything before it is certainly not sent.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from acuse.domain.recipient import SmtpOutcome, Stage

CONNECT_SECONDS = 20.0
REPLY_SECONDS = 120.0
DOT_SECONDS = 600.0  # RFC 5321 4.5.3.2.6: less makes duplicates (reliability.md F75)
LONGEST_LINE = 4096
MOST_LINES = 200
IDLE_SECONDS = 60.0  # a kept connection older than that is not trusted
OK = 200
TOO_LARGE = 552


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "NONE"  # loopback only
    STARTTLS = "STARTTLS"  # demanded, never optional
    TLS = "TLS"


@dataclass(frozen=True, slots=True)
class Route:
    """A mail server and how to enter it."""

    host: str
    port: int
    security: Security = Security.NONE
    username: str = ""
    password: str = field(default="", repr=False)
    helo: str = "localhost"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message made ready for the wire once: every line ends in CRLF, leading dots doubled."""

    wire: bytes
    size: int


class Broke(Exception):
    """The dialogue ended at a stage; `code` is 0 where no reply could be read."""

    def __init__(self, stage: Stage, code: int, text: str) -> None:
        self.outcome = SmtpOutcome(stage, code, text)
        super().__init__(f"{stage}: {code} {text}")


def prepare(message: bytes) -> Prepared:
    """The message for the wire; raises ValueError for a bare CR or LF, which servers read apart."""
    if message.replace(b"\r\n", b"").translate(None, b"\r\n") != message.replace(b"\r\n", b""):
        raise ValueError("a message has a bare CR or LF")
    stuffed = message.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    if not stuffed.endswith(b"\r\n"):
        stuffed += b"\r\n"
    return Prepared(stuffed, len(message))


_local = threading.local()


def send(
    prepared: Prepared,
    *,
    sender: str,
    recipient: str,
    route: Route,
    before_dot: Callable[[], bool],
) -> SmtpOutcome:
    """How the attempt ended. `before_dot` is asked right before the dot; False abandons the mail.

    A kept connection that proves dead before the message is replaced once, silently: nothing was
    sent on it.
    """
    for kept in (True, False):
        try:
            session = _session(route, kept=kept)
        except Broke as broken:
            return broken.outcome
        try:
            return session.transact(prepared, sender, recipient, before_dot)
        except Broke as broken:
            _forget(route)
            dead = broken.outcome.stage is Stage.MAIL and broken.outcome.code == 0
            if not (dead and session.used):
                return broken.outcome
    return SmtpOutcome(Stage.MAIL, 0, "the connection ends again and again")


def close_all() -> None:
    """End this thread's kept connections."""
    for route in list(_sessions()):
        _forget(route)


def _sessions() -> dict[Route, Session]:
    kept: dict[Route, Session] | None = getattr(_local, "sessions", None)
    if kept is None:
        kept = _local.sessions = {}
    return kept


def _session(route: Route, *, kept: bool) -> Session:
    session = _sessions().get(route)
    if session is not None and kept and time.monotonic() - session.last < IDLE_SECONDS:
        return session
    _forget(route)
    session = Session(route)
    _sessions()[route] = session
    return session


def _forget(route: Route) -> None:
    session = _sessions().pop(route, None)
    if session is not None:
        session.close()


class Session:
    """One connection to a mail server, greeted, protected and logged in."""

    def __init__(self, route: Route) -> None:
        self.used = False
        self.last = time.monotonic()
        self._buffer = b""
        self._extensions: dict[str, str] = {}
        try:
            self._socket = socket.create_connection((route.host, route.port), CONNECT_SECONDS)
        except OSError as error:
            raise Broke(Stage.CONNECT, 0, str(error)) from error
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open(route)
        except BaseException:
            self._socket.close()
            raise

    def transact(
        self,
        prepared: Prepared,
        sender: str,
        recipient: str,
        before_dot: Callable[[], bool],
    ) -> SmtpOutcome:
        """One mail to one recipient; raises Broke where the dialogue ended early."""
        limit = self._extensions.get("SIZE", "")
        if limit.isdigit() and 0 < int(limit) < prepared.size:
            return SmtpOutcome(Stage.RCPT, TOO_LARGE, f"5.3.4 the server takes {limit} bytes")
        refused = self._envelope(prepared, sender, recipient)
        if refused is not None:
            return refused
        self._write(Stage.BODY, prepared.wire)
        if not before_dot():
            self.close()
            raise Broke(Stage.BODY, 0, "abandoned before the dot")
        self._write(Stage.DOT, b".\r\n")
        code, text = self._reply(Stage.DOT, DOT_SECONDS)
        self.used, self.last = True, time.monotonic()
        return SmtpOutcome(Stage.DOT, code, text)

    def close(self) -> None:
        """End the connection; a mail that the server took stays taken."""
        try:
            self._socket.sendall(b"QUIT\r\n")
        except OSError:
            pass  # it was dead already
        finally:
            self._socket.close()

    def _envelope(self, prepared: Prepared, sender: str, recipient: str) -> SmtpOutcome | None:
        """MAIL, RCPT and DATA, in one write where the server allows; None when it says 354."""
        size = f" SIZE={prepared.size}" if "SIZE" in self._extensions else ""
        commands = (
            (Stage.MAIL, f"MAIL FROM:<{sender}>{size}\r\n".encode()),
            (Stage.RCPT, f"RCPT TO:<{recipient}>\r\n".encode()),
            (Stage.DATA, b"DATA\r\n"),
        )
        if "PIPELINING" in self._extensions:
            self._write(Stage.MAIL, b"".join(command for _, command in commands))
            replies = [(stage, *self._reply(stage)) for stage, _ in commands]
            return self._first_refusal(replies, piped=True)
        for stage, command in commands:
            self._write(stage, command)
            refused = self._first_refusal([(stage, *self._reply(stage))], piped=False)
            if refused is not None:
                return refused
        return None

    def _first_refusal(
        self, replies: list[tuple[Stage, int, str]], *, piped: bool
    ) -> SmtpOutcome | None:
        refused = next(
            (r for r in replies if r[1] != 354 and not (r[0] is not Stage.DATA and r[1] < 300)),
            None,
        )
        if refused is None:
            return None
        if piped and replies[-1][1] == 354:  # it awaits a message that nobody wants: an empty one
            raise Broke(*refused)
        self._write(Stage.MAIL, b"RSET\r\n")
        self._reply(refused[0])
        self.used, self.last = True, time.monotonic()
        return SmtpOutcome(*refused)

    def _open(self, route: Route) -> None:
        if route.security is Security.TLS:
            self._protect(route.host)
        self._expect(Stage.GREETING)
        self._hello(route.helo)
        if route.security is Security.STARTTLS:
            if "STARTTLS" not in self._extensions:
                raise Broke(Stage.STARTTLS, 530, "the server offers no STARTTLS")
            self._write(Stage.STARTTLS, b"STARTTLS\r\n")
            self._expect(Stage.STARTTLS)
            self._buffer = b""  # whatever was said before the handshake is not trusted
            self._protect(route.host)
            self._hello(route.helo)
        if route.username:
            self._log_in(route)

    def _hello(self, helo: str) -> None:
        self._write(Stage.EHLO, f"EHLO {helo}\r\n".encode())
        text = self._expect(Stage.EHLO)
        self._extensions = {}
        for line in text.splitlines()[1:]:
            name, _, value = line.strip().partition(" ")
            self._extensions[name.upper()] = value

    def _log_in(self, route: Route) -> None:
        token = b64encode(f"\0{route.username}\0{route.password}".encode())
        self._write(Stage.AUTH, b"AUTH PLAIN " + token + b"\r\n")
        self._expect(Stage.AUTH)

    def _protect(self, host: str) -> None:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except OSError as error:
            raise Broke(Stage.STARTTLS, 0, str(error)) from error

    def _expect(self, stage: Stage) -> str:
        code, text = self._reply(stage)
        if not OK <= code < 300:
            raise Broke(stage, code, text)
        return text

    def _write(self, stage: Stage, data: bytes) -> None:
        try:
            self._socket.settimeout(REPLY_SECONDS)
            self._socket.sendall(data)
        except OSError as error:
            raise Broke(stage, 0, str(error)) from error

    def _reply(self, stage: Stage, seconds: float = REPLY_SECONDS) -> tuple[int, str]:
        """Code and text of one reply; raises Broke where none can be read."""
        lines: list[str] = []
        deadline = time.monotonic() + seconds
        while len(lines) < MOST_LINES:
            line = self._line(stage, deadline)
            code, mark, text = line[:3], line[3:4], line[4:]
            if not code.isdigit() or mark not in ("", " ", "-"):
                raise Broke(stage, 0, f"unreadable: {line[:80]!r}")
            lines.append(text)
            if mark != "-":
                return int(code), "\n".join(lines)
        raise Broke(stage, 0, "a reply without end")

    def _line(self, stage: Stage, deadline: float) -> str:
        while b"\n" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or len(self._buffer) > LONGEST_LINE:
                raise Broke(stage, 0, "no reply in time" if left <= 0 else "an endless line")
            try:
                self._socket.settimeout(left)
                piece = self._socket.recv(65536)
            except OSError as error:
                raise Broke(stage, 0, str(error) or type(error).__name__) from error
            if not piece:
                raise Broke(stage, 0, "the server ended the connection")
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.rstrip(b"\r").decode("utf-8", "replace")
