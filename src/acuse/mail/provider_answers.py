"""What a mail provider's refusal means, told as a mail server would have told it.

So that one table decides (`domain.recipient.after_attempt`): what is said of us pauses the road,
what is said of the address is the address's, a request that left without a clear answer is
uncertain. Source: reliability.md 5.2, mail.md 7; each provider's published error answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.domain.route import Provider

LONGEST = 16 * 1024  # of an answer in which words are looked for
KEPT_TEXT = 1000
_NAMES = ("code", "ErrorCode", "name", "__type", "field", "message", "Message", "error", "errors")
_ADDRESSES = re.compile(r"\S{0,320}@\S{1,320}")

_NOT_SENT_YET = frozenset({408, 425})  # it never had the whole request, and says so
_OF_US = frozenset({401, 402, 403})  # the key, its rights, the bill
_RESTS = re.compile(r"throttl|too ?many ?requests|rate.?limit|limit ?exceeded|daily.*quota")
_SIZE = re.compile(
    r"too (?:large|big|long)|(?:size|length|bytes)[^.]{0,40}(?:limit|exceed|maximum)|"
    r"(?:exceed|limit|maximum)[^.]{0,40}(?:size|mb\b|bytes)"
)
_SUPPRESSED = re.compile(r"inactive (?:address|recipient)|suppress|marked as inactive|blocklist")
# These name the recipient's field, whatever else is said of what stands in it; the next ones may
# be said of us as well.
_TO = re.compile(
    r"['\"`]to['\"`]|(?<!reply[-_ ])\bto (?:parameter|field)\b|not valid in to\b|"
    r"personalizations\.\d+\.to\b|parsing to\b"
)
_ADDRESS = re.compile(
    r"(?<!reply[-_ ])\bto address|recipient|invalid to\b|illegal address|"
    r"(?:domain|local address|local name) (?:contains|starts|ends)"
)
_SENDER = re.compile(
    r"not verified|unverified|sender|['\"`]from['\"`]|parsing from\b|"
    r"\bfrom (?:parameter|address|field|name|email)|\bfrom\.email|reply[-_ ]?to\b|"
    r"(?:sending|mail from|your) domain|authenticate[^.]{0,20} domain|"
    r"\bdomain\b.{0,80}\b(?:not (?:registered|authenticated|configured)|disabled)|"
    r"api.?key|credential|account|credits?\b|suspend|paused|not allowed|unauthori[sz]ed|signature|"
    r"configuration ?set|stream"
)
# Postmark's own numbers: the key, the sender, the account; then those of the address.
_POSTMARK_OURS = frozenset({10, 100, 400, 401, 402, 405, 412, 413, 701, 1235})
_POSTMARK_SUPPRESSED = 406


def lost(text: str) -> SmtpOutcome:
    """What may have been taken and may not: as a final dot without an answer."""
    return SmtpOutcome(Stage.DOT, 0, text[:KEPT_TEXT])


def not_sent(text: str) -> SmtpOutcome:
    """What certainly did not leave."""
    return SmtpOutcome(Stage.CONNECT, 0, text[:KEPT_TEXT])


def refused(provider: Provider, status: int, body: bytes, kind: str = "") -> SmtpOutcome:
    """What an answer other than 2xx means; `kind` is its own name in a header, where it has one."""
    told = _words(body)
    words = f"{kind} {told}".strip()
    text = f"HTTP {status} {words}".strip()
    if status >= 500 or status == 409:  # a request of the same key is still under way
        return lost(text)
    if status in _NOT_SENT_YET:
        return not_sent(text)
    known = _ADDRESSES.sub(" ", words).casefold()  # an address may hold any word
    number = _number(body) if provider is Provider.POSTMARK else 0
    if status in _OF_US or number in _POSTMARK_OURS:
        return _said(Stage.AUTH, 535, text)
    if status == 429 or _RESTS.search(known):
        return _said(Stage.CONNECT, 421, f"4.7.28 too many requests: {text}")
    if not 400 <= status <= 499 or status in (404, 405, 410):
        return _said(Stage.MAIL, 550, text)  # another address is expected: a setting of ours
    if status == 413 or _SIZE.search(known):
        return _said(Stage.DATA, 552, f"5.3.4 {text}")
    if number == _POSTMARK_SUPPRESSED or _SUPPRESSED.search(known):
        return _said(Stage.RCPT, 550, f"suppression list: {text}")
    if _TO.search(known) or (_ADDRESS.search(known) and not _SENDER.search(known)):
        return _said(Stage.RCPT, 550, f"5.1.3 {text}")
    if _SENDER.search(known):
        return _said(Stage.MAIL, 550, f"5.7.0 {text}")
    return _said(Stage.DATA, 554, f"5.6.0 {text}")


def _said(stage: Stage, code: int, text: str) -> SmtpOutcome:
    return SmtpOutcome(stage, code, text[:KEPT_TEXT])


def _words(body: bytes) -> str:
    """What the answer says, in one line: its known fields, or else its text."""
    plain = body[:LONGEST].decode("utf-8", "replace")
    try:
        told = " ".join(_told(json.loads(plain), 3))
    except (ValueError, RecursionError):
        told = plain
    shown = "".join(sign if sign.isprintable() else " " for sign in told)
    return " ".join(shown.split())[:KEPT_TEXT]


def _told(answer: Any, depth: int) -> Iterator[str]:
    """The known fields of an answer, those of its list of errors too."""
    if isinstance(answer, dict):
        for name in _NAMES:
            yield from _told(answer.get(name), depth - 1) if depth else ()
    elif isinstance(answer, list):
        for one in answer[:5]:
            yield from _told(one, depth - 1) if depth else ()
    elif isinstance(answer, str | int) and not isinstance(answer, bool):
        yield str(answer)


def _number(body: bytes) -> int:
    try:
        told = json.loads(body[:LONGEST])
    except (ValueError, RecursionError):
        return 0
    number = told.get("ErrorCode") if isinstance(told, dict) else None
    return number if isinstance(number, int) else 0
