"""What is fixed about a country: its words, kinds, numbers, own fields, and what its law says.

Source: design.md 3.7 (traits).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from acuse.domain.catalogue import Catalogue
from acuse.domain.document import Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.parts import Part
from acuse.domain.party import Customer, Environment


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
    RECEPTION = "RECEPTION"  # a declaration about a received document


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
    """A field that only one country knows: its key in `extra`, how it is drawn and read.

    `kinds` are the documents that it belongs to, empty for every kind.
    """

    name: str
    scope: Scope
    type: FieldType
    label: str
    help: str = ""
    required: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # (code, words)
    kinds: frozenset[DocumentKind] = frozenset()
    rare: bool = False  # of a document: drawn folded
    beside_secrets: bool = False  # of a company: asked where its credentials are entered
    catalogue: Catalogue | None = None  # of a line: where its codes are looked up


class Role(StrEnum):
    """Who the other party of a document is to us; it gets the mail in either case."""

    BUYER = "BUYER"
    SELLER = "SELLER"


class Lines(StrEnum):
    """What the lines of a kind of document are."""

    SALES = "SALES"  # quantity × price, with discounts and taxes
    PAYMENTS = "PAYMENTS"  # amounts alone: the quantity is 1, and there is no tax
    GOODS = "GOODS"  # quantities alone: nothing is charged


@dataclass(frozen=True, slots=True)
class KindTraits:
    """A kind of document in this country.

    `corrects` are the kinds that it may refer to, empty for what is no note; `reasons` are the
    authority's (code, words) for correcting; `refers`: it may hang from papers all the same, and
    does so always where it `must_refer`; `authorised`: its numbers hang from a range that the
    authority gave; `feminine`: the gender of its name, with which words about it agree;
    `contingency` is its code where it may be made again while the authority is down, else "";
    `party` is its own word for the other party, "" for the usual one.
    """

    kind: DocumentKind
    code: str  # the authority's code: "01"
    name: str  # "Factura electrónica"
    plural: str  # "Facturas"
    role: Role = Role.BUYER
    corrects: tuple[DocumentKind, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    refers: bool = False
    must_refer: bool = False
    authorised: bool = False
    feminine: bool = True
    lines: Lines = Lines.SALES
    party: str = ""
    contingency: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The country's words on screen, mail and paper."""

    country: str  # "Perú"
    authority: str  # "SUNAT"
    accepted_by: str  # "SUNAT l{o} aceptó": agrees with the kind
    tax_id: str  # "RUC"
    tax: str  # "IGV"
    place: str  # "Ubigeo"
    numbering: str  # "Serie"
    fiscal_id: str  # "Código hash", "Clave numérica"
    receipt: str  # what the authority's answer is called: "CDR"
    no_validity: str  # "SIN VALOR TRIBUTARIO"
    money_format: str  # locale of figures: "es-PE" 1,234.56 or "es-CR" 1.234,56
    subject: str = ""  # of the mail, with {{variables}}; "" where the law fixes it
    english: tuple[tuple[str, str], ...] = ()  # of its words what a foreign customer is to read

    @property
    def decimal_mark(self) -> str:
        """What parts a figure's decimals where people write it."""
        return "." if self.money_format == "es-PE" else ","


@dataclass(frozen=True, slots=True)
class TaxIdKind:
    """A kind of identity number: key, label, the authority's code, other words for it."""

    key: str
    label: str
    code: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecretSpec:
    """A credential that the authority asks for; `required` for issuing."""

    name: str
    label: str
    help: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Packing:
    """How a packet that no server would take may be made smaller; else its mail is held.

    `zips`: its XML may travel in one archive; `links`: what the law wants at the customer's
    disposal may wait on a page instead.
    """

    zips: bool = False
    links: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How a company earns the right to issue: a set of test documents that the authority judges.

    `plan` is what a set usually asks of each kind, `accepted` how many invoices must be accepted;
    only the authority's portal says the true numbers. `ranges` (`id` 0) are the set's own and the
    internal series that hang from no authorisation; `secrets` what comes with them, public values.
    `needs` are the company's own fields that only the set wants, `software` those that the
    authority's portal gives for the software.
    """

    plan: tuple[tuple[DocumentKind, int], ...]
    accepted: int
    ranges: tuple[NumberingRange, ...]
    secrets: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    software: tuple[str, ...]
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
    replaces_rejected: str = ""  # the reason by which a new document refers to a rejected one
    automatic_delivery_by_law: str = ""  # the legal reason, "" where the company decides
    resend_is_question: frozenset[DocumentKind] = frozenset()
    deadline: timedelta | None = None
    range_secret: SecretSpec | None = (
        None  # of each range: {series}, {fields} of `extra` in its name
    )
    enrolment: Enrolment | None = None  # None where a company may issue at once
    contingency: timedelta | None = None  # to transmit what was made while the authority was down
    parts: frozenset[Part] = frozenset()  # of a document, beyond what every country writes
    packing: Packing = Packing()
    numbers_files: bool = False  # whether each file to the authority has a number of its own
    services: tuple[tuple[str, str], ...] = ()  # endpoints that a company may have elsewhere, words
    tokens: tuple[str, ...] = ()  # notes that a log-in leaves: void with another credential
    nobody: tuple[Customer, ...] = ()  # whoever gave neither identity nor name, as it is written
    calls_per_second: float = 4.0
    colour: str = "petrol"

    def day(self, at: datetime) -> date:
        """The calendar day in the country at that moment."""
        return at.astimezone(ZoneInfo(self.timezone)).date()

    def own(self, scope: Scope, kind: DocumentKind | None = None) -> tuple[FieldSpec, ...]:
        """The fields that only this country knows of a company, a contact, a document or a line.

        With a kind, only those that a document of that kind has.
        """
        return tuple(
            spec
            for spec in self.fields
            if spec.scope is scope and (kind is None or not spec.kinds or kind in spec.kinds)
        )

    def catalogue(self, name: str) -> Catalogue | None:
        """The catalogue of that name in which a line's codes are looked up; None for another."""
        found = (spec.catalogue for spec in self.fields if spec.catalogue is not None)
        return next((one for one in found if one.name == name), None)

    def is_nobody(self, customer: Customer) -> bool:
        """Whether the customer stands for whoever gave neither identity nor name."""
        name = customer.name.strip().casefold()
        return any(
            customer.tax_id == one.tax_id and name == one.name.casefold() for one in self.nobody
        )

    def agree(self, kind: DocumentKind, words: str) -> str:
        """The words in the gender of that kind's name: "Aceptad{o}" is "Aceptada" of an invoice."""
        known = self.kind(kind)
        return words.replace("{o}", "a" if known and known.feminine else "o")

    def kind(self, kind: DocumentKind) -> KindTraits | None:
        """What this country calls the kind; None where it is not served (yet)."""
        return next((one for one in self.kinds if one.kind is kind), None)


def marked(environment: Environment, words: Words) -> str:
    """The words of "no validity" outside production, else ""."""
    return "" if environment is Environment.PRODUCTION else words.no_validity
