"""Any message that came to the address for returned mail, told apart.

What says what it is in a form of its own goes first, wherever it is packed; then the plain text of
known servers; then automatic answers, which are never failures; and only then a guess. Classifying
does not depend on prose in a person's language (mail.md 4). Never raises, and ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from acuse.domain.bounce import BounceReason
from acuse.domain.report import Action, Places, Report, ReportKind, Result, Source
from acuse.domain.text import one_line_of
from acuse.mail import mime
from acuse.mail.incoming import sender_of, words_of
from acuse.mail.reasons import reason
from acuse.mail.reports import answers, fields, guess, plain
from acuse.mail.reports.delivery_status import TYPES, status, status_in_words
from acuse.mail.reports.opened import Opened, decoded, opened, returned, words
from acuse.mail.reports.worded import with_words

TO_US = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
ANSWERED = ("In-Reply-To", "References")
COMPLAINTS = ("abuse", "fraud", "virus", "other", "opt-out", "miscategorized")
DMARC_NAMES = (".xml.gz", ".zip", ".xml")
DEEPEST = 3  # reports packed in a mail packed in a mail


@dataclass(frozen=True, slots=True)
class _Told:
    """What a message is, before it is said where it came from."""

    kind: ReportKind
    source: Source = Source.NONE
    results: tuple[Result, ...] = ()
    detail: str = ""
    envelope_id: str = ""
    returned: tuple[str, ...] = ()


def read(raw: bytes, *, to: tuple[str, ...] = ()) -> Report:
    """What the bytes are; `to` are the addresses that they were delivered to, where known."""
    message = opened(raw)
    told = _told(raw[: guess.LONGEST], message)
    _, sender = sender_of(message.head)
    return Report(
        kind=told.kind,
        digest=sha256(raw).hexdigest(),
        source=told.source,
        results=told.results,
        places=Places(
            return_path=(*to, *filter(None, map(message.header, TO_US))),
            envelope_id=told.envelope_id,
            returned=(*told.returned, *returned(message), *_in_the_copy(message, told)),
            answered=tuple(filter(None, map(message.header, ANSWERED))),
        ),
        detail=told.detail,
        sender=sender,
        subject=one_line_of(words_of(message.header("Subject")[:1000]), 300),
        whole=message.whole,
        by_program=answers.is_of_a_program(message),
    )


def _told(raw: bytes, message: Opened) -> _Told:
    formed = _in_form(message)
    if formed:
        return formed
    if answers.is_ours(message):
        return _Told(ReportKind.LOOP)
    server = answers.is_of_a_server(message)
    told = _in_words(message) if server else None
    told = told or _packed(message, DEEPEST)
    if told:
        return told
    if not server and answers.is_automatic(message):
        return _Told(_challenge_or(message, ReportKind.AUTO_REPLY))
    if server or answers.may_tell_of_failure(message):
        guessed = guess.results(raw, message)
        if guessed:
            return _Told(ReportKind.DELIVERY, Source.GUESS, guessed)
    return _Told(_challenge_or(message, _answer_or_other(message, server=server)))


def _in_form(message: Opened) -> _Told | None:
    """What says in fields of its own what it is."""
    for part in message.parts:
        text = part.type if part.type.startswith("message/") else ""
        if text == "message/feedback-report":
            return _feedback(part.content)
        if text in ("message/disposition-notification", "message/global-disposition-notification"):
            return _receipt(part.content, message)
        if text in TYPES:
            break
    found, source = status(message), Source.FIELDS
    if not (found and found.results):
        found = status_in_words(message)
    if found and found.results:
        results = with_words(message, found.results)
        return _Told(ReportKind.DELIVERY, source, results, envelope_id=found.envelope_id)
    return _aggregate(message)


def _feedback(content: bytes) -> _Told:
    """A complaint (RFC 5965); "not spam" and failed authentication are other news."""
    told = _merged(content)
    kind = told.get("feedback-type", "").lower().split(";")[0].strip()[:40]
    complains = kind in COMPLAINTS
    return _Told(
        ReportKind.COMPLAINT if complains else ReportKind.FEEDBACK,
        detail=kind,
        returned=tuple(filter(None, (told.get("original-mail-from", ""),))),
    )


def _receipt(content: bytes, message: Opened) -> _Told:
    """A read receipt (RFC 8098): its detail is what was done, such as "displayed".

    A program that deletes the mail says that a rule or a full mailbox rejected it: so do Sieve's
    `reject` (RFC 5429) and Dovecot.
    """
    told = _merged(content)
    mode, _, types = told.get("disposition", "").lower().rpartition(";")
    done = types.split("/")[0].strip()[:40]
    named = tuple(filter(None, (told.get("original-message-id", ""),)))
    address = fields.address(told.get("final-recipient", ""))
    if done == "deleted" and mode.strip().startswith("automatic-action"):
        said = " ".join(words(message)[:1000].split())
        why = reason(said=said)
        why = BounceReason.FILTERED if why is BounceReason.UNDEFINED else why
        result = Result(address, Action.FAILED, said=said, reason=why)
        return _Told(ReportKind.DELIVERY, Source.FIELDS, (result,), returned=named)
    return _Told(ReportKind.RECEIPT, detail=done, returned=named)


def _merged(content: bytes) -> dict[str, str]:
    """All fields of a report of one group, which blank lines may have torn."""
    return {
        name: told
        for group in reversed(fields.groups(decoded(content)))
        for name, told in group.items()
    }


def _aggregate(message: Opened) -> _Told | None:
    """The daily reports on TLS and DMARC: told by their form, never unpacked."""
    described = message.header("Content-Type").lower()
    tls = any(part.type.startswith("application/tlsrpt") for part in message.parts)
    if (
        tls
        or "report-type=tlsrpt" in described.replace('"', "")
        or message.header("TLS-Report-Domain")
    ):
        return _Told(ReportKind.TLS_REPORT)
    for part in message.parts:
        name = _file_name(part)
        if name.count("!") >= 3 and name.endswith(DMARC_NAMES):
            return _Told(ReportKind.DMARC_REPORT)
    return None


def _file_name(part: mime.Part) -> str:
    try:
        return str(part.head.get_filename("")).lower()[:400]
    except Exception:  # broken continuations of RFC 2231
        return ""


def _in_words(message: Opened) -> _Told | None:
    found = plain.results(message)
    return _Told(ReportKind.DELIVERY, Source.WORDS, found) if found else None


def _packed(message: Opened, depth: int) -> _Told | None:
    """A server's plain report that somebody passed on as a mail in a mail."""
    inner = next((part for part in message.parts if part.encloses), None)
    if inner is None or depth == 0:
        return None
    within = opened(inner.content)
    if not answers.is_of_a_server(within):
        return None
    told = _in_words(within) or _packed(within, depth - 1)
    return replace(told, returned=_copied(words(within))) if told else None


def _challenge_or(message: Opened, kind: ReportKind) -> ReportKind:
    return ReportKind.CHALLENGE if answers.is_challenge(message) else kind


def _answer_or_other(message: Opened, *, server: bool) -> ReportKind:
    if server or not answers.is_answer(message):
        return ReportKind.OTHER
    return ReportKind.AUTO_REPLY if answers.is_of_a_program(message) else ReportKind.REPLY


def _in_the_copy(message: Opened, told: _Told) -> tuple[str, ...]:
    """Headers of ours in a copy that stands as text below the report."""
    return _copied(words(message)) if told.kind is ReportKind.DELIVERY else ()


def _copied(text: str) -> tuple[str, ...]:
    named = ("x-acuse-delivery:", "message-id:")
    lines = (line.strip() for line in text.split("\n"))
    return tuple(line[:500] for line in lines if line.lower().startswith(named))[:20]
