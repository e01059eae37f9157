"""The mailboxes of everybody: each message kept byte for byte, read when somebody looks."""

from __future__ import annotations

import email
import email.policy
import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from typing import Any


@dataclass(frozen=True, slots=True)
class Stored:
    """One message as the server took it; one copy for each recipient.

    `asked` is what its envelope asked about reports, by parameter (RFC 3461).
    """

    id: int
    at: datetime
    sender: str
    recipient: str
    raw: bytes
    asked: Mapping[str, str] = field(default_factory=dict)


class Mailboxes:
    """All messages; safe to use from many threads."""

    def __init__(self) -> None:
        self._stored: list[Stored] = []
        self._lock = threading.Lock()
        self.validity = int(time.time())  # another one whenever ids begin anew: IMAP's UIDVALIDITY

    def put(
        self,
        sender: str,
        recipient: str,
        raw: bytes,
        at: datetime,
        asked: Mapping[str, str] | None = None,
    ) -> Stored:
        """Keep a message; the copy kept."""
        with self._lock:
            stored = Stored(len(self._stored) + 1, at, sender, recipient, raw, asked or {})
            self._stored.append(stored)
            return stored

    def all(self) -> tuple[Stored, ...]:
        """Every message so far."""
        with self._lock:
            return tuple(self._stored)

    def of(self, address: str) -> tuple[Stored, ...]:
        """The messages to one address, however its letters are cased."""
        wanted = address.casefold()
        return tuple(one for one in self.all() if one.recipient.casefold() == wanted)

    def counts(self) -> dict[str, int]:
        """How many messages each address has."""
        counts: dict[str, int] = {}
        for stored in self.all():
            address = stored.recipient.casefold()
            counts[address] = counts.get(address, 0) + 1
        return counts

    def find(self, number: int) -> Stored | None:
        """The message of that id."""
        return next((one for one in self.all() if one.id == number), None)

    def clear(self) -> None:
        """Empty all mailboxes."""
        with self._lock:
            self._stored.clear()
            self.validity += 1


def attachments(stored: Stored) -> list[tuple[str, str, bytes]]:
    """Name, type and bytes of each attachment."""
    return _attached(_parsed(stored))


def shown(stored: Stored) -> dict[str, Any]:
    """The message as the control port shows it."""
    message = _parsed(stored)
    return {
        "id": stored.id,
        "at": stored.at.isoformat(),
        "envelope_from": stored.sender,
        "asked": dict(stored.asked),
        "to": stored.recipient,
        "subject": str(message["subject"] or ""),
        "message_id": str(message["message-id"] or ""),
        "headers": [[name, str(value)] for name, value in message.items()],
        "text": _body(message, "plain"),
        "html": _body(message, "html"),
        "attachments": [
            {
                "name": name,
                "type": kind,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, kind, content in _attached(message)
        ],
        "raw_sha256": hashlib.sha256(stored.raw).hexdigest(),
    }


def _parsed(stored: Stored) -> EmailMessage:
    message = email.message_from_bytes(stored.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _attached(message: EmailMessage) -> list[tuple[str, str, bytes]]:
    return [
        (part.get_filename() or "", part.get_content_type(), _content(part))
        for part in message.iter_attachments()
    ]


def _content(part: MIMEPart) -> bytes:
    """The bytes of a part; a part that is mail itself (a returned message) as it is written."""
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    return b"".join(inner.as_bytes() for inner in part.iter_parts())


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except LookupError:  # a charset that nobody knows
        return _content(part).decode("ascii", "replace")
