"""A small POP3 server over the sandbox's mailboxes (RFC 1939); nothing is ever deleted."""

from __future__ import annotations

import re

from acuse_sandbox.mailbox import Stored
from acuse_sandbox.reading import Reading, Refused
from acuse_sandbox.smtp_wire import Gone

CAPABILITIES = ("USER", "UIDL", "TOP", "RESP-CODES", "AUTH-RESP-CODE")
_LINE_START = re.compile(rb"(?m)^\.")


class Pop3(Reading):
    """One dialogue."""

    _user = ""

    def greet(self) -> None:
        """Say +OK."""
        try:
            self.stage("greeting")
        except Refused as refused:
            self.say(f"-ERR {refused}")
            raise Gone from refused
        self.say("+OK sandbox.example ready")

    def obey(self, line: str) -> bool:
        """Answer one command; whether the dialogue goes on."""
        verb, _, rest = line.partition(" ")
        try:
            return self._obey(verb.upper(), rest.strip())
        except Refused as refused:
            self.say(f"-ERR {refused}")
            return True

    def _obey(self, verb: str, rest: str) -> bool:
        match verb:
            case "CAPA":
                self._listed("capabilities", CAPABILITIES)
            case "NOOP":
                self.say("+OK")
            case "QUIT":
                self.say("+OK bye")
                return False
            case "USER":
                self._user = rest
                self.say("+OK password?")
            case "PASS":
                self.log_in(self._user, rest)
                self.say("+OK open")
            case _ if self.address:
                self._transact(verb, rest)
            case _:
                raise Refused("log in first")
        return True

    def _transact(self, verb: str, rest: str) -> None:
        match verb:
            case "STAT":
                self.stage("select")
                size = sum(len(one.raw) for one in self.messages)
                self.say(f"+OK {len(self.messages)} {size}")
            case "LIST" | "UIDL":
                self.stage("list")
                told = self._size if verb == "LIST" else self._name
                if rest:
                    number, one = self._one(rest)
                    self.say(f"+OK {number} {told(one)}")
                    return
                numbered = enumerate(self.messages, 1)
                self._listed("here", tuple(f"{number} {told(one)}" for number, one in numbered))
            case "RETR":
                _, one = self._one(rest)
                self._give(one.raw)
            case "TOP":
                which, _, lines = rest.partition(" ")
                _, one = self._one(which)
                self._give(_top(one.raw, int(lines) if lines.isdigit() else 0))
            case "RSET":
                self.say("+OK")
            case _:
                raise Refused("not here")

    def _one(self, number: str) -> tuple[int, Stored]:
        if not (number.isdigit() and 1 <= int(number[:9]) <= len(self.messages)):
            raise Refused("no such message")
        return int(number), self.messages[int(number) - 1]

    def _size(self, one: Stored) -> str:
        return str(len(one.raw))

    def _name(self, one: Stored) -> str:
        return f"{self.server.mailboxes.validity}-{one.id}"

    def _give(self, raw: bytes) -> None:
        stuffed = _LINE_START.sub(b"..", raw)
        if not stuffed.endswith(b"\r\n"):
            stuffed += b"\r\n"
        self.send_body(b"+OK follows\r\n", stuffed, b".\r\n")

    def _listed(self, title: str, lines: tuple[str, ...]) -> None:
        self.say("\r\n".join((f"+OK {title}", *lines, ".")))


def _top(raw: bytes, lines: int) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    return head + blank + b"".join(body.splitlines(keepends=True)[:lines])
