"""One connection to a server of mailboxes: everything read is bounded, in bytes and in time.

The standard clients trust the server's sizes and wait as long as it drips (reliability.md F76);
here each command has a budget of bytes and the whole visit a deadline.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from dataclasses import dataclass, field

from acuse.domain.mailbox import Cause, Place, Security, Trouble
from acuse.gateways import reach

KEPT_TEXT = 300
LONGEST_LINE = 4 * 1024 * 1024  # a search in a large mailbox is answered in one line
READ = 1 << 16
UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f]")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Broke(Exception):
    """The visit ends here; `trouble` says why."""

    def __init__(self, cause: Cause, text: str) -> None:
        super().__init__(f"{cause}: {text[:200]}")
        self.trouble = Trouble(cause, CONTROLS.sub(" ", text)[:KEPT_TEXT].strip())


class Endless(Broke):
    """An answer beyond its budget: the same question will end the same way."""

    def __init__(self, text: str) -> None:
        super().__init__(Cause.SENSELESS, text)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the server is waited for, in seconds: to connect, for one answer, for all."""

    connect: float = 20.0
    reply: float = 60.0
    whole: float = 180.0


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox and how to enter it; `private`: it may stand on this machine or its network."""

    place: Place
    password: str = field(repr=False)
    private: bool = False
    waits: Waits = Waits()


class Wire:
    """An open connection, protected where the account wants it from the start; raises Broke."""

    def __init__(self, account: Account) -> None:
        place = account.place
        for told in (place.username, account.password, place.folder):
            if UNSPEAKABLE.search(told):
                raise Broke(Cause.REFUSED, "a control character in user, password or folder")
        self.host, self.port = place.host, place.port
        self._waits = account.waits
        self._until = time.monotonic() + account.waits.whole
        self._buffer = bytearray()
        self._budget = 0
        self.socket: socket.socket = self._connected(account)
        if place.security is Security.TLS:
            self.protect()

    def _connected(self, account: Account) -> socket.socket:
        try:
            return reach.first(_addresses(account), self.port, self._waits.connect)
        except OSError as error:
            raise Broke(Cause.UNREACHABLE, _words(error)) from error

    def protect(self) -> None:
        """Go on under TLS; what was read before the handshake is not trusted and forgotten."""
        self._buffer.clear()
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.socket.settimeout(min(self._waits.reply, self._left()))
        try:
            self.socket = context.wrap_socket(self.socket, server_hostname=self.host)
        except (OSError, ValueError) as error:
            self.close()
            raise Broke(Cause.UNPROTECTED, _words(error)) from error

    def allow(self, budget: int) -> None:
        """The answer to the next command may have so many bytes."""
        self._budget = budget

    def send(self, data: bytes) -> None:
        """Send all of it."""
        try:
            self.socket.settimeout(min(self._waits.reply, self._left()))
            self.socket.sendall(data)
        except OSError as error:
            raise Broke(Cause.UNREACHABLE, _words(error)) from error

    def line(self) -> bytes:
        """The next line with its end; b"" where the server left."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LONGEST_LINE:
                raise Broke(Cause.SENSELESS, "an endless line")
            if not self._more():
                return b""
        return self._taken(end + 1)

    def read(self, size: int) -> bytes:
        """Exactly so many bytes; fewer where the server left."""
        if size > self._budget:
            raise Endless(f"a literal of {size} bytes was announced")
        while len(self._buffer) < size and self._more():
            pass
        return self._taken(min(size, len(self._buffer)))

    def close(self) -> None:
        """Close without a word."""
        self.socket.close()

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _more(self) -> bool:
        """Whether another piece came; raises Broke where time or the budget is spent."""
        try:
            self.socket.settimeout(min(self._waits.reply, self._left()))
            piece = self.socket.recv(READ)
        except TimeoutError as error:
            raise Broke(Cause.UNREACHABLE, "no answer in time") from error
        except OSError as error:
            raise Broke(Cause.UNREACHABLE, _words(error)) from error
        self._budget -= len(piece)
        if self._budget < 0:
            raise Endless("an answer without end")
        self._buffer += piece
        return bool(piece)

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Broke(Cause.UNREACHABLE, "the visit took too long")
        return left


def _addresses(account: Account) -> list[reach.Address]:
    """Where the host is, each address looked at: connected is what was looked at (F94)."""
    place = account.place
    try:
        found = reach.addresses(place.host, place.port)
    except (OSError, UnicodeError, OverflowError) as error:
        raise Broke(Cause.UNREACHABLE, _words(error)) from error
    if place.security is Security.NONE:
        found = [one for one in found if one.is_loopback]
        if not found:
            raise Broke(Cause.UNPROTECTED, "without TLS only on this machine")
    if account.private:
        return found
    try:
        return reach.outside(found)
    except reach.Inside as inside:
        raise Broke(Cause.UNREACHABLE, str(inside)) from inside


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
