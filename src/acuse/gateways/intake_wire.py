"""The bytes of mail that is handed to us: lines and messages in, replies out, everything bounded.

Only CRLF, dot, CRLF ends a message; any other end is how one mail is smuggled inside another
(reliability.md S-12).
"""

from __future__ import annotations

import socket
import time

LONGEST_LINE = 2048
EOL, END = b"\r\n", b"\r\n.\r\n"
READ = 1 << 16


class Gone(Exception):
    """The other side left, or used up its time; nothing more is said."""


class TooLong(Exception):
    """A command beyond its bound."""


class Wire:
    """One connection; every wait is bounded, and all of them together."""

    def __init__(self, connection: socket.socket, *, idle: float, whole: float) -> None:
        self._connection = connection
        self._idle = idle
        self._until = time.monotonic() + whole
        self._buffer = bytearray()

    def say(self, code: int, *lines: str) -> None:
        """One reply, in as many lines."""
        *before, last = lines
        told = [f"{code}-{line}" for line in before] + [f"{code} {last}"]
        try:
            self._connection.settimeout(self._left())
            self._connection.sendall("".join(f"{line}\r\n" for line in told).encode())
        except OSError as error:
            raise Gone from error

    def line(self) -> str:
        """The next command without its end; raises TooLong or Gone."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > LONGEST_LINE:
                raise TooLong
            self._buffer += self._piece()
        if end > LONGEST_LINE:
            raise TooLong
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line.removesuffix(b"\r").decode("utf-8", "replace")

    def message(self, largest: int) -> bytes | None:
        """The message up to its dot, doubled dots made single; None for one beyond the bound.

        What is too large is read to its end, as far as four times the bound, and dropped.
        """
        data, searched, read = bytearray(EOL) + self._buffer, 0, len(self._buffer)
        self._buffer.clear()
        too_large = False
        while (end := data.find(END, searched)) < 0:
            if len(data) > largest + len(END):
                too_large = True
                del data[: -len(END)]
            searched = max(0, len(data) - len(END))
            piece = self._piece()
            read += len(piece)
            if read > 4 * largest + READ:
                raise Gone
            data += piece
        self._buffer += data[end + len(END) :]
        message = bytes(data[len(EOL) : end + len(EOL)])
        if too_large or len(message) > largest:
            return None
        return message.removeprefix(b".").replace(b"\r\n.", EOL)

    def _piece(self) -> bytes:
        try:
            self._connection.settimeout(self._left())
            piece = self._connection.recv(READ)
        except OSError as error:
            raise Gone from error
        if not piece:
            raise Gone
        return piece

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Gone
        return min(self._idle, left)
