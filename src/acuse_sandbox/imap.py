"""A small IMAP4rev1 server over the sandbox's mailboxes (RFC 3501): one folder, read only."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, date, datetime

from acuse_sandbox.mailbox import Stored
from acuse_sandbox.reading import Reading, Refused
from acuse_sandbox.smtp_wire import Gone

CAPABILITIES = "IMAP4rev1 AUTH=PLAIN"
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s()"]+)|([()])')
_ITEM = re.compile(
    r"(?P<name>UID|FLAGS|INTERNALDATE|RFC822\.SIZE)(?= |$)"
    r"|BODY(?:\.PEEK)?\[(?P<part>|HEADER|TEXT)\](?:<(?P<start>\d{1,12})\.(?P<size>\d{1,12})>)?",
    re.IGNORECASE,
)
MONTHS = ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


class _Wrong(Exception):
    """The command cannot be understood: BAD."""


class Imap(Reading):
    """One dialogue."""

    _selected = False

    def greet(self) -> None:
        """Say OK, and what this server can do."""
        try:
            self.stage("greeting")
        except Refused as refused:
            self.say(f"* BYE {refused}")
            raise Gone from refused
        self.say(f"* OK [CAPABILITY {CAPABILITIES}] sandbox.example ready")

    def obey(self, line: str) -> bool:
        """Answer one command; whether the dialogue goes on."""
        tag, _, rest = line.partition(" ")
        verb, _, rest = rest.partition(" ")
        try:
            said = self._obey(verb.upper(), rest)
        except Refused as refused:
            said = f"NO {refused}"
        except _Wrong as wrong:
            said = f"BAD {wrong}"
        self.say(f"{tag} {said}")
        return verb.upper() != "LOGOUT"

    def _obey(self, verb: str, rest: str) -> str:
        match verb:
            case "CAPABILITY":
                self.say(f"* CAPABILITY {CAPABILITIES}")
                return "OK done"
            case "NOOP":
                if self._selected:
                    self._look()
                return "OK done"
            case "LOGOUT":
                self.say("* BYE bye")
                return "OK done"
            case "LOGIN":
                self.log_in(*self._two(rest))
                return "OK open"
            case "AUTHENTICATE":
                return self._authenticate(rest)
            case _ if self.address:
                return self._inside(verb, rest)
        raise _Wrong("log in first, or no such command")

    def _authenticate(self, rest: str) -> str:
        mechanism, _, given = rest.partition(" ")
        if mechanism.upper() != "PLAIN":
            raise Refused("only PLAIN")
        if not given:
            self.say("+ ")
            given = self.wire.line().decode("ascii", "replace")
        try:
            _, user, password = b64decode(given, validate=True).decode().split("\0")
        except (binascii.Error, ValueError) as error:
            raise _Wrong("not such an answer") from error
        self.log_in(user, password)
        return "OK open"

    def _inside(self, verb: str, rest: str) -> str:
        match verb:
            case "LIST":
                self.say('* LIST (\\HasNoChildren) "/" "INBOX"')
                return "OK done"
            case "SELECT" | "EXAMINE":
                return self._select(rest)
            case "CLOSE":
                self._selected = False
                return "OK done"
            case "SEARCH" | "FETCH" if self._selected:
                return self._about(verb, rest, by_uid=False)
            case "UID" if self._selected:
                inner, _, rest = rest.partition(" ")
                return self._about(inner.upper(), rest, by_uid=True)
        raise _Wrong("no such command here")

    def _select(self, rest: str) -> str:
        self.stage("select")
        words = _words(rest)
        if len(words) != 1 or words[0].upper() != "INBOX":
            self._selected = False
            raise Refused("[NONEXISTENT] there is INBOX only")
        self._selected = True
        self.say("* FLAGS (\\Seen)")
        self._look()
        self.say(f"* OK [UIDVALIDITY {self.server.mailboxes.validity}] these numbers stay")
        self.say(f"* OK [UIDNEXT {self._last + 1}] or a later one")
        return "OK [READ-ONLY] done"

    @property
    def _last(self) -> int:
        return self.messages[-1].id if self.messages else 0

    def _look(self) -> None:
        self.open()
        self.say(f"* {len(self.messages)} EXISTS")
        self.say("* 0 RECENT")

    def _about(self, verb: str, rest: str, *, by_uid: bool) -> str:
        if verb == "SEARCH":
            self.stage("list")
            found = self._searched(_words(rest))
            shown = (f" {one.id if by_uid else number}" for number, one in found)
            self.say(f"* SEARCH{''.join(shown)}")
            return "OK done"
        if verb == "FETCH":
            which, _, items = rest.partition(" ")
            wanted = _items(items, by_uid=by_uid)
            for number, one in self._among(which, by_uid=by_uid):
                self._give(number, one, wanted)
            return "OK done"
        raise _Wrong("no such command here")

    def _searched(self, words: list[str]) -> list[tuple[int, Stored]]:
        """Every message that fulfils all the keys."""
        found = list(enumerate(self.messages, 1))
        while words:
            key = words.pop(0).upper()
            if key == "ALL":
                continue
            if key in ("UID", "SINCE", "BEFORE") and words:
                good = self._key(key, words.pop(0))
            elif key[:1].isdigit():
                good = _within(key, len(self.messages), lambda number, _: number)
            else:
                raise _Wrong(f"no such key here: {key[:20]}")
            found = [(number, one) for number, one in found if good(number, one)]
        return found

    def _key(self, key: str, told: str) -> Callable[[int, Stored], bool]:
        if key == "UID":
            return _within(told, self._last, lambda _, one: one.id)
        day = _day(told)
        if key == "SINCE":
            return lambda _, one: one.at.astimezone(UTC).date() >= day
        return lambda _, one: one.at.astimezone(UTC).date() < day

    def _among(self, which: str, *, by_uid: bool) -> list[tuple[int, Stored]]:
        last = self._last if by_uid else len(self.messages)
        good = _within(which, last, lambda number, one: one.id if by_uid else number)
        return [found for found in enumerate(self.messages, 1) if good(*found)]

    def _give(self, number: int, one: Stored, wanted: list[re.Match[str]]) -> None:
        told: list[str] = []
        body: bytes | None = None
        for item in wanted:
            name = (item["name"] or "").upper()
            if name:
                told.append(f"{name} {_fact(name, one)}")
            elif body is None:
                body = _part(one.raw, item)
                label = f"BODY[{item['part'].upper()}]"
                told.append(f"{label}<{item['start']}>" if item["start"] else label)
        head = f"* {number} FETCH ({' '.join(told)}"
        if body is None:
            self.say(f"{head})")
            return
        self.send_body(f"{head} {{{len(body)}}}\r\n".encode(), body, b")\r\n")

    def _two(self, rest: str) -> tuple[str, str]:
        words = _words(rest)
        if len(words) != 2:
            raise _Wrong("two words were expected")
        return words[0], words[1]


def _words(told: str) -> list[str]:
    """The words of a command, quotes and brackets taken away."""
    found = (one for one in _WORD.finditer(told) if not one[3])
    return [re.sub(r"\\(.)", r"\1", one[1]) if one[1] is not None else one[2] for one in found]


def _items(told: str, *, by_uid: bool) -> list[re.Match[str]]:
    """What is asked of each message; a body last, for nothing comes after it here."""
    plain = told.strip().removeprefix("(").removesuffix(")")
    found = list(_ITEM.finditer(plain))
    if not found or _ITEM.sub("", plain).strip():
        raise _Wrong("no such items here")
    if by_uid and not any((one["name"] or "").upper() == "UID" for one in found):
        uid = _ITEM.match("UID")
        assert uid is not None
        found.append(uid)
    return sorted(found, key=lambda one: one["name"] is None)


def _fact(name: str, one: Stored) -> str:
    match name:
        case "UID":
            return str(one.id)
        case "RFC822.SIZE":
            return str(len(one.raw))
        case "FLAGS":
            return "()"
    at = one.at.astimezone(UTC)
    return f'"{at.day:2}-{MONTHS[at.month - 1]}-{at:%Y %H:%M:%S} +0000"'


def _part(raw: bytes, item: re.Match[str]) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    part = {"": raw, "HEADER": head + blank, "TEXT": body}[item["part"].upper()]
    if item["start"]:
        start = int(item["start"])
        return part[start : start + int(item["size"])]
    return part


def _within(
    told: str, last: int, number_of: Callable[[int, Stored], int]
) -> Callable[[int, Stored], bool]:
    """Whether a message is in a set such as 2,4:7,9:*."""
    ranges: list[tuple[int, int]] = []
    for piece in told.split(","):
        ends = [last if end == "*" else _number(end) for end in piece.split(":")]
        ranges.append((min(ends), max(ends)))

    def good(number: int, one: Stored) -> bool:
        return any(low <= number_of(number, one) <= high for low, high in ranges)

    return good


def _number(told: str) -> int:
    if not (told.isascii() and told.isdigit() and len(told) <= 10):
        raise _Wrong("no such set")
    return int(told)


def _day(told: str) -> date:
    try:
        day, month, year = told.split("-")
        return datetime(
            int(year), MONTHS.index(month.capitalize()) + 1, int(day), tzinfo=UTC
        ).date()
    except ValueError as error:
        raise _Wrong("no such day") from error
