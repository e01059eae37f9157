"""The bytes of an SMTP dialogue: lines and messages in, replies out, everything bounded."""

from __future__ import annotations

import contextlib
import socket
import struct

LARGEST = 30 * 1024 * 1024
LONGEST_COMMAND = 2048  # RFC 5321 4.5.3.1.4 asks for 512; extensions and UTF-8 add to it
LONGEST_LINE = 998  # octets before CRLF: RFC 5321 4.5.3.1.6, RFC 5322 2.1.1
EOL = b"\r\n"
DOT = b"\r\n."  # a line that begins with a dot: stuffed, or the last
END = b"\r\n.\r\n"  # only this ends a message: other line ends are how mail is smuggled
ROOM = 262144
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Gone(Exception):
    """The dialogue ends here, without another byte."""


class TooLong(Exception):
    """A command line beyond the bound."""


class TooLarge(Exception):
    """A message beyond the announced SIZE; it was read to its end and dropped."""


class Wire:
    """One connection, read by lines and messages."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()
        self._room = memoryview(bytearray(ROOM))  # kept: so large a piece is dear to allocate

    def send(self, reply: bytes) -> None:
        """Send one reply; CRLF is added."""
        self._connection.sendall(reply + EOL)

    def line(self) -> bytes:
        """The next command line without its CRLF."""
        while (end := self._buffer.find(EOL, 0, LONGEST_COMMAND + len(EOL))) < 0:
            if len(self._buffer) >= LONGEST_COMMAND + len(EOL):
                raise TooLong
            self._buffer += self._piece()
        line = bytes(self._buffer[:end])
        del self._buffer[: end + len(EOL)]
        return line

    def content(self) -> bytes:
        """The message up to its dot, with the dots of transparency taken away."""
        data = bytearray(EOL)  # so that a message without a line ends at its dot as well
        data += self._buffer
        searched, stuffed, dropped = 0, False, False
        while True:
            dot = data.find(DOT, searched)
            if 0 <= dot <= len(data) - len(END):
                if data.startswith(END, dot):
                    break
                searched, stuffed = dot + len(DOT), True
                continue
            searched = dot if dot >= 0 else max(0, len(data) - len(DOT) + 1)
            if len(data) > 2 * LARGEST:  # transparency can double a message at most
                searched, dropped = 0, True
                del data[: -len(END)]
            data += self._piece()
        self._buffer = data[dot + len(END) :]
        with memoryview(data) as view:  # one copy, where slices of slices would make three
            message = bytes(view[len(EOL) : dot + len(EOL)])
        if stuffed:
            message = message.removeprefix(b".").replace(DOT, EOL)
        if dropped or len(message) > LARGEST:
            raise TooLarge
        return message

    def reset_in_body(self) -> None:
        """Wait for the first byte of a message and reset the connection."""
        if not self._buffer:
            self._piece()
        with contextlib.suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        raise Gone

    def _piece(self) -> memoryview:
        size = self._connection.recv_into(self._room)
        if not size:
            raise Gone
        return self._room[:size]


def has_long_line(message: bytes) -> bool:
    """Whether a line is longer than a relay need take; line ends are looked for in leaps."""
    start = 0
    while len(message) - start > LONGEST_LINE:
        end = message.rfind(EOL, start, start + LONGEST_LINE + len(EOL))
        if end < 0:
            return True
        start = end + len(EOL)
    return False
