"""Servers of mailboxes on this machine that say what a test tells them, byte by byte."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from acuse.domain.mailbox import Cause, Place, Protocol, Security
from acuse.gateways import mailbox
from acuse.gateways.mailbox import Account, Fetched, Limits, Waits
from tests.gateways.loopback import Loopback

# Patient: a test whose server does answer must not fail where the machine stands still for a while.
PATIENT = Waits(connect=10.0, reply=10.0, whole=30.0)
HASTY = Waits(connect=10.0, reply=0.4, whole=3.0)  # where the server falls silent
BOTH = pytest.mark.parametrize("protocol", list(Protocol))
US = "recepcion@compradora.example"
SINCE = date(2026, 11, 1)
MAIL = b"Subject: uno\r\n\r\nHola\r\n"
Says = bytes | Callable[[bytes], bytes] | None  # None: close

IMAP: Mapping[str, Says] = {  # by command; {tag} is the client's
    "greeting": b"* OK [CAPABILITY IMAP4rev1] hola\r\n",
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n{tag} OK x\r\n",
    "LOGIN": b"{tag} OK x\r\n",
    "EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n{tag} OK [READ-ONLY] x\r\n",
    "SEARCH": b"* SEARCH 5\r\n{tag} OK x\r\n",
    "SIZE": b"* 1 FETCH (UID 5 RFC822.SIZE %d)\r\n{tag} OK x\r\n" % len(MAIL),
    "BODY": b"* 1 FETCH (UID 5 BODY[] {%d}\r\n%s)\r\n{tag} OK x\r\n" % (len(MAIL), MAIL),
    "LIST": b'* LIST () "/" "INBOX"\r\n* LIST () "/" "Recepci&APM-n"\r\n{tag} OK x\r\n',
    "LOGOUT": b"* BYE\r\n{tag} OK x\r\n",
    "STARTTLS": b"{tag} OK x\r\n",
}
POP3: Mapping[str, Says] = {
    "greeting": b"+OK hola\r\n",
    "USER": b"+OK\r\n",
    "PASS": b"+OK\r\n",
    "STAT": b"+OK 1 %d\r\n" % len(MAIL),
    "UIDL": b"+OK\r\n1 uno\r\n.\r\n",
    "LIST": b"+OK\r\n1 %d\r\n.\r\n" % len(MAIL),
    "RETR": b"+OK\r\n" + MAIL + b".\r\n",
    "TOP": b"+OK\r\nSubject: uno\r\n\r\n.\r\n",
    "QUIT": b"+OK\r\n",
    "STLS": b"+OK\r\n",
}


class Scripted:
    """A server with its usual answers, some of them changed; `said` is what it was told."""

    def __init__(self, protocol: Protocol, tls: Any = None, **changes: Says) -> None:
        usual = IMAP if protocol is Protocol.IMAP else POP3
        self.protocol, self._answers = protocol, dict(usual) | changes
        self._tls = tls
        self.said: list[bytes] = []
        self.server = Loopback(self._talk)

    def __enter__(self) -> Scripted:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def account(self, security: Security = Security.NONE, **changes: Any) -> Account:
        place = Place(self.protocol, "127.0.0.1", self.server.port, security, "ana@x.example")
        usual: dict[str, Any] = {"password": "clave", "private": True, "waits": PATIENT}
        return Account(place, **(usual | changes))

    def _talk(self, connection: socket.socket) -> None:
        if not self._give(connection, "greeting", b""):
            return
        with connection.makefile("rb") as lines:
            for line in lines:
                self.said.append(line.rstrip(b"\r\n"))
                tag, verb = self._read(line)
                if not self._give(connection, verb, tag):
                    return
                if verb in ("STARTTLS", "STLS") and self._tls:
                    with suppress(OSError):
                        self._talk_on(self._tls.wrap_socket(connection, server_side=True))
                    return

    def _talk_on(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            for line in lines:
                self.said.append(line.rstrip(b"\r\n"))
                tag, verb = self._read(line)
                if not self._give(connection, verb, tag):
                    return

    def _read(self, line: bytes) -> tuple[bytes, str]:
        words = line.upper().split()
        if self.protocol is Protocol.POP3:
            return b"", words[0].decode("ascii", "replace") if words else ""
        told = [word.decode("ascii", "replace") for word in words]
        verb = told[1] if len(told) > 1 else ""
        if verb == "UID" and len(told) > 2:
            verb = told[2]
        if verb == "FETCH":
            verb = "SIZE" if b"RFC822.SIZE" in line else "BODY"
        return line.partition(b" ")[0], verb

    def _give(self, connection: socket.socket, name: str, tag: bytes) -> bool:
        answer = self._answers.get(name)
        if answer is None:
            return False
        told = answer if isinstance(answer, bytes) else answer(tag)
        connection.sendall(told.replace(b"{tag}", tag))
        return True


def everything(names: Sequence[str]) -> Sequence[str]:
    return names


def fetched(
    account: Account,
    cursor: str = "",
    unknown: Callable[[Sequence[str]], Sequence[str]] = everything,
    **limits: int,
) -> Fetched:
    return mailbox.fetch(
        account, cursor=cursor, since=SINCE, unknown=unknown, limits=Limits(**limits)
    )


def raws(told: Fetched) -> list[bytes]:
    return [one.raw for one in told.messages]


def cause(told: Fetched) -> Cause | None:
    return told.trouble and told.trouble.cause
