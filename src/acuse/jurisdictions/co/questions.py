"""Questions to the DIAN about no document in conversation, and what it answers.

Source: colombia.md 1 (what may be asked of a buyer), 6 (operations) and 6b (data contracts).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from acuse.domain.jurisdiction import Credential
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.domain.question import (
    Answer,
    ContactGiven,
    EventsGiven,
    MailboxesGiven,
    NothingKnown,
    OriginalGiven,
    Question,
    RangesGiven,
    Topic,
)
from acuse.domain.submission import Call, CallPurpose, Cause, NoAnswer, NoReply, Refused, Reply
from acuse.jurisdictions.co import answers, content, events, original, service
from acuse.jurisdictions.co import rules_verdicts as rules
from acuse.jurisdictions.co.response import Unusable, decoded
from acuse.jurisdictions.co.traits import TRAITS
from acuse.xml import parse
from acuse.xml.soap12 import Fault, read_body

RANGE_LIST = f"{answers.CONTRACTS}NumberRangeResponseList"
RANGE = f"{answers.CONTRACTS}NumberRangeResponse"
MAILBOXES = f"{answers.CONTRACTS}ExchangeEmailResponse"
ACQUIRER = f"{answers.CONTRACTS}Gosocket.Dian.Services.Utils.Common"
MOST_MAILBOXES = 2_000_000
TECHNICAL_KEY = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")  # colombia.md 2
# The codes beside 100 are not published; these words, with any of them, deny and refuse nothing.
_NONE = re.compile(r"no (hay|existen?|se encontr|tiene)", re.IGNORECASE)
_PREFIX = re.compile(r"[A-Za-z0-9]{0,4}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_CODES = {kind.key: kind.code for kind in TRAITS.tax_ids}

OPERATIONS = {
    Topic.RANGES: "GetNumberingRange",
    Topic.CONTACT: "GetAcquirer",
    Topic.MAILBOXES: "GetExchangeEmails",
    Topic.EVENTS: "GetStatusEvent",
    Topic.ORIGINAL: "GetXmlByDocumentKey",
}


class Questions:
    """The Desk; see acuse.domain.jurisdiction for what each answer is."""

    topics = frozenset(OPERATIONS)

    def ask(
        self, question: Question, company: Company, credential: Credential, at: datetime
    ) -> Call:
        return service.call(
            CallPurpose.ASK,
            OPERATIONS[question.topic],
            _arguments(question, company),
            company=company,
            credential=credential,
            at=at,
        )

    def answer(self, question: Question, reply: Reply | NoReply) -> Answer:
        if isinstance(reply, NoReply):
            return NoAnswer(reply.left, reply.reason)
        try:
            body = read_body(reply.body)
        except parse.Unreadable as error:
            return NoAnswer(True, f"HTTP {reply.status}, unreadable: {error}"[:300])
        if isinstance(body, Fault):
            return NoAnswer(True, f"fault {body.code}: {body.text}"[:500])
        result = answers.result(body, OPERATIONS[question.topic])
        if result is None:
            return NoAnswer(True, f"HTTP {reply.status}, the answer to another question")
        return READERS[question.topic](result)


def _arguments(question: Question, company: Company) -> tuple[tuple[str, str], ...]:
    nit = company.tax_id.number
    match question.topic:
        case Topic.RANGES:  # own software: its provider is the company itself
            software = str(company.extra.get("software_id", ""))
            return (("accountCode", nit), ("accountCodeT", nit), ("softwareCode", software))
        case Topic.CONTACT if question.subject is not None:
            kind, number = question.subject.kind, question.subject.number
            return (
                ("identificationType", _CODES.get(kind, "")),
                ("identificationNumber", number),
            )
        case Topic.EVENTS | Topic.ORIGINAL:
            return (("trackId", question.fiscal_id),)
    return ()


def _ranges(result: parse.Element) -> Answer:
    code = answers.member(result, RANGE_LIST, "OperationCode")
    words = answers.member(result, RANGE_LIST, "OperationDescription")[:500]
    if code != "100":
        return NothingKnown(words) if _NONE.search(words) else _refused(code, words)
    listed = result.findall(f"{{{RANGE_LIST}}}ResponseList/{{{RANGE}}}NumberRangeResponse")
    found = [(_range(one), _key(one)) for one in listed[: answers.MOST]]
    ranges = [(one, key) for one, key in found if one is not None]
    if not ranges:
        return NothingKnown(words)
    secrets = {content.technical_key_name(one): key for one, key in ranges if key}
    return RangesGiven(tuple(one for one, _ in ranges), secrets)


def _range(element: parse.Element) -> NumberingRange | None:
    """One range; None for one that no document could use.

    The DIAN does not say of which kind it is: it is offered for invoices, and a person may change
    that.
    """
    told = {
        name: answers.member(element, RANGE, name)
        for name in ("ResolutionNumber", "Prefix", "FromNumber", "ToNumber")
    }
    first, last = told["FromNumber"], told["ToNumber"]
    usable = told["ResolutionNumber"].isdigit() and _PREFIX.fullmatch(told["Prefix"])
    if not (usable and _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last)):
        return None
    if int(first) > int(last):
        return None
    extra: dict[str, object] = {"resolution": told["ResolutionNumber"]}
    resolved = day(answers.member(element, RANGE, "ResolutionDate"))
    if resolved:
        extra["resolution_date"] = resolved
    return NumberingRange(
        id=0,
        kind=DocumentKind.INVOICE,
        series=told["Prefix"],
        first=int(first),
        last=int(last),
        next=int(first),
        valid_from=day(answers.member(element, RANGE, "ValidDateFrom")),
        valid_until=day(answers.member(element, RANGE, "ValidDateTo")),
        extra=extra,
    )


def _key(element: parse.Element) -> str:
    """The technical key, blanks and case aside; "" for what has not its shape: never repaired."""
    told = "".join(answers.member(element, RANGE, "TechnicalKey").split()).lower()
    return told if TECHNICAL_KEY.fullmatch(told) else ""


def day(text: str) -> date | None:
    """A plain day of Bogotá, with or without a midnight behind it, never converted from UTC."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _contact(result: parse.Element) -> Answer:
    name = _spaced(answers.member(result, ACQUIRER, "ReceiverName"))
    email = _spaced(answers.member(result, ACQUIRER, "ReceiverEmail"))
    if name or email:
        mailbox = email[:254] if "@" in email else ""
        return ContactGiven(name[:450], mailbox, words="" if mailbox else "sin correo")
    code = answers.member(result, ACQUIRER, "StatusCode")
    words = answers.member(result, ACQUIRER, "Message")[:500]
    if code in ("89", "401"):
        return _refused(code, words)
    return NothingKnown(words)


def _mailboxes(result: parse.Element) -> Answer:
    code = answers.member(result, MAILBOXES, "StatusCode")
    words = answers.member(result, MAILBOXES, "Message")[:500]
    if code != "0":
        return _refused(code, words)
    try:
        content = decoded(answers.member(result, MAILBOXES, "CsvBase64Bytes"))
    except Unusable as error:
        return NoAnswer(True, str(error))
    found = _csv(content.decode("utf-8-sig", errors="replace"))
    return MailboxesGiven(found) if found else NothingKnown(words)


def _csv(text: str) -> Mapping[str, str]:
    """NIT and mailbox of each row that has both, whatever its separator and heading."""
    separator = ";" if text[:2000].count(";") > text[:2000].count(",") else ","
    lines = (line.replace("\0", "") for line in io.StringIO(text))
    found: dict[str, str] = {}
    try:
        for row in csv.reader(lines, delimiter=separator):
            cells = [_spaced(cell) for cell in row]
            if len(cells) > 1 and re.fullmatch(r"[0-9]{5,12}", cells[0]) and "@" in cells[1]:
                found[cells[0]] = cells[1][:254]
            if len(found) >= MOST_MAILBOXES:
                break
    except csv.Error:  # a cell beyond the reader's bound: what came before it stands
        return found
    return found


def _events(result: parse.Element) -> Answer:
    told = answers.told(result)
    first = told[0]
    if first.code in ("66", "67", "68"):
        return NothingKnown(first.words)
    if first.code in ("89", "401"):
        return _refused(first.code, first.words)
    if first.valid is not True and first.code != "00":
        return NoAnswer(True, f"StatusCode {first.code[:20]!r}: {first.words}"[:500])
    try:
        found = [one for item in told if item.receipt for one in events.read(decoded(item.receipt))]
    except Unusable as error:
        return NoAnswer(True, str(error))
    return EventsGiven(events.in_order(found)) if found else NothingKnown(first.words)


def _original(result: parse.Element) -> Answer:
    held = original.held(result)
    return NothingKnown(held) if isinstance(held, str) else OriginalGiven(held)


def _refused(code: str, words: str) -> Answer:
    cause, text = rules.refusal(code, words)
    if code not in ("89", "401"):
        cause, text = Cause.CONFIG, "La DIAN no respondió a la consulta."
    return Refused(f"{text} (DIAN: {words or code})"[:1000], cause, code)


def _spaced(text: str) -> str:
    return " ".join(text.split())


READERS: dict[Topic, Callable[[parse.Element], Answer]] = {
    Topic.RANGES: _ranges,
    Topic.CONTACT: _contact,
    Topic.MAILBOXES: _mailboxes,
    Topic.EVENTS: _events,
    Topic.ORIGINAL: _original,
}
