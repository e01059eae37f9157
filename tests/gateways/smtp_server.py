"""A mail server that follows a script: what it says, and where it cuts, at each step."""

from __future__ import annotations

import socket
import ssl
from base64 import b64decode
from collections.abc import Mapping, Sequence
from enum import Enum

from acuse.gateways.smtp import Route, Waits
from tests.gateways.loopback import Loopback

# Patient: a test whose server does answer must not fail where the machine stands still for a while.
PATIENT = Waits(connect=10, reply=10, dot=10)
HASTY = Waits(connect=10, reply=10, dot=0.15)  # where the server is silent after the dot


class Deed(Enum):
    """What a server may do instead of answering."""

    CUT = "cut"
    SILENCE = "silence"


Answer = bytes | Deed
GOOD: dict[str, Answer] = {
    "GREETING": b"220 mail.example ESMTP\r\n",
    "STARTTLS": b"220 go on\r\n",
    "AUTH": b"235 welcome\r\n",
    "MAIL": b"250 2.1.0 ok\r\n",
    "RCPT": b"250 2.1.5 ok\r\n",
    "DATA": b"354 send it\r\n",
    "DOT": b"250 2.0.0 queued as ABC123\r\n",
    "RSET": b"250 ok\r\n",
    "QUIT": b"221 bye\r\n",
}


class Ended(Exception):
    """The dialogue is over."""


class ScriptedSmtp:
    """`script` replaces answers by step; a list gives one answer after another, the last for ever.

    `said` are the commands, `mails` the mails whose dot came, as they went over the wire.
    """

    def __init__(
        self,
        script: Mapping[str, Answer | Sequence[Answer]] | None = None,
        *,
        extensions: Sequence[str] = ("PIPELINING", "SIZE 1000000"),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.said: list[str] = []
        self.mails: list[bytes] = []
        self._script = {**GOOD, **(script or {})}
        self._given: dict[str, int] = {}
        self._answered: set[str] = set()
        self._extensions = extensions
        self._tls = tls
        self.server = Loopback(self._talk)

    def __enter__(self) -> ScriptedSmtp:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def route(self, **changes: object) -> Route:
        return Route("127.0.0.1", self.server.port, **{"waits": PATIENT, **changes})  # type: ignore[arg-type]

    def _talk(self, connection: socket.socket) -> None:
        dialogue = Dialogue(connection)
        try:
            self._answer(dialogue, "GREETING")
            while True:
                self._step(dialogue)
        except Ended:
            return
        finally:
            dialogue.connection.close()

    def _step(self, dialogue: Dialogue) -> None:
        command = dialogue.until(b"\r\n").decode()
        self.said.append(command)
        verb = command.split(" ")[0].split(":")[0].upper()
        if verb == "EHLO":
            self._hello(dialogue)
        elif verb == "DATA":
            self._data(dialogue)
        elif verb == "AUTH" and command.upper() == "AUTH LOGIN":
            self._login(dialogue)
        elif self._answer(dialogue, verb).startswith(b"220 go on") and self._tls:
            dialogue.secure(self._tls)

    def _hello(self, dialogue: Dialogue) -> None:
        lines = ["mail.example", *self._extensions]
        marks = ["-"] * (len(lines) - 1) + [" "]
        whole = "".join(f"250{m}{line}\r\n" for m, line in zip(marks, lines, strict=True))
        self._answer(dialogue, "EHLO", whole.encode())

    def _login(self, dialogue: Dialogue) -> None:
        for question in (b"334 VXNlcm5hbWU6\r\n", b"334 UGFzc3dvcmQ6\r\n"):
            dialogue.connection.sendall(question)
            self.said.append(b64decode(dialogue.until(b"\r\n")).decode())
        self._answer(dialogue, "AUTH")

    def _data(self, dialogue: Dialogue) -> None:
        if self._answer(dialogue, "DATA")[:1] != b"3":
            return
        if "BODY" in self._script:
            dialogue.connection.recv(1000)
            self._answer(dialogue, "BODY")
        self.mails.append(dialogue.until(b"\r\n.\r\n") + b"\r\n")
        self._answer(dialogue, "DOT")

    def _answer(self, dialogue: Dialogue, step: str, default: bytes = b"") -> bytes:
        answers = self._script.get(step, default)
        if isinstance(answers, (list, tuple)):
            place = self._given.get(step, 0)
            self._given[step] = place + 1
            answer = answers[min(place, len(answers) - 1)]
        else:
            answer = answers
        if answer is Deed.CUT:
            raise Ended
        if answer is Deed.SILENCE:
            dialogue.wait()
            raise Ended
        assert isinstance(answer, bytes)
        dialogue.connection.sendall(answer)
        self._answered.add(step)
        return answer

    def has_answered(self, step: str) -> bool:
        return step in self._answered


class Dialogue:
    """A connection read by the server up to a mark."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._buffer = b""

    def until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            piece = self.connection.recv(65536)
            if not piece:
                raise Ended
            self._buffer += piece
        found, _, self._buffer = self._buffer.partition(mark)
        return found

    def wait(self) -> None:
        """Until the client leaves."""
        while self.connection.recv(65536):
            pass

    def secure(self, context: ssl.SSLContext) -> None:
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except OSError as error:
            raise Ended from error
