"""A mailbox read by POP3: each message copied, none deleted (RFC 1939, RFC 2449, RFC 3206)."""

from __future__ import annotations

import hashlib
import io
import poplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from acuse.domain.mailbox import Cause, Security
from acuse.gateways.mailbox_terms import Limits, Listed, Message, Unknown
from acuse.gateways.mailbox_wire import Account, Broke, Wire

ANSWER = 64 * 1024
LISTING = 16 * 1024 * 1024
LONGEST_NAME = 70  # RFC 1939 7; longer ones are told by their digest
LATER = ("[IN-USE]", "[LOGIN-DELAY]", "[SYS/TEMP]")


class _NoSocket:
    """What the standard client holds in the socket's place: the wire alone holds, and closes, it.

    A reader of its own would keep the socket open after a greeting that it refuses.
    """

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO()

    def shutdown(self, how: int) -> None:
        """Nothing: the wire does it."""

    def close(self) -> None:
        """Nothing: the wire does it."""


class _Client(poplib.POP3):
    """The standard client over a bounded wire: lines go through these three alone.

    Its own reader refuses lines beyond 2048 bytes, which many mails have.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        wire.allow(ANSWER)
        super().__init__(wire.host, wire.port)

    def _create_socket(self, timeout: float | None) -> object:
        return _NoSocket()

    def _putline(self, line: bytes) -> None:
        self._wire.send(line + b"\r\n")

    def _getline(self) -> tuple[bytes, int]:
        line = self._wire.line()
        if not line:
            raise Broke(Cause.UNREACHABLE, "the server ended the connection")
        return line.removesuffix(b"\n").removesuffix(b"\r"), len(line)

    def protect(self) -> None:
        """Go on under TLS, or raise Broke."""
        self._putline(b"STLS")
        said, _ = self._getline()
        if not said.startswith(b"+OK"):
            raise Broke(Cause.UNPROTECTED, said.decode("utf-8", "replace"))
        self._wire.protect()


class PopVisit:
    """A visit to the one mailbox that POP3 knows, from log-in to `leave`."""

    def __init__(self, account: Account) -> None:
        self._wire = Wire(account)
        try:
            with _sense():
                self._client = _Client(self._wire)
                self._enter(account)
                self.count = int(self._client.stat()[0])
        except BaseException:
            self._close()
            raise

    def _enter(self, account: Account) -> None:
        if account.place.security is Security.STARTTLS:
            self._client.protect()
        try:
            self._client.user(account.place.username)
            self._client.pass_(account.password)
        except poplib.error_proto as error:
            said = _text(error)
            raise Broke(Cause.LATER if _later(said) else Cause.REFUSED, said) from error

    def listed(self, cursor: str, since: date, unknown: Unknown, limits: Limits) -> Listed:
        """The messages that are not known yet, in the server's order."""
        with _sense():
            self._wire.allow(LISTING)
            named = _pairs(self._client.uidl()[1])
            self._wire.allow(LISTING)
            sizes = _pairs(self._client.list()[1])
        self._numbers = {_name(told): number for number, told in named.items()}
        fresh = unknown(list(self._numbers))
        taken = fresh[: limits.messages]
        sized = [(name, _size(sizes.get(self._numbers[name], b""))) for name in taken]
        return Listed(tuple(sized), more=len(fresh) > len(taken))

    def message(self, name: str, size: int, limits: Limits) -> Message:
        """The message of that name; its headers alone where it is larger than is taken."""
        number, whole = self._numbers[name], size <= limits.message
        self._wire.allow((limits.message if whole else 0) + LISTING)
        with _sense():
            try:
                told = self._client.retr(number) if whole else self._client.top(number, 0)
            except poplib.error_proto as error:
                if _later(_text(error)):
                    raise
                return Message(name, b"", size, whole=False)
        return Message(name, b"\r\n".join(told[1]) + b"\r\n", size, whole=whole)

    def cursor(self, name: str) -> str:
        """Nothing: the server's list is read whole each time."""
        return ""

    def leave(self) -> None:
        """End it politely; nothing was marked to be deleted."""
        with suppress(Broke), _sense():
            self._wire.allow(ANSWER)
            self._client.quit()
        self._close()

    def _close(self) -> None:
        client = getattr(self, "_client", None)
        if client is not None:
            with suppress(Exception):  # it was closed already, or its reader stumbles over it
                client.close()
        self._wire.close()


@contextmanager
def _sense() -> Iterator[None]:
    """Whatever the standard client makes of senseless bytes becomes Broke."""
    try:
        yield
    except Broke:
        raise
    except poplib.error_proto as error:  # the server's own no
        cause = Cause.LATER if _later(_text(error)) else Cause.SENSELESS
        raise Broke(cause, _text(error)) from error
    except Exception as error:
        raise Broke(Cause.SENSELESS, f"{type(error).__name__}: {error}") from error


def _later(said: str) -> bool:
    """Whether the server's no is one of the moment."""
    return any(word in said.upper() for word in LATER)


def _text(error: Exception) -> str:
    said = error.args[0] if error.args else b""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _pairs(lines: list[bytes]) -> dict[int, bytes]:
    """What each message's number is told with; lines of another form are passed over."""
    found: dict[int, bytes] = {}
    for line in lines:
        number, _, told = line.partition(b" ")
        if number.isdigit() and len(number) < 10 and told.strip():
            found[int(number)] = told.strip()
    return found


def _name(told: bytes) -> str:
    if len(told) > LONGEST_NAME or not told.isascii():
        return f"sha256:{hashlib.sha256(told).hexdigest()}"
    return told.decode()


def _size(told: bytes) -> int:
    return int(told) if told.isdigit() and len(told) < 18 else 0
