"""What every pretended authority shares: requests, replies, scripts, clock and the ledger."""

from __future__ import annotations

import hashlib
import itertools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable


class Script(StrEnum):
    """What the next reply to a matching document shall be."""

    ACCEPT = "accept"
    OBSERVE = "observe"
    REJECT = "reject"  # with `code`
    HANG_AFTER_ACCEPT = "hang_after_accept"  # judged and kept, but the answer never leaves
    HTTP = "http"  # with `status`; nothing is kept
    HTML200 = "html200"  # a gateway's page instead of an answer; nothing is kept
    SLOW = "slow"  # with `seconds`, then judged as usual
    WRONG_DOCUMENT = "wrong_document"  # judged and kept, but the answer names another document
    PROCESSING = "processing"  # with `times`: so many "en proceso" before the verdict
    # Only the DIAN can answer so (see OWN):
    INVALID_SECURITY = "invalid_security"  # a fault, as for a clock that is off; nothing is kept
    EMPTY_FAULT = "empty_fault"  # a fault that specifies no reason; nothing is kept
    EMPTY_ANSWER = "empty_answer"  # IsValid false and nothing else; nothing is kept
    NO_RECEIPT = "no_receipt"  # judged and kept, answered without its ApplicationResponse
    UNSIGNED_RECEIPT = "unsigned_receipt"  # judged and kept; its ApplicationResponse is not signed
    STATUS_66_ON_SEND = "status_66_on_send"  # judged and kept, answered as if it were unknown
    # Only SUNAT can answer so:
    HTTP_AFTER_ACCEPT = "http_after_accept"  # with `status`; judged and kept, answered by a page
    EMPTY_200 = "empty_200"  # 200 without a byte; nothing is kept
    PLAIN_TEXT = "plain_text"  # judged and kept; a sentence stands where the CDR should
    NO_CONTENT = "no_content"  # judged and kept; nothing stands where the CDR should
    UNSIGNED_CDR = "unsigned_cdr"  # judged and kept; its CDR is not signed
    LOST_TICKET = "lost_ticket"  # judged and kept, but its ticket is unknown for ever
    UNKNOWN_TICKET = "unknown_ticket"  # with `times`: in process once, so often unknown, then done


OWN = {  # replies that only one authority has
    Script.INVALID_SECURITY: "dian",
    Script.EMPTY_FAULT: "dian",
    Script.EMPTY_ANSWER: "dian",
    Script.NO_RECEIPT: "dian",
    Script.UNSIGNED_RECEIPT: "dian",
    Script.STATUS_66_ON_SEND: "dian",
    Script.HTTP_AFTER_ACCEPT: "sunat",
    Script.EMPTY_200: "sunat",
    Script.PLAIN_TEXT: "sunat",
    Script.NO_CONTENT: "sunat",
    Script.UNSIGNED_CDR: "sunat",
    Script.LOST_TICKET: "sunat",
    Script.UNKNOWN_TICKET: "sunat",
}


@dataclass(frozen=True, slots=True)
class ScriptedReply:
    """One scripted reply; fields that its kind does not need stay at their defaults."""

    kind: Script
    code: str = ""
    status: int = 503
    seconds: float = 0.0
    times: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as it came: header names in lower case, body in bytes."""

    method: str
    path: str  # below the authority's prefix: "/billService"
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP answer; `hang` closes the connection without a byte, after `delay` seconds."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    hang: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what was received, byte for byte, and what was answered."""

    ordinal: int
    at: datetime
    authority: str
    purpose: str  # "send", "ask", "login" or "resend" (identical bytes that serve as a question)
    fiscal_id: str  # PE: RUC-TT-SERIE-NUM; CR: clave; "" where the request names none
    sha256: str  # of the signed document where there is one, else of the request body
    document: bytes  # the signed document as received, or b""
    outcome: str  # "accepted", "observed", "rejected", "refused", "pending", "unknown", "fault"


class Ledger:
    """Everything the pretended world received, in order; safe to use from many threads."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._lock = threading.Lock()
        self._ordinal = itertools.count(1)

    def write(
        self,
        *,
        authority: str,
        purpose: str,
        fiscal_id: str,
        document: bytes,
        body: bytes,
        outcome: str,
        at: datetime,
    ) -> Entry:
        """The entry written."""
        with self._lock:
            entry = Entry(
                ordinal=next(self._ordinal),
                at=at,
                authority=authority,
                purpose=purpose,
                fiscal_id=fiscal_id,
                sha256=hashlib.sha256(document or body).hexdigest(),
                document=document,
                outcome=outcome,
            )
            self._entries.append(entry)
            return entry

    def read(self, *, authority: str = "", fiscal_id: str = "") -> tuple[Entry, ...]:
        """The entries so far, of one authority or document where named."""
        with self._lock:
            return tuple(
                entry
                for entry in self._entries
                if authority in ("", entry.authority) and fiscal_id in ("", entry.fiscal_id)
            )

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()


class Scripts:
    """Scripted replies waiting for their documents, first in, first out."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, Mapping[str, str], list[ScriptedReply]]] = []
        self._lock = threading.Lock()

    def add(self, authority: str, match: Mapping[str, str], replies: list[ScriptedReply]) -> None:
        """Queue replies for the documents that `match` names: fiscal_id, number, or {} for any."""
        if not replies:
            raise ValueError("at least one reply")
        with self._lock:
            self._waiting.append((authority, dict(match), list(replies)))

    def take(self, authority: str, *, fiscal_id: str, number: str) -> ScriptedReply | None:
        """The next scripted reply for this document, removed from the queue; None without one."""
        with self._lock:
            names = {"fiscal_id": fiscal_id, "number": number}
            for index, (whose, match, replies) in enumerate(self._waiting):
                if whose == authority and all(names.get(k) == v for k, v in match.items()):
                    reply = replies.pop(0)
                    if not replies:
                        del self._waiting[index]
                    return reply
            return None

    def clear(self) -> None:
        """Forget what was scripted."""
        with self._lock:
            self._waiting.clear()


class Authority(Protocol):
    """A pretended authority: takes requests below its own path prefix."""

    def handle(self, request: Request) -> Response:
        """The answer to one request; called from many threads."""
        ...

    def clear(self) -> None:
        """Forget all documents and tokens."""
        ...


@runtime_checkable
class Learns(Protocol):
    """An authority with registers that the control port can fill."""

    def learn(self, what: str, told: Mapping[str, Any]) -> None:
        """Take an entry of a register; raises ValueError that says what is wrong with it."""
        ...


@dataclass(slots=True)
class World:
    """The state that authorities share; `now` can be shifted through the control port."""

    ledger: Ledger = field(default_factory=Ledger)
    scripts: Scripts = field(default_factory=Scripts)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    settings: dict[str, str] = field(default_factory=dict)
