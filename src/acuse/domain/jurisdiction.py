"""What a country must answer: everything is passed in; no clock, key, setting or network.

Source: design.md 3.7.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from acuse.domain.batch import Batch, BatchKind
from acuse.domain.counter import Counter
from acuse.domain.document import Document
from acuse.domain.face import Attachment, Face
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company, TaxId
from acuse.domain.payment import Paid
from acuse.domain.problem import Problem
from acuse.domain.question import Answer, Question, Topic
from acuse.domain.sealing import Credential as Credential  # asked for here by the whole house
from acuse.domain.sealing import Draws as Draws
from acuse.domain.sealing import Sealed as Sealed
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply
from acuse.domain.told_identity import ToldIdentity
from acuse.domain.totals import Totals
from acuse.domain.traits import Traits
from acuse.domain.verdict import Verdict


class Purpose(StrEnum):
    """What the company's data must be complete for."""

    ISSUE = "ISSUE"
    MAIL = "MAIL"


class Desk(Protocol):
    """Questions to the authority that are about no document in conversation."""

    @property
    def topics(self) -> frozenset[Topic]:
        """What may be asked here."""
        ...

    def ask(
        self, question: Question, company: Company, credential: Credential, at: datetime
    ) -> Call | None:
        """The call that asks; None where the authority knows nobody by such a subject."""
        ...

    def answer(self, question: Question, reply: Reply | NoReply) -> Answer:
        """What the reply says; never raises, whatever the bytes."""
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


class Cashier(Protocol):
    """Receipts for documents whose tax is due only when they are paid."""

    @property
    def places(self) -> int:
        """How many decimals an amount may have."""
        ...

    def awaits(self, document: Document) -> bool:
        """Whether every payment of such a document, once accepted, asks for a receipt."""
        ...

    def receipt(
        self, document: Document, sealed: Sealed, paid: Paid, settled: tuple[Document, ...]
    ) -> Document:
        """The receipt of a payment as it is proposed, without number and date.

        `settled` are the document's receipts and credit notes so far, in its currency. The total
        is exactly what was paid; where it pays all that is left, so does each net and tax.
        """
        ...

    def receipt_problems(
        self, receipt: Document, document: Document, left: Decimal
    ) -> tuple[Problem, ...]:
        """Why that cannot be a receipt of the document, of which so much is left."""
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

    @property
    def cashier(self) -> Cashier | None:
        """Who makes receipts of payments; None where no document asks for any."""
        ...

    def company_problems(
        self, company: Company, at: datetime, purpose: Purpose
    ) -> tuple[Problem, ...]:
        """What the company lacks for issuing or for mailing."""
        ...

    def identify(self, told: ToldIdentity) -> TaxId | Problem:
        """The identity as it is kept of a contact, or what is wrong with it (field number or kind).

        Nothing is guessed: a kind that is not told is taken from the number only where no other
        kind has such numbers, zeros are put back only where a figure lost them.
        """
        ...

    def place(self, told: str) -> str | Problem:
        """The official code of a location, with the zeros that a spreadsheet took from it."""
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

    def rest(self, reply: Reply, at: datetime) -> timedelta:
        """How long the reply asks this account to make no call; never raises."""
        ...

    def face(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Face:
        """What the printed form shows."""
        ...

    def verify(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Lookup | None:
        """Where the accepted document is looked up at the authority; None where nobody can.

        The authority knows nothing of a rehearsal.
        """
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


def desk_for(jurisdiction: Jurisdiction, topic: Topic) -> Desk | None:
    """Who asks the authority about that; None where nobody does."""
    desk = jurisdiction.desk
    return desk if desk is not None and topic in desk.topics else None
