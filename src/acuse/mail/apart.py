"""A message of ours taken apart again, for a provider that takes no MIME but fields.

The frozen bytes stay the truth: the fields are read from them at every try, so every try says the
same. Attachments come out byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from acuse.domain.face import Attachment

KEPT = ("Message-ID", "Auto-Submitted", "X-Acuse-Delivery")  # what else must arrive with the mail


@dataclass(frozen=True, slots=True)
class Apart:
    """The message in fields, decoded."""

    sender: str
    reply_to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    headers: tuple[tuple[str, str], ...]
    files: tuple[Attachment, ...]


def apart(message: bytes) -> Apart:
    """The fields of a message that `compose` wrote."""
    read = message_from_bytes(message, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return Apart(
        sender=_header(read, "From"),
        reply_to=_header(read, "Reply-To"),
        subject=_header(read, "Subject"),
        text=_body(read, "plain"),
        html=_body(read, "html"),
        headers=tuple((name, told) for name in KEPT if (told := _header(read, name))),
        files=tuple(_file(part) for part in read.iter_attachments()),
    )


def _header(read: EmailMessage, name: str) -> str:
    return " ".join(str(read.get(name, "")).split())


def _body(read: EmailMessage, kind: str) -> str:
    found = read.get_body((kind,))
    return str(found.get_content()) if found else ""


def _file(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return Attachment(part.get_filename(""), part.get_content_type(), content)
