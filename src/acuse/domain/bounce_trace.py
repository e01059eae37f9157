"""Whose mail a report is about; only a signed token proves it.

The order is that of mail.md 4: return path, envelope id, the returned part, then address and time,
which is shown as probable and changes nothing. A provider's event came by the signed address of
one road: where it carries no token, the provider's own name of the mail stands for it, among the
mails of that road alone. Forgeries: reliability.md F84, mail.md 9.4.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from acuse.domain import verp
from acuse.domain.email_address import wire_domain
from acuse.domain.report import Report, ReportKind, Result

PROBABLE_WITHIN = timedelta(days=7)  # mail servers give up after five days
_XTEXT = re.compile(r"\+([0-9A-Fa-f]{2})")  # RFC 3461 4: some servers give it back as it is


class By(StrEnum):
    """What named the recipient, the strongest first."""

    RETURN_PATH = "RETURN_PATH"
    ENVELOPE_ID = "ENVELOPE_ID"
    RETURNED = "RETURNED"  # a header of our mail in the report
    ANSWERED = "ANSWERED"  # a header of the answer
    PROVIDER = "PROVIDER"  # our provider's name of the mail, with its address
    PROBABLE = "PROBABLE"  # the address, about that time


class Doubt(StrEnum):
    """Why a report is only noted."""

    NONE = ""
    UNNAMED = "UNNAMED"  # none of ours, or a forged one
    NOT_KEPT = "NOT_KEPT"  # a token of ours whose recipient is not here
    OTHER_COMPANY = "OTHER_COMPANY"
    NAMES_TWO = "NAMES_TWO"  # it names two recipients
    OTHER_ADDRESS = "OTHER_ADDRESS"  # it tells of an address that we did not write to


@dataclass(frozen=True, slots=True)
class Sent:
    """A recipient as it is kept: whose, to which address, under which token, since when."""

    recipient: int
    company: int
    address: str
    token: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """The recipient that a report is about, None for nobody; without a doubt it is believed."""

    recipient: int | None
    by: By | None
    doubt: Doubt = Doubt.NONE
    token: str = ""

    @property
    def believed(self) -> bool:
        """Whether the report may change what is known of the recipient."""
        return self.recipient is not None and self.doubt is Doubt.NONE


def tokens(report: Report, keys: verp.Keys) -> tuple[tuple[By, str], ...]:
    """Every token of ours in the report, each once, with the strongest place where it stands.

    An answer may name a whole conversation, of which the first counts, and only if nothing else
    names one.
    """
    places = report.places
    found: dict[str, By] = {}
    for by, texts in (
        (By.RETURN_PATH, places.return_path),
        (By.ENVELOPE_ID, (places.envelope_id,)),
        (By.RETURNED, places.returned),
    ):
        for text in texts:
            for token in verp.within(text, keys):
                found.setdefault(token, by)
    if found:
        return tuple((by, token) for token, by in found.items())
    answered = (token for text in places.answered for token in verp.within(text, keys))
    return tuple((By.ANSWERED, token) for token in islice(answered, 1))


def trace(
    report: Report,
    named: Iterable[tuple[By, str]],
    *,
    kept: Mapping[str, Sent],
    recent: Iterable[Sent] = (),
    company: int | None = None,
    at: datetime,
) -> Trace:
    """The recipient of the report and how far it is believed.

    `named` is what `tokens` found, `kept` holds the recipients of those tokens, `recent` are mails
    to the report's addresses, `company` owns the mailbox in which it lay (None: everybody's).
    """
    named = tuple(named)
    if not named:
        return _probable(report, recent, company, at)
    by, token = named[0]
    if len(named) > 1:
        return Trace(None, by, Doubt.NAMES_TWO, token)
    sent = kept.get(token)
    if sent is None:
        return Trace(None, by, Doubt.NOT_KEPT, token)
    if company is not None and sent.company != company:
        return Trace(None, by, Doubt.OTHER_COMPANY, token)
    return Trace(sent.recipient, by, _doubt_of_address(report, sent), token)


def named_by_provider(report: Report, sent: Iterable[Sent]) -> Trace:
    """The recipient whose mail the provider calls so, and whose address it tells of.

    `sent` are the mails of that name that went by the road whose event this is.
    """
    right = {
        one.recipient
        for one in sent
        if any(result.address for result in about(report, one.address))
    }
    if len(right) == 1:
        return Trace(right.pop(), By.PROVIDER)
    return Trace(None, None, Doubt.UNNAMED)


def about(report: Report, address: str) -> tuple[Result, ...]:
    """The results that speak of that address; one that names no address speaks of ours."""
    wanted = same_form(address)
    return tuple(
        one
        for one in report.results
        if not (one.address or one.original)
        or wanted in (same_form(one.address), same_form(one.original))
        or wanted == same_form(_XTEXT.sub(lambda hexed: chr(int(hexed[1], 16)), one.original))
    )


def same_form(address: str) -> str:
    """The address as it is compared: normal form, any case, its domain as it goes over the wire."""
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    wire = wire_domain(domain.rstrip("."))
    return f"{local}{at}{wire if isinstance(wire, str) else domain}".casefold()


def _doubt_of_address(report: Report, sent: Sent) -> Doubt:
    speaks = report.kind is ReportKind.DELIVERY or report.results
    if not speaks or about(report, sent.address):
        return Doubt.NONE
    return Doubt.OTHER_ADDRESS


def _probable(report: Report, recent: Iterable[Sent], company: int | None, at: datetime) -> Trace:
    """The one mail to the report's address in those days, where there is exactly one."""
    near = {
        one.recipient
        for one in recent
        if (company is None or one.company == company)
        and timedelta(0) <= at - one.at <= PROBABLE_WITHIN
        and any(result.address for result in about(report, one.address))
    }
    if len(near) == 1:
        return Trace(near.pop(), By.PROBABLE, Doubt.UNNAMED)
    return Trace(None, None, Doubt.UNNAMED)
