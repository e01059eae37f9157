"""A mailbox read by IMAP: looked at only, never marked, moved or emptied (RFC 3501, RFC 4315)."""

from __future__ import annotations

import imaplib
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date

from acuse.domain.mailbox import Cause, Security
from acuse.gateways.mailbox_terms import Limits, Listed, Message, Unknown
from acuse.gateways.mailbox_wire import Account, Broke, Wire

ANSWER = 256 * 1024
LISTING = 8 * 1024 * 1024
HEAD = 64 * 1024
LAST_UID = 2**32 - 1
MONTHS = ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[OVERQUOTA]")  # RFC 5530
_UID = re.compile(rb"\bUID ([0-9]{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE ([0-9]{1,18})\b")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_NAMED = re.compile(rb'\) (?:"[^"]*"|NIL) "?((?:[^"\\]|\\.)*)"?$')


class _Client(imaplib.IMAP4):
    """The standard client over a bounded wire: these four are the hooks that it offers."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        wire.allow(ANSWER)
        super().__init__(wire.host, wire.port)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        self.host, self.port, self.sock = host, port, self._wire.socket

    def read(self, size: int) -> bytes:
        return self._wire.read(size)

    def readline(self) -> bytes:
        return self._wire.line()

    def send(self, data: object) -> None:
        assert isinstance(data, bytes | bytearray | memoryview)
        self._wire.send(bytes(data))

    def shutdown(self) -> None:
        self._wire.close()


class ImapVisit:
    """A visit to one folder, from log-in to `leave`; whatever goes wrong raises Broke."""

    def __init__(self, account: Account) -> None:
        self._wire = Wire(account)
        try:
            with _sense():
                self._client = _Client(self._wire)
                self._enter(account)
                self._select(account.place.folder)
        except BaseException:
            self._wire.close()
            raise

    def _enter(self, account: Account) -> None:
        abilities: Sequence[str] = self._client.capabilities
        if account.place.security is Security.STARTTLS:
            abilities = self._protected(abilities)
        if "LOGINDISABLED" in abilities:
            raise Broke(Cause.UNPROTECTED, "the server takes no password on this connection")
        user, password = account.place.username, account.password
        try:
            if "AUTH=PLAIN" in abilities:
                plain = f"\0{user}\0{password}".encode()
                self._client.authenticate("PLAIN", lambda _: plain)
            else:
                self._client.login(user, password)
        except UnicodeEncodeError as error:
            raise Broke(Cause.REFUSED, "the server takes only plain letters") from error
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            cause = Cause.LATER if _later(str(error)) else Cause.REFUSED
            raise Broke(cause, str(error)) from error

    def _protected(self, abilities: Sequence[str]) -> Sequence[str]:
        """What the server can do under TLS; what it said before is forgotten."""
        if "STARTTLS" not in abilities:
            raise Broke(Cause.UNPROTECTED, "the server offers no STARTTLS")
        status, said = self._client.xatom("STARTTLS")
        if status != "OK":
            raise Broke(Cause.UNPROTECTED, _text(said))
        self._wire.protect()
        self._client.untagged_responses.clear()
        _, said = self._client.capability()
        return _text(said).upper().split()

    def _select(self, folder: str) -> None:
        status, said = self._client.select(_quoted(folder), readonly=True)
        if status != "OK":
            told = _text(said)
            there = ", ".join(self._folders())
            raise Broke(Cause.NO_FOLDER, f"{told} ({there})" if there else told)
        _, told_validity = self._client.response("UIDVALIDITY")
        digits = _text(told_validity or [])
        if not digits.isdigit() or int(digits[:12]) > LAST_UID:
            raise Broke(Cause.SENSELESS, "the server gives no UIDVALIDITY")
        self.validity = int(digits)
        count = _text(said)
        self.count = int(count) if count.isdigit() and len(count) < 12 else 0

    def _folders(self) -> list[str]:
        """The names of some folders, to choose from; none where the server does not tell."""
        with suppress(imaplib.IMAP4.error):
            _, listed = self._client.list()
            found = (_NAMED.search(one) for one in listed if isinstance(one, bytes))
            return [decoded(one[1].decode("ascii", "replace")) for one in found if one][:12]
        return []

    def listed(self, cursor: str, since: date, unknown: Unknown, limits: Limits) -> Listed:
        """The messages that are not known yet, oldest first, as many as one visit takes."""
        validity, _, last = cursor.partition(":")
        known_to = int(last) if validity == str(self.validity) and last.isdigit() else 0
        with _sense():
            self._wire.allow(LISTING)
            asked = f"UID {known_to + 1}:*" if known_to else f"SINCE {_written(since)}"
            status, found = self._client.uid("SEARCH", asked)
            if status != "OK":
                raise Broke(Cause.SENSELESS, _text(found))
            words = b" ".join(one for one in found if isinstance(one, bytes)).split()
            uids = sorted({_number(one) for one in words} - {0})
        # `n:*` names the last message even where its number is below n.
        names = [f"{self.validity}:{uid}" for uid in uids if uid > known_to]
        fresh = unknown(names)
        taken = fresh[: limits.messages]
        return Listed(tuple(self._sized(taken)), more=len(fresh) > len(taken))

    def _sized(self, names: Sequence[str]) -> list[tuple[str, int]]:
        """Each name with the message's size; messages that went meanwhile are left out."""
        if not names:
            return []
        with _sense():
            self._wire.allow(ANSWER)
            numbers = ",".join(name.partition(":")[2] for name in names)
            _, found = self._client.uid("FETCH", numbers, "(UID RFC822.SIZE)")
        sizes: dict[str, int] = {}
        for one in found:
            told = one[0] if isinstance(one, tuple) else one or b""
            uid, size = _UID.search(told), _SIZE.search(told)
            if uid and size:
                sizes[f"{self.validity}:{int(uid[1])}"] = int(size[1])
        return [(name, sizes[name]) for name in names if name in sizes]

    def message(self, name: str, size: int, limits: Limits) -> Message:
        """The message of that name; its headers alone where it is larger than is taken."""
        uid = name.partition(":")[2]
        whole = size <= limits.message
        wanted = "BODY.PEEK[]" if whole else f"BODY.PEEK[HEADER]<0.{HEAD}>"
        with _sense():
            self._wire.allow((limits.message if whole else HEAD) + ANSWER)
            status, found = self._client.uid("FETCH", uid, f"(UID {wanted})")
        if status != "OK" and _later(_text(found)):
            raise Broke(Cause.LATER, _text(found))
        raw = _body(found, uid.encode()) if status == "OK" else None
        return Message(name, raw or b"", size, whole=whole and raw is not None)

    def cursor(self, name: str) -> str:
        """How far everything is done, once the message of that name is."""
        return name

    def leave(self) -> None:
        """End it politely; what a server says to that changes nothing."""
        with suppress(Broke), _sense():
            self._client.logout()
        self._wire.close()


@contextmanager
def _sense() -> Iterator[None]:
    """Whatever the standard client makes of senseless bytes becomes Broke."""
    try:
        yield
    except Broke:
        raise
    except imaplib.IMAP4.abort as error:
        raise Broke(Cause.UNREACHABLE, str(error)) from error
    except Exception as error:  # it meets hostile answers with a dozen kinds
        raise Broke(Cause.SENSELESS, f"{type(error).__name__}: {error}") from error


def _body(found: Sequence[object], uid: bytes) -> bytes | None:
    """The literal of the answer that names this UID, before or after it; None without one."""
    for place, one in enumerate(found):
        if not isinstance(one, tuple):
            if isinstance(one, bytes) and _names(one, uid) and b'] ""' in one:
                return b""
            continue
        after = found[place + 1] if place + 1 < len(found) else b""
        if _names(one[0], uid) or (isinstance(after, bytes) and _names(after, uid)):
            return bytes(one[1])
    return None


def _names(told: bytes, uid: bytes) -> bool:
    found = _UID.search(told)
    return found is not None and int(found[1]) == int(uid)


def _number(word: bytes) -> int:
    """A message's number; 0 for what is none."""
    plain = word.isdigit() and len(word) <= 10
    return int(word) if plain and int(word) <= LAST_UID else 0


def _later(said: str) -> bool:
    """Whether the server's no is one of the moment."""
    return any(word in said.upper() for word in LATER)


def _written(day: date) -> str:
    return f"{day.day}-{MONTHS[day.month - 1]}-{day.year}"


def _text(said: Sequence[object]) -> str:
    last = said[-1] if said else b""
    return last.decode("utf-8", "replace") if isinstance(last, bytes) else ""


def _quoted(folder: str) -> str:
    escaped = encoded(folder).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def encoded(folder: str) -> str:
    """The folder's name in modified UTF-7 (RFC 3501 5.1.3)."""

    def shifted(found: re.Match[str]) -> str:
        inside = b64encode(found[0].encode("utf-16-be")).decode().rstrip("=")
        return f"&{inside.replace('/', ',')}-"

    return _NOT_ASCII.sub(shifted, folder.replace("&", "&-"))


def decoded(folder: str) -> str:
    """The name behind modified UTF-7; as it stands where it is none."""
    plain: Callable[[re.Match[str]], str] = lambda found: (  # noqa: E731
        f"+{found[1].replace(',', '/')}-".encode().decode("utf-7") if found[1] else "&"
    )
    try:
        return re.sub(r"&([A-Za-z0-9+,]*)-", plain, folder.replace("\\\\", "\\"))
    except UnicodeDecodeError:
        return folder
