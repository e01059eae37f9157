"""A dialogue with a mail server: greeted, protected, logged in, then one mail after another."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

from acuse.domain.mailbox import Security
from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways.smtp_envelope import Envelope, commands
from acuse.gateways.smtp_line import KEPT_TEXT, Broke, Line
from acuse.gateways.smtp_transcript import HIDDEN, Transcript

CLOSING = 421  # whatever was asked, the server ends the dialogue (RFC 5321 3.8)
GO_AHEAD = 354
MORE = 334  # AUTH asks for the next word
TOO_LARGE = 552
NOT_POSSIBLE = 553
NEEDS_TLS = 530
NO_WAY_IN = 504
UNPROTECTED = 538
LOOPBACK = re.compile(r"127\.[0-9.]+|::1|localhost")
UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f<>]")


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the server is waited for, in seconds.

    The answer to the dot has ten minutes (RFC 5321 4.5.3.2.6): less makes duplicates
    (reliability.md F75).
    """

    connect: float = 20.0
    reply: float = 120.0
    dot: float = 600.0


@dataclass(frozen=True, slots=True)
class Route:
    """A mail server and how to enter it; `delivered` asks it for word of success, too.

    `private`: it may stand on this machine or its network.
    """

    host: str
    port: int
    security: Security = Security.NONE
    username: str = ""
    password: str = field(default="", repr=False)
    helo: str = "localhost"
    waits: Waits = Waits()
    delivered: bool = False
    private: bool = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message made ready for the wire once: every line ends in CRLF, leading dots doubled."""

    wire: bytes = field(repr=False)
    size: int


class Session:
    """One connection, ready for mail; raises Broke where it did not come so far."""

    def __init__(self, route: Route, transcript: Transcript | None = None) -> None:
        self.last = time.monotonic()
        self.open = True  # whether another mail may follow
        self._route = route
        self._extensions: dict[str, str] = {}
        waits = route.waits
        self._line = Line(
            route.host,
            route.port,
            connect=waits.connect,
            reply=waits.reply,
            private=route.private,
            transcript=transcript,
        )
        try:
            self._enter(route)
        except BaseException:
            self._line.close()
            raise

    def alive(self) -> bool:
        """Whether the kept connection still stands: a server that speaks now says goodbye."""
        try:
            return not self._line.heard(Stage.MAIL)
        except Broke:
            return False

    def transact(
        self, prepared: Prepared, envelope: Envelope, before_dot: Callable[[], bool]
    ) -> SmtpOutcome:
        """How one mail to one recipient ended; raises Broke where the dialogue ended with it."""
        refused = self._impossible(prepared, envelope)
        if refused is not None:
            return refused
        refused = self._envelope(commands(envelope, prepared.size, self._extensions))
        if refused is not None:
            self._reset()
            return refused
        self._line.write(Stage.BODY, prepared.wire, shown=f"({prepared.size} bytes)")
        if not before_dot():
            raise Broke(Stage.BODY, 0, "abandoned before the dot")
        self._nothing_said()
        self._line.write(Stage.DOT, b".\r\n")
        code, text = self._line.reply(Stage.DOT, self._route.waits.dot)
        self.open = code // 100 == 2
        self.last = time.monotonic()
        return SmtpOutcome(Stage.DOT, code, text[:KEPT_TEXT])

    def quit(self) -> None:
        """End it politely."""
        self._line.quit()

    def abort(self) -> None:
        """End it without a word."""
        self._line.close()

    def _impossible(self, prepared: Prepared, envelope: Envelope) -> SmtpOutcome | None:
        """What this server or this protocol cannot do, found before anything is said."""
        if UNSPEAKABLE.search(envelope.sender):
            return SmtpOutcome(Stage.MAIL, NOT_POSSIBLE, "5.1.7 a sender that cannot be written")
        if UNSPEAKABLE.search(envelope.recipient):
            return SmtpOutcome(Stage.RCPT, NOT_POSSIBLE, "5.1.3 an address that cannot be written")
        if not envelope.is_ascii and "SMTPUTF8" not in self._extensions:
            text = "5.6.7 this server takes only addresses in ASCII"
            return SmtpOutcome(Stage.RCPT, NOT_POSSIBLE, text)
        limit = self._extensions.get("SIZE", "")
        if limit.isascii() and limit.isdigit() and 0 < int(limit) < prepared.size:
            text = f"5.3.4 this server takes {limit} bytes, the mail has {prepared.size}"
            return SmtpOutcome(Stage.RCPT, TOO_LARGE, text, limit=int(limit))
        return None

    def _envelope(self, commands: tuple[tuple[Stage, bytes], ...]) -> SmtpOutcome | None:
        """The first refusal of MAIL, RCPT or DATA; None when the server awaits the mail."""
        if "PIPELINING" in self._extensions:
            self._line.write(Stage.MAIL, b"".join(command for _, command in commands))
            return self._piped([stage for stage, _ in commands])
        for stage, command in commands:
            self._line.write(stage, command)
            refused = _refusal(stage, *self._line.reply(stage))
            if refused is not None:
                return refused
        return None

    def _piped(self, stages: list[Stage]) -> SmtpOutcome | None:
        """The same of commands sent at once: their answers come in order."""
        refused: SmtpOutcome | None = None
        code = 0
        for stage in stages:
            try:
                code, text = self._line.reply(stage)
                refused = refused or _refusal(stage, code, text)
            except Broke:
                if refused is None:
                    raise
                break
        if refused is not None and code == GO_AHEAD:
            # It awaits a mail whose envelope it refused: nothing more can be said here.
            raise Broke(refused.stage, refused.code, refused.text)
        return refused

    def _nothing_said(self) -> None:
        """Raises Broke for words that nobody asked for: they must not pass for the dot's answer."""
        if self._line.heard(Stage.BODY):
            code, text = self._line.reply(Stage.BODY)
            raise Broke(Stage.BODY, code if code >= 400 else 0, text or "out of step")

    def _reset(self) -> None:
        """Ready for the next mail, or not open any more; what was refused stays refused."""
        try:
            self._line.write(Stage.MAIL, b"RSET\r\n")
            code, _ = self._line.reply(Stage.MAIL)
        except Broke:
            code = 0
        self.open = code // 100 == 2
        self.last = time.monotonic()

    def _enter(self, route: Route) -> None:
        if route.security is Security.TLS:
            self._line.protect(route.host)
        self._expect(Stage.GREETING)
        self._hello()
        if route.security is Security.STARTTLS:
            if "STARTTLS" not in self._extensions:
                raise Broke(Stage.STARTTLS, NEEDS_TLS, "the server offers no STARTTLS")
            self._say(Stage.STARTTLS, b"STARTTLS")
            self._line.protect(route.host)
            self._hello()
        if route.username:
            self._log_in(route)

    def _hello(self) -> None:
        _, text = self._say(Stage.EHLO, f"EHLO {self._route.helo}".encode())
        words = (line.strip().partition(" ") for line in text.splitlines()[1:])
        self._extensions = {name.upper(): value for name, _, value in words}

    def _log_in(self, route: Route) -> None:
        if route.security is Security.NONE and not LOOPBACK.fullmatch(route.host):
            raise Broke(Stage.AUTH, UNPROTECTED, "a password is not said on an open road")
        ways = self._extensions.get("AUTH", "").upper().split()
        user, password = route.username.encode(), route.password.encode()
        if "PLAIN" in ways:
            word = b64encode(b"\0" + user + b"\0" + password)
            self._say(Stage.AUTH, b"AUTH PLAIN " + word, shown=f"AUTH PLAIN {HIDDEN}")
        elif "LOGIN" in ways:
            self._say(Stage.AUTH, b"AUTH LOGIN", expected=MORE)
            self._say(Stage.AUTH, b64encode(user), expected=MORE, shown=HIDDEN)
            self._say(Stage.AUTH, b64encode(password), shown=HIDDEN)
        else:
            raise Broke(Stage.AUTH, NO_WAY_IN, "the server offers neither PLAIN nor LOGIN")

    def _say(
        self, stage: Stage, command: bytes, *, expected: int = 0, shown: str | None = None
    ) -> tuple[int, str]:
        self._line.write(stage, command + b"\r\n", shown=shown)
        return self._expect(stage, expected)

    def _expect(self, stage: Stage, expected: int = 0) -> tuple[int, str]:
        """The reply, which must have that code, or be positive where none is named."""
        code, text = self._line.reply(stage)
        if code != expected if expected else code // 100 != 2:
            raise Broke(stage, code, text)
        return code, text


def _refusal(stage: Stage, code: int, text: str) -> SmtpOutcome | None:
    """What the reply refuses; raises Broke where it ends the dialogue or makes no sense there."""
    if code == GO_AHEAD if stage is Stage.DATA else code // 100 == 2:
        return None
    if code == CLOSING:
        raise Broke(stage, code, text)
    if code < 400:
        raise Broke(stage, 0, f"out of step: {code} {text}")
    return SmtpOutcome(stage, code, text[:KEPT_TEXT])
