"""A company's mailbox that is read: where it is, how a visit ends, what became of each message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acuse.domain.patience import Patience, delay
from acuse.domain.problem import Problem


class Protocol(StrEnum):
    """How mail is read."""

    IMAP = "IMAP"
    POP3 = "POP3"


class Security(StrEnum):
    """How a connection to a mail server is protected."""

    NONE = "NONE"  # loopback only
    STARTTLS = "STARTTLS"  # demanded, never optional
    TLS = "TLS"


class Cause(StrEnum):
    """Why a visit to a mailbox ended before its end."""

    UNREACHABLE = "UNREACHABLE"  # no such host, nobody there, cut in mid-talk
    UNPROTECTED = "UNPROTECTED"  # no TLS, or a certificate that is not the server's
    REFUSED = "REFUSED"  # the log-in
    NO_FOLDER = "NO_FOLDER"
    LATER = "LATER"  # the server itself asks for patience
    SENSELESS = "SENSELESS"  # it speaks, but not as such a server does


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept a visit from its end; `text` is the server's or the system's own words."""

    cause: Cause
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the mailbox is and whose it is; POP3 has no folder but its one."""

    protocol: Protocol
    host: str
    port: int
    security: Security
    username: str
    folder: str = "INBOX"


class MailOutcome(StrEnum):
    """What became of a message, or of one file in it; a message is the best of its files."""

    RECEIVED = "RECEIVED"  # a supplier's document, kept
    EVENT = "EVENT"  # what a buyer declared about a document of ours, kept
    RETURNED = "RETURNED"  # what became of a mail of ours, handed on to be read
    KNOWN = "KNOWN"  # it was kept before
    REFUSED = "REFUSED"  # it looks like ours to read and is not right
    NOTHING = "NOTHING"  # nothing of ours: a person's letter, an advertisement
    FAILED = "FAILED"  # too large, or the server or this program could not read it


BEST_FIRST = tuple(MailOutcome)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
PORTS = {  # the usual one of each
    (Protocol.IMAP, Security.TLS): 993,
    (Protocol.IMAP, Security.STARTTLS): 143,
    (Protocol.IMAP, Security.NONE): 143,
    (Protocol.POP3, Security.TLS): 995,
    (Protocol.POP3, Security.STARTTLS): 110,
    (Protocol.POP3, Security.NONE): 110,
}
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:.]{2,45}", re.ASCII)


def place_problems(place: Place, *, private: bool) -> tuple[Problem, ...]:
    """What is wrong with where a mailbox is said to be.

    `private`: it may stand on this machine or its network, at any port (reliability.md F94).
    """
    found: list[Problem] = []

    def wrong(field: str, text: str) -> None:
        found.append(Problem(field, "XX-BUZ-1", text, "reliability.md F94"))

    if not _HOST.fullmatch(place.host):
        wrong("host", "Escribe el nombre del servidor, como imap.ejemplo.com, sin http ni barras.")
    if not 1 <= place.port <= 65535:
        wrong("port", "El puerto es un número de 1 a 65535.")
    elif not private and place.port not in PORTS.values():
        ports = ", ".join(f"{port}" for port in sorted(set(PORTS.values())))
        wrong("port", f"Los buzones se leen por los puertos {ports}. Elige uno de ellos.")
    if place.security is Security.NONE and not (private and place.host in LOOPBACK):
        text = "Sin cifrado la contraseña viajaría a la vista. Elige TLS o STARTTLS."
        wrong("security", text)
    for field, told in (("username", place.username), ("folder", place.folder)):
        if not told or not told.isprintable():
            wrong(field, "Escríbelo en una línea, sin caracteres invisibles.")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Step:
    """How a mailbox goes on after a visit; `stop`: not before a person has looked."""

    wake_at: datetime
    refusals: int = 0
    failures: int = 0
    stop: bool = False


NEEDS_PERSON = (Cause.REFUSED, Cause.NO_FOLDER)
VISITS_TO_STOP = 2  # a third wrong password may lock the user out


def best(outcomes: tuple[MailOutcome, ...]) -> MailOutcome:
    """What became of a message by what became of its files."""
    return min(outcomes, key=BEST_FIRST.index, default=MailOutcome.NOTHING)


def after_visit(
    trouble: Trouble | None,
    *,
    refusals: int,
    failures: int,
    more: bool,
    at: datetime,
    patience: Patience,
) -> Step:
    """The next step, given how many visits in a row were refused, and how many failed, before.

    `more` messages wait: the next visit is at once.
    """
    if trouble is None:
        return Step(at if more else at + patience.collecting)
    failures += 1
    wake_at = at + max(patience.collecting, delay(patience.mailing, failures))
    if trouble.cause not in NEEDS_PERSON:
        return Step(wake_at, refusals, failures)
    refusals += 1
    return Step(wake_at, refusals, failures, stop=refusals >= VISITS_TO_STOP)
