"""What came to the address for returned mail, as values: any bytes have become one of these.

Nothing here is believed yet: `bounce_trace` says whose mail it is about, `bounce_news` what of it
counts. Source: mail.md 4 and 6; RFC 3464, 6533 (delivery reports), 8098 (read receipts), 5965
(complaints), 3834 (automatic answers).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from acuse.domain.bounce import BounceReason


class ReportKind(StrEnum):
    """What kind of thing came."""

    DELIVERY = "DELIVERY"  # what became of a mail, address by address
    RECEIPT = "RECEIPT"  # a program says that a person opened it
    COMPLAINT = "COMPLAINT"  # "this is spam", told by the addressee's provider
    FEEDBACK = "FEEDBACK"  # a provider's other news: not spam, failed authentication
    AUTO_REPLY = "AUTO_REPLY"  # holidays, "we have got your mail"
    CHALLENGE = "CHALLENGE"  # "show that you are human"
    TLS_REPORT = "TLS_REPORT"
    DMARC_REPORT = "DMARC_REPORT"
    LOOP = "LOOP"  # our own mail
    REPLY = "REPLY"  # a person's answer
    OTHER = "OTHER"  # nothing of ours that can be told: advertisement, damage


ANSWERS = frozenset({ReportKind.REPLY, ReportKind.AUTO_REPLY, ReportKind.CHALLENGE})


class Action(StrEnum):
    """What became of the mail to one address (RFC 3464 2.3.3)."""

    FAILED = "FAILED"
    DELAYED = "DELAYED"  # still tried
    DELIVERED = "DELIVERED"
    RELAYED = "RELAYED"  # handed to a server that reports nothing
    EXPANDED = "EXPANDED"  # handed to a list's members
    TAKEN = "TAKEN"  # our provider has it, and has not handed it on yet


class Source(StrEnum):
    """How a delivery report was understood."""

    NONE = ""
    FIELDS = "FIELDS"  # RFC 3464, wherever it stood
    WORDS = "WORDS"  # the plain text of Exim, qmail, Postfix and their like
    GUESS = "GUESS"  # flufl.bounce recognised it
    PROVIDER = "PROVIDER"  # our provider's own event


@dataclass(frozen=True, slots=True)
class Result:
    """What is said of one address; "" and 0 for what is not said.

    `status` is the enhanced code (RFC 3463), `code` the SMTP reply, `said` the server's own words
    in one line, `original` the address as it was sent to, where that is another one.
    """

    address: str
    action: Action
    status: str = ""
    code: int = 0
    said: str = ""
    original: str = ""
    remote: str = ""
    reason: BounceReason = BounceReason.UNDEFINED


@dataclass(frozen=True, slots=True)
class Places:
    """Texts in which a token of ours may stand, by where they were found."""

    return_path: tuple[str, ...] = ()  # whom the report was sent to
    envelope_id: str = ""
    returned: tuple[str, ...] = ()  # headers of our mail, as the report gives them back
    answered: tuple[str, ...] = ()  # the mail that an answer names
    provider: str = ""  # what our provider calls the mail


@dataclass(frozen=True, slots=True)
class Report:
    """A message that came; `digest` is the SHA-256 of its bytes.

    `detail` is the kind of a complaint or of a receipt in the report's own word; `whole` is False
    where there was more of it than is read; `by_program`: a header says so, or nobody sent it.
    """

    kind: ReportKind
    digest: str
    source: Source = Source.NONE
    results: tuple[Result, ...] = ()
    places: Places = field(default_factory=Places)
    detail: str = ""
    sender: str = ""
    subject: str = ""
    whole: bool = True
    by_program: bool = False

    @property
    def for_a_person(self) -> bool:
        """Whether a person is to see it: an answer, or what only its words make automatic."""
        return self.kind in ANSWERS and not self.by_program
