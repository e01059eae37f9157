"""Documents of others that name our company, and what we answer to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from acuse.domain.party import TaxId
from acuse.domain.question import BuyerEvent


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A supplier's document, verified: its signature holds and the authority accepted it.

    `content` are its signed bytes, `receipt` the authority's verdict, b"" where it came without
    one and nobody knows whether it is valid; `total` in `currency`; `kind_code` and `kind_name` in
    the authority's words.
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


@dataclass(frozen=True, slots=True)
class ReceivedReceipt:
    """The authority's acceptance of a supplier's document, verified, that came by itself."""

    fiscal_id: str
    issuer: TaxId
    total: Decimal
    content: bytes = field(repr=False)

    def about(self, document: ReceivedDocument) -> bool:
        """Whether it accepts this very document, as far as it tells."""
        return (
            self.fiscal_id == document.fiscal_id
            and self.issuer.names(document.issuer)
            and self.total == document.total
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person should know before answering a document; `urgent`: now rather than later."""

    text: str
    urgent: bool = False


class Looks(StrEnum):
    """What a file that came by mail seems to be, before anything in it is verified."""

    DOCUMENT = "DOCUMENT"  # a supplier's
    RECEIPT = "RECEIPT"  # the authority's answer about one, without it
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
    PARTLY_ACCEPTED = "PARTLY_ACCEPTED"
    CLAIMED = "CLAIMED"  # refused, in the words of some
    ACCEPTED_BY_LAPSE = "ACCEPTED_BY_LAPSE"  # registered by the issuer


@dataclass(frozen=True, slots=True)
class Declarable:
    """What a country lets us declare: its words, and those on the button that declares it.

    `note` is what its free text is asked for as, "" where it takes none; `by_issuer`: declared by
    who issued the document, not by who received it.
    """

    kind: ReceptionKind
    words: str  # "Acuse de recibo"
    action: str  # "Declarar acuse de recibo"
    note: str = ""
    by_issuer: bool = False


@dataclass(frozen=True, slots=True)
class DeclarationSeries:
    """What numbers of declarations begin with, and how many digits follow (0: as many as any)."""

    prefix: str
    digits: int = 0

    def number(self, value: int) -> str:
        """The number of the `value`-th declaration of the series, from 1 on."""
        return f"{self.prefix}{value:0{self.digits}d}"


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
    """One declaration: `number` is ours, of a series of its own; `reason_code` of a claim.

    `extra` is what only the country knows of it, by the names of its fields.
    """

    kind: ReceptionKind
    document: ReceivedDocument
    number: str
    reason_code: str = ""
    note: str = ""
    person: Signatory | None = None
    before: tuple[PastReception, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
