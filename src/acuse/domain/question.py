"""Questions to the authority that are about no document in conversation, and their answers.

Source: design.md 3.7 (`ask`, `answer`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from acuse.domain.numbering import NumberingRange
from acuse.domain.party import TaxId
from acuse.domain.submission import NoAnswer, Refused


class Topic(StrEnum):
    """What is asked."""

    RANGES = "RANGES"  # the numbering that the authority gave to the company
    CONTACT = "CONTACT"  # name and mailbox of a buyer: one at a time, at the sale
    MAILBOXES = "MAILBOXES"  # the reception mailboxes that issuers registered
    EVENTS = "EVENTS"  # what the buyer answered to a document
    ORIGINAL = "ORIGINAL"  # the document as the authority holds it


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `subject` is whom it is about, `fiscal_id` which document."""

    topic: Topic
    subject: TaxId | None = None
    fiscal_id: str = ""


@dataclass(frozen=True, slots=True)
class RangesGiven:
    """The authority's ranges (`id` 0), and the keys that come with them, by secret name."""

    ranges: tuple[NumberingRange, ...]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ContactGiven:
    """What the authority knows of a buyer, "" for what it does not say.

    `kind` is the identity's, in the country's own word; `extra` the country's own fields of a
    contact; `words` what a person may want to know besides.
    """

    name: str = ""
    email: str = ""
    kind: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class MailboxesGiven:
    """Reception mailboxes by tax id number."""

    mailboxes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BuyerEvent:
    """What a buyer (or the issuer, by lapse of time) declared about a document.

    `code` and `text` are the authority's; `key` is the event's own fiscal id; `raw` its XML.
    """

    code: str
    text: str
    key: str
    at: datetime | None
    by: str = ""
    reason: str = ""
    raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class EventsGiven:
    """The events registered so far, oldest first."""

    events: tuple[BuyerEvent, ...]


@dataclass(frozen=True, slots=True)
class OriginalGiven:
    """The document as the authority holds it, byte for byte."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NothingKnown:
    """The authority answered that it has nothing of the kind."""

    text: str = ""


Answer = (
    RangesGiven
    | ContactGiven
    | MailboxesGiven
    | EventsGiven
    | OriginalGiven
    | NothingKnown
    | Refused
    | NoAnswer
)
