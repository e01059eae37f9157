"""What a country must answer: everything is passed in; no clock, key, setting or network.

Source: design.md 3.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from acuse.domain.document import Document, Tax
from acuse.domain.face import Attachment, Face
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.parts import Part
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Problem
from acuse.domain.question import Answer, Question
from acuse.domain.received import ReceivedDocument, Reception, ReceptionKind
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply
from acuse.domain.totals import Totals
from acuse.domain.verdict import Verdict


class Purpose(StrEnum):
    """What the company's data must be complete for."""

    ISSUE = "ISSUE"
    MAIL = "MAIL"


class RejectedNumber(StrEnum):
    """What becomes of the number of a rejected document."""

    REUSE = "REUSE"
    NEW = "NEW"


class Scope(StrEnum):
    """What a country's own field belongs to."""

    COMPANY = "COMPANY"
    CUSTOMER = "CUSTOMER"
    DOCUMENT = "DOCUMENT"
    LINE = "LINE"
    RANGE = "RANGE"


class FieldType(StrEnum):
    """How a country's own field is entered and read."""

    TEXT = "TEXT"
    DECIMAL = "DECIMAL"
    INTEGER = "INTEGER"
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"
    CHOICE = "CHOICE"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field that only one country knows: its key in `extra`, how it is drawn and read."""

    name: str
    scope: Scope
    type: FieldType
    label: str
    help: str = ""
    required: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # (code, words)


class Role(StrEnum):
    """Who the other party of a document is to us; it gets the mail in either case."""

    BUYER = "BUYER"
    SELLER = "SELLER"


@dataclass(frozen=True, slots=True)
class KindTraits:
    """A kind of document in this country.

    `corrects` are the kinds that it may refer to, empty for what is no note; `reasons` are the
    authority's (code, words) for correcting; `authorised`: its numbers hang from a range that the
    authority gave.
    """

    kind: DocumentKind
    code: str  # the authority's code: "01"
    name: str  # "Factura electrónica"
    plural: str  # "Facturas"
    role: Role = Role.BUYER
    corrects: tuple[DocumentKind, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    authorised: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The country's words on screen, mail and paper."""

    country: str  # "Perú"
    authority: str  # "SUNAT"
    accepted_by: str  # "SUNAT la aceptó"
    tax_id: str  # "RUC"
    tax: str  # "IGV"
    place: str  # "Ubigeo"
    numbering: str  # "Serie"
    fiscal_id: str  # "Código hash", "Clave numérica"
    receipt: str  # what the authority's answer is called: "CDR"
    no_validity: str  # "SIN VALOR TRIBUTARIO"
    money_format: str  # locale of figures: "es-PE" 1,234.56 or "es-CR" 1.234,56


@dataclass(frozen=True, slots=True)
class TaxIdKind:
    """A kind of identity number: key, label and the authority's code."""

    key: str
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class SecretSpec:
    """A credential that the authority asks for; `required` for issuing."""

    name: str
    label: str
    help: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How a company earns the right to issue: a set of test documents that the authority judges.

    `plan` is what a set usually asks of each kind, `accepted` how many invoices must be accepted;
    only the authority's portal says the true numbers. `ranges` (`id` 0) are the set's own and the
    internal series that hang from no authorisation; `secrets` what comes with them, public values.
    `needs` are the company's own fields that only the set wants.
    """

    plan: tuple[tuple[DocumentKind, int], ...]
    accepted: int
    ranges: tuple[NumberingRange, ...]
    secrets: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    test_unit: str
    test_tax: Tax


@dataclass(frozen=True, slots=True)
class Traits:
    """What is fixed about a country and its authority."""

    code: str
    timezone: str
    currency: str
    currencies: tuple[str, ...]
    words: Words
    kinds: tuple[KindTraits, ...]
    tax_ids: tuple[TaxIdKind, ...]
    fields: tuple[FieldSpec, ...]
    secrets: tuple[SecretSpec, ...]
    units: tuple[tuple[str, str], ...]  # (code, words), usual ones first
    taxes: tuple[tuple[str, str, str], ...]  # (tax code, percent, words) offered on a line
    rejected_number: RejectedNumber
    automatic_delivery_by_law: str = ""  # the legal reason, "" where the company decides
    resend_is_question: frozenset[DocumentKind] = frozenset()
    deadline: timedelta | None = None
    enrolment: Enrolment | None = None  # None where a company may issue at once
    contingency: timedelta | None = None  # to transmit what was made while the authority was down
    parts: frozenset[Part] = frozenset()  # of a document, beyond what every country writes
    numbers_files: bool = False  # whether each file to the authority has a number of its own
    calls_per_second: float = 4.0
    colour: str = "petrol"

    def own(self, scope: Scope) -> tuple[FieldSpec, ...]:
        """The fields that only this country knows of a company, a contact, a document or a line."""
        return tuple(spec for spec in self.fields if spec.scope is scope)

    def kind(self, kind: DocumentKind) -> KindTraits | None:
        """What this country calls the kind; None where it is not served (yet)."""
        return next((one for one in self.kinds if one.kind is kind), None)


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
        """The kinds of our documents about which a buyer may declare something."""
        ...

    def read_received(self, raw: bytes) -> ReceivedDocument | Problem:
        """The supplier's document in a file or archive, verified; or what is wrong with it."""
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

    def company_problems(
        self, company: Company, at: datetime, purpose: Purpose
    ) -> tuple[Problem, ...]:
        """What the company lacks for issuing or for mailing."""
        ...

    def document_problems(
        self, document: Document, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        """What is wrong with the document, before it gets a number."""
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
        """The subject of the mail, without line breaks."""
        ...


def marked(environment: Environment, words: Words) -> str:
    """The words of "no validity" outside production, else ""."""
    return "" if environment is Environment.PRODUCTION else words.no_validity
