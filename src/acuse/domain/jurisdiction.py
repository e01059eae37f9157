"""What a country must answer: everything is passed in; no clock, key, setting or network.

Source: design.md 3.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from acuse.domain.batch import Batch, BatchKind
from acuse.domain.document import Document
from acuse.domain.face import Attachment, Face
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.question import Answer, Question
from acuse.domain.received import (
    Looks,
    ReceivedDocument,
    ReceivedEvent,
    Reception,
    ReceptionKind,
)
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply
from acuse.domain.totals import Totals
from acuse.domain.traits import Traits
from acuse.domain.verdict import Verdict


class Purpose(StrEnum):
    """What the company's data must be complete for."""

    ISSUE = "ISSUE"
    MAIL = "MAIL"


@dataclass(frozen=True, slots=True)
class Draws:
    """What must be drawn once and kept: never computed again for the same document."""

    security_code: str = ""  # 8 random digits
    file: int = 0  # of the company's yearly series of files, where `traits.numbers_files`


@dataclass(frozen=True, slots=True)
class Sealed:
    """The signed document: exactly these bytes are sent, kept and mailed."""

    content: bytes = field(repr=False)
    fiscal_id: str
    number: str  # as printed: "F001-123", "00100001010000000001"
    file_name: str
    sealed_at: datetime


class Credential(Protocol):
    """The company's means to sign and to log in; the key itself never comes here."""

    @property
    def certificate(self) -> bytes:
        """The signing certificate, DER."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The RSA PKCS#1 v1.5 SHA-256 signature of `data`."""
        ...

    def secret(self, name: str) -> str:
        """A stored credential; raises KeyError where the company has none of that name."""
        ...


class Desk(Protocol):
    """Questions to the authority that are about no document in conversation."""

    def ask(
        self, question: Question, company: Company, credential: Credential, at: datetime
    ) -> Call:
        """The call that asks."""
        ...

    def answer(self, question: Question, reply: Reply | NoReply) -> Answer:
        """What the reply says; never raises, whatever the bytes."""
        ...


class Counter(Protocol):
    """Documents of others: verify, show, reply to; and what is declared about ours."""

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """The reasons that a claim may give: (code, words)."""
        ...

    @property
    def events(self) -> Mapping[str, ReceptionKind]:
        """What each of the authority's codes of events declares."""
        ...

    @property
    def answered(self) -> frozenset[DocumentKind]:
        """The kinds of our documents about which a buyer may declare something.

        What was made again in contingency is of another type to its authority, and none of them.
        """
        ...

    def read_received(self, raw: bytes) -> ReceivedDocument | Problem:
        """The supplier's document in a file or archive, verified; or what is wrong with it."""
        ...

    def looks(self, raw: bytes) -> Looks:
        """What a file or archive that came by mail seems to be; never raises."""
        ...

    def read_event(self, raw: bytes) -> ReceivedEvent | Problem:
        """What another declares in a file or archive, verified; or what is wrong with it."""
        ...

    def reception_problems(
        self, reception: Reception, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        """Why the answer may not be given (order, term, missing person), before it is signed."""
        ...

    def seal_reception(
        self,
        reception: Reception,
        company: Company,
        draws: Draws,
        credential: Credential,
        at: datetime,
    ) -> Sealed:
        """The signed answer to a received document; same arguments, same bytes."""
        ...


class Clerk(Protocol):
    """Documents judged together, and messages that take documents back."""

    @property
    def most(self) -> int:
        """How many documents one batch takes."""
        ...

    def gathers(self, document: Document, company: Company) -> bool:
        """Whether such a document waits for its day's summary instead of going by itself."""
        ...

    def closes(self, reference_date: date, company: Company, at: datetime) -> bool:
        """Whether it is time to send the summary of the documents of that day."""
        ...

    def voiding(self, document: Document, company: Company, at: datetime) -> BatchKind | Problem:
        """By what message the accepted document is voided now, or why it cannot be any more."""
        ...

    def void_advice(self, document: Document, *, mailed: bool) -> str:
        """What to do rather than void it, in words for its issuer; "" where voiding is right."""
        ...

    def seal_batch(
        self, batch: Batch, company: Company, credential: Credential, at: datetime
    ) -> Sealed:
        """The signed file; same arguments, same bytes.

        Raises Blocked for what would be rejected as it stands: a problem of one document has the
        field `members.N`, from 0 on.
        """
        ...


class Jurisdiction(Protocol):
    """A country's answers."""

    @property
    def traits(self) -> Traits:
        """What is fixed about the country."""
        ...

    @property
    def desk(self) -> Desk | None:
        """Who asks its authority about ranges, contacts and events; None where nobody does."""
        ...

    @property
    def counter(self) -> Counter | None:
        """Who reads and answers documents of others; None where nobody does."""
        ...

    @property
    def clerk(self) -> Clerk | None:
        """Who makes batches; None where every document goes by itself and none is voided."""
        ...

    def company_problems(
        self, company: Company, at: datetime, purpose: Purpose
    ) -> tuple[Problem, ...]:
        """What the company lacks for issuing or for mailing."""
        ...

    def secret_problems(self, name: str, value: str) -> tuple[Problem, ...]:
        """What is wrong with a credential, before it is stored and nobody sees it any more."""
        ...

    def document_problems(
        self, document: Document, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        """What is wrong with the document, before it gets a number."""
        ...

    def document_warnings(
        self, document: Document, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        """What its issuer should know before issuing it; nothing here ever stops a document.

        Never raises for a document of the format, whatever problems it has besides.
        """
        ...

    def series_begins(self, document: Document) -> str:
        """What the document's series begins with, where its kind has several; "" for any."""
        ...

    def totals(self, document: Document) -> Totals:
        """The sums; never raises for a document without problems."""
        ...

    def seal(
        self,
        document: Document,
        company: Company,
        draws: Draws,
        credential: Credential,
        at: datetime,
        previous: Sealed | None = None,
    ) -> Sealed:
        """The signed document; same arguments, same bytes. `document.number` must be set."""
        ...

    def next_call(
        self, case: Case, company: Company, credential: Credential, at: datetime
    ) -> Call | None:
        """The next call of the conversation; None where there is nothing to call."""
        ...

    def read(self, case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
        """What the reply means; never raises, whatever the bytes."""
        ...

    def face(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Face:
        """What the printed form shows."""
        ...

    def bundle(
        self,
        document: Document,
        company: Company,
        sealed: Sealed,
        verdict: Verdict | None,
        pdf: bytes,
        draws: Draws,
        credential: Credential,
        at: datetime,
    ) -> tuple[Attachment, ...] | Problem:
        """The files that the law puts in the packet, or what is missing of it.

        Without a verdict: what is handed over of a document made in contingency.
        """
        ...

    def subject(self, document: Document, company: Company, sealed: Sealed) -> str:
        """The subject that the law fixes, one line; "" where the company words it."""
        ...
