"""The conversation with the authority about one document: what is known and what comes next.

Source: design.md 3.5 and 3.7. A call's outcome that is not known is the state UNCERTAIN: the next
call asks, it never sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from acuse.domain.batch import Member
from acuse.domain.verdict import Verdict

RECEPTION = "RECEPTION"  # the kind of a case that is about a declaration of ours, no document


class SubmissionState(StrEnum):
    """Where the conversation stands."""

    GATHERED = "GATHERED"  # goes by way of a batch, whose own conversation decides
    QUEUED = "QUEUED"  # nothing sent, or proven not to have arrived
    IN_FLIGHT = "IN_FLIGHT"  # a worker holds it and may be sending
    WAITING = "WAITING"  # the authority has it and has not judged
    UNCERTAIN = "UNCERTAIN"  # it may or may not have arrived: ask
    STUCK = "STUCK"  # a person must decide
    SETTLED = "SETTLED"  # judged, for good
    CLOSED = "CLOSED"  # withdrawn or reopened: another submission may follow


OPEN_STATES = frozenset(
    {
        SubmissionState.QUEUED,
        SubmissionState.IN_FLIGHT,
        SubmissionState.WAITING,
        SubmissionState.UNCERTAIN,
    }
)


class CallPurpose(StrEnum):
    """Why the authority is called."""

    LOGIN = "LOGIN"
    SEND = "SEND"
    ASK = "ASK"


class Cause(StrEnum):
    """Why the authority did not take a document, in its own words."""

    CREDENTIALS = "CREDENTIALS"  # stops the company's channel after two in a row
    PASSWORD = "PASSWORD"  # noqa: S105 - stops it at once: more refusals lock the user out
    FILE = "FILE"  # our file is wrong: a fault of the program
    CONTENT = "CONTENT"  # the user can mend it; the number is free
    LIMIT = "LIMIT"  # too many calls
    CONFIG = "CONFIG"  # wrong address or permission


@dataclass(frozen=True, slots=True)
class Form:
    """A form body, encoded by the gateway."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP call to make; `secret_parts` are texts to mask wherever it is shown or kept.

    `facts` never travel: what the reader of its reply must know of who asked, and what.
    """

    purpose: CallPurpose
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | Form = field(default=b"", repr=False)  # may hold a password
    secret_parts: tuple[str, ...] = field(default=(), repr=False)
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class NoReply:
    """Nothing readable came back; `left` means that bytes of the request may have left."""

    reason: str
    left: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Something kept between calls: a token, a seed."""

    value: str = field(repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """Keep (or with None forget) notes of the account, then go on at once."""

    notes: Mapping[str, Note | None]


@dataclass(frozen=True, slots=True)
class Received:
    """The authority has it and will judge later."""

    ticket: str = ""
    ask_in: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """Not judged yet."""

    ask_in: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict that names this document, or this batch.

    Of a rejected batch, `culprits` are the lines, from 1 on, for which the whole was rejected, and
    `known` those among them that the authority says it holds already: a question, no verdict.
    """

    verdict: Verdict
    culprits: tuple[int, ...] = ()
    known: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The authority says it does not hold this document."""


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """The authority says it was given this document before: a question, never a verdict.

    `notes` are kept like those of Noted: what the next call needs to know about it.
    """

    note: str
    notes: Mapping[str, Note] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """The authority's own words say it did not take the document; retry_in None is final."""

    text: str
    cause: Cause
    code: str = ""
    retry_in: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No usable answer; `left` means that the document may have arrived."""

    left: bool
    reason: str


@dataclass(frozen=True, slots=True)
class NeedsPerson:
    """The program cannot decide; `text` tells a person what is the matter."""

    text: str


Finding = (
    Noted | Received | Pending | Judged | NotKnown | AlreadyKnown | Refused | NoAnswer | NeedsPerson
)


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known when the next call is chosen and its reply read.

    `kind` is a DocumentKind, a BatchKind (then `members` are its documents), or RECEPTION (then
    `about` is the supplier's document, as it was signed; b"" where it is about one of ours).
    """

    state: SubmissionState
    sealed: bytes
    fiscal_id: str
    number: str
    file_name: str
    kind: str
    issued_at: datetime
    tries: int = 0  # calls since the state last changed
    asks: int = 0  # questions asked in all
    not_known_since: datetime | None = None
    sent_at: datetime | None = None
    ticket: str = ""
    callback: str = ""  # where the authority may say that it has news, "" for nowhere
    notes: Mapping[str, Note] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    about: bytes = field(default=b"", repr=False)

    def note(self, name: str, at: datetime) -> str | None:
        """A kept value that is still good at that moment."""
        kept = self.notes.get(name)
        if kept is None or (kept.until is not None and kept.until <= at):
            return None
        return kept.value
