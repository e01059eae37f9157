"""One connection to a mail server: commands go out, bounded replies come in.

Nothing here knows what a command means; every failure names the stage it happened in. A server
may be slow, endless, mute or senseless (reliability.md F74-F76).
"""

from __future__ import annotations

import re
import socket
import ssl
import time

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways import reach
from acuse.gateways.smtp_transcript import Side, Transcript

LONGEST_LINE = 4096
MOST_LINES = 200
KEPT_TEXT = 1000
# Written under one time-out: a slow road may take long, but not stand still. Small pieces let the
# server read while we write.
PIECE = 1 << 14
READ = 1 << 16
CODE = re.compile(rb"[2-5][0-9][0-9](?=[ -]|$)")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class Broke(Exception):
    """The dialogue ended at a stage; `code` is 0 where no reply could be read."""

    def __init__(self, stage: Stage, code: int, text: str) -> None:
        self.outcome = SmtpOutcome(stage, code, text[:KEPT_TEXT])
        super().__init__(f"{stage}: {code} {text[:200]}")


class Line:
    """An open connection; raises Broke where it could not be opened."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        connect: float,
        reply: float,
        private: bool = True,
        transcript: Transcript | None = None,
    ) -> None:
        """`private`: the host may stand on this machine or its network."""
        self._seconds = reply
        self._buffer = b""
        self._transcript = transcript
        try:
            self._socket: socket.socket = reach.connect(host, port, connect, private=private)
        except (OSError, OverflowError, UnicodeError, reach.Inside) as error:
            raise Broke(Stage.CONNECT, 0, _words(error)) from error
        self._note(f"{host}:{port}")

    def protect(self, host: str) -> None:
        """Go on under TLS; what was read before the handshake is not trusted and forgotten."""
        self._buffer = b""
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._socket.settimeout(self._seconds)
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except (OSError, ValueError) as error:
            raise Broke(Stage.STARTTLS, 0, _words(error)) from error
        self._note(self._socket.version() or "TLS")

    def write(self, stage: Stage, data: bytes, *, shown: str | None = None) -> None:
        """Send all of it; `shown` stands for it where somebody reads along."""
        if self._transcript is not None:
            said = data.removesuffix(b"\r\n").split(b"\r\n")
            for line in [_text(one) for one in said] if shown is None else [shown]:
                self._transcript.add(Side.CLIENT, line)
        view = memoryview(data)
        try:
            self._socket.settimeout(self._seconds)
            for start in range(0, len(view), PIECE):
                self._socket.sendall(view[start : start + PIECE])
        except OSError as error:
            raise Broke(stage, 0, _words(error)) from error

    def reply(self, stage: Stage, seconds: float | None = None) -> tuple[int, str]:
        """Code and text of one reply, lines joined by line feeds."""
        until = time.monotonic() + (self._seconds if seconds is None else seconds)
        texts: list[str] = []
        while len(texts) < MOST_LINES:
            line = self._next(stage, until)
            if not CODE.match(line):
                raise Broke(stage, 0, f"unreadable: {_text(line[:80])}")
            texts.append(_text(line[4:]))
            if self._transcript is not None:
                self._transcript.add(Side.SERVER, _text(line))
            if line[3:4] != b"-":
                return int(line[:3]), "\n".join(texts)
        raise Broke(stage, 0, "a reply without end")

    def heard(self, stage: Stage) -> bool:
        """Whether the server has said anything that is not read yet; raises Broke if it left.

        Only an attempt to read tells: under TLS the socket also has bytes that are no words.
        """
        if self._buffer:
            return True
        try:
            self._socket.settimeout(0)
            self._buffer = self._socket.recv(READ)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError as error:
            raise Broke(stage, 0, _words(error)) from error
        if not self._buffer:
            raise Broke(stage, 0, "the server ended the connection")
        return True

    def quit(self) -> None:
        """Take leave and close, between mails only."""
        try:
            self._socket.settimeout(0)
            self._socket.sendall(b"QUIT\r\n")
        except OSError:
            return  # it was dead already; what the server took stays taken
        finally:
            self.close()

    def close(self) -> None:
        """Close without a word: in mid-mail a word would be part of the mail."""
        self._socket.close()

    def _note(self, text: str) -> None:
        if self._transcript is not None:
            self._transcript.add(Side.NOTE, text)

    def _next(self, stage: Stage, until: float) -> bytes:
        while b"\n" not in self._buffer and len(self._buffer) <= LONGEST_LINE:
            left = until - time.monotonic()
            if left <= 0:
                raise Broke(stage, 0, "no reply in time")
            try:
                self._socket.settimeout(left)
                piece = self._socket.recv(READ)
            except TimeoutError as error:
                raise Broke(stage, 0, "no reply in time") from error
            except OSError as error:
                raise Broke(stage, 0, _words(error)) from error
            if not piece:
                raise Broke(stage, 0, "the server ended the connection")
            self._buffer += piece
        line, _, rest = self._buffer.partition(b"\n")
        if len(line) > LONGEST_LINE:
            raise Broke(stage, 0, "an endless line")
        self._buffer = rest
        return line.removesuffix(b"\r")


def _text(raw: bytes) -> str:
    """What may be stored and shown: no NUL, no other control character."""
    return CONTROLS.sub("?", raw.decode("utf-8", "replace"))


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
