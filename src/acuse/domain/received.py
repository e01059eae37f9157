"""Documents of others that name our company, and what we answer to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from acuse.domain.party import TaxId
from acuse.domain.question import BuyerEvent


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A supplier's document, verified: its signature holds and the authority accepted it.

    `content` are its signed bytes, `receipt` the authority's verdict as it came with them;
    `total` in `currency`; `kind_code` and `kind_name` in the authority's words.
    """

    kind_code: str
    kind_name: str
    number: str
    fiscal_id: str
    issued_on: date
    issuer: TaxId
    issuer_name: str
    receiver: TaxId
    receiver_name: str
    currency: str
    total: Decimal
    on_credit: bool
    content: bytes = field(repr=False)
    receipt: bytes = field(repr=False)
    issuer_email: str = ""


class Looks(StrEnum):
    """What a file that came by mail seems to be, before anything in it is verified."""

    DOCUMENT = "DOCUMENT"  # a supplier's
    EVENT = "EVENT"  # what a buyer declares about a document of ours
    NOTHING = "NOTHING"  # nothing of ours to read


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """What another declares about a document, verified; `sender` declares it and signed it.

    `number` and `fiscal_id` are those of the document that it is about.
    """

    event: BuyerEvent
    number: str
    fiscal_id: str
    sender: TaxId


class ReceptionKind(StrEnum):
    """What is declared about a received (or, by lapse of time, an issued) document."""

    ACKNOWLEDGED = "ACKNOWLEDGED"  # the document arrived
    GOODS_RECEIVED = "GOODS_RECEIVED"
    ACCEPTED = "ACCEPTED"
    CLAIMED = "CLAIMED"
    ACCEPTED_BY_LAPSE = "ACCEPTED_BY_LAPSE"  # registered by the issuer


@dataclass(frozen=True, slots=True)
class Signatory:
    """The person of our company who received the goods or the document."""

    tax_id: TaxId
    first_name: str
    family_name: str
    job_title: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class PastReception:
    """A declaration already registered about the same document."""

    kind: ReceptionKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Reception:
    """One declaration: `number` is ours, of a series of its own; `reason_code` of a claim."""

    kind: ReceptionKind
    document: ReceivedDocument
    number: str
    reason_code: str = ""
    note: str = ""
    person: Signatory | None = None
    before: tuple[PastReception, ...] = ()
