"""The message to one address as MIME bytes, joined by hand: attachments are encoded once a packet.

`email.message` costs four milliseconds for such a mail, this a quarter of one (performance.md 1).
"""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from acuse.domain.face import Attachment
from acuse.mail import headers
from acuse.mail.addressed import Heads
from acuse.mail.headers import disposition, mailbox, unstructured
from acuse.mail.verify import planned, verify_headers, verify_lines


@dataclass(frozen=True, slots=True)
class Letter:
    """What differs from message to message; addresses were validated at the border."""

    sender_name: str
    sender: str
    to: str  # whom this message is for
    reply_to_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    token: str
    heads: Heads | None = None  # the addresses that it shows; without them, its own


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment encoded for every message that carries it."""

    encoded: bytes


def part(attachment: Attachment) -> Part:
    """The attachment as a MIME part; raises headers.BadHeader."""
    head = (
        f"Content-Type: {headers.media_type(attachment.content_type)}\r\n"
        f"Content-Disposition: {disposition(attachment.name)}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    encoded = head.encode("ascii") + _base64(attachment.content)
    verify_lines(encoded)
    return Part(encoded)


def compose(letter: Letter, parts: tuple[Part, ...]) -> bytes:
    """The message; same letter and parts, same bytes. Raises BadHeader, or Tampered."""
    # No line of base64 holds "_", so no content can look like a boundary.
    outer, inner = (f"=_{name}_{headers.token(letter.token)}" for name in ("acuse", "texto"))
    head = _headers(letter, outer)
    texts = b"".join(
        (
            f"--{outer}\r\n".encode(),
            f'Content-Type: multipart/alternative; boundary="{inner}"\r\n\r\n'.encode(),
            _text(inner, "plain", letter.text),
            _text(inner, "html", letter.html),
            f"--{inner}--\r\n".encode(),
        )
    )
    attached = b"".join(f"--{outer}\r\n".encode() + one.encoded for one in parts)
    verify_headers(head, planned(bool(letter.heads and letter.heads.copies)))
    verify_lines(texts)  # the parts were looked at when they were encoded
    return head + texts + attached + f"--{outer}--\r\n".encode()


def _shown(letter: Letter, shown: tuple[str, ...]) -> str:
    """The value of To or Cc; of letters beyond ASCII only the message's own address has any."""
    return ",\r\n ".join(mailbox("", one, wide=one == letter.to) for one in shown)


def _headers(letter: Letter, boundary: str) -> bytes:
    shown = letter.heads or Heads((letter.to,))
    copies = (_shown(letter, shown.copies),) if shown.copies else ()
    values = (
        mailbox(letter.sender_name, letter.sender),
        _shown(letter, shown.to),
        *copies,
        mailbox(letter.reply_to_name, letter.reply_to),
        unstructured(letter.subject),
        format_datetime(letter.date),
        headers.message_name(letter.message_id),
        "auto-generated",
        headers.token(letter.token),
        "1.0",
        f'multipart/mixed;\r\n boundary="{boundary}"',
    )
    fields = zip(planned(bool(copies)), values, strict=True)
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode() + b"\r\n"


def _text(boundary: str, kind: str, text: str) -> bytes:
    head = (
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return head.encode() + _base64(normal.encode("utf-8", "replace"))


def _base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", b"\r\n")
