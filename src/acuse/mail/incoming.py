"""What came by mail: who wrote, about what, and the files in it; any bytes are a message.

Names and texts are what a person may be shown: no line ends, no controls, no folders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from acuse.domain.problem import Problem
from acuse.domain.text import clean, one_line_of
from acuse.mail import mime

LONGEST_NAME = 150
LONGEST_SUBJECT = 300
LONGEST_ADDRESS = 254
LONGEST_ID = 250
FIRST_YEAR, LAST_YEAR = 1990, 2200
ENDS = ("zip", "xml")
KNOWN_ENDS = (  # other files begin as an archive or as XML too
    *ENDS,
    *("docx", "xlsx", "pptx", "odt", "ods", "jar", "apk", "epub", "svg", "html", "htm", "xhtml"),
    *("pdf", "png", "jpg", "jpeg", "gif", "txt", "csv", "ics", "eml", "p7s", "p7m", "asc"),
)
TYPES = (
    *("application/zip", "application/x-zip-compressed", "application/x-zip"),
    *("application/xml", "text/xml"),
)
LOOKS = (b"PK\x03\x04\x14", b"PK\x03\x04\x0a", b"<?xml")
BODIES = ("text/plain", "text/html")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in the mail; `name` is "" where it has none, `type` is what the mail says it is."""

    name: str
    type: str
    content: bytes = field(repr=False)

    @property
    def maybe_xml(self) -> bool:
        """Whether it says to be XML or an archive, or looks so and says nothing else."""
        _, dot, end = self.name.lower().rpartition(".")
        if dot and end in KNOWN_ENDS:
            return end in ENDS
        if self.type in TYPES:
            return True
        return not self.type.startswith("image/") and self.content.lstrip()[:5] in LOOKS


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as it is listed and worked off; "" and None for what it does not say.

    `sent_at` is the writer's word. `whole` is False where it holds more than is taken out of one.
    """

    message_id: str
    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    files: tuple[Enclosed, ...]
    whole: bool = True


def read(raw: bytes) -> Incoming:
    """The message that the bytes are; never raises."""
    head, _ = mime.split(raw)
    limits = mime.Limits()
    files = tuple(
        Enclosed(name, part.type, part.content)
        for part in mime.leaves(raw, limits)
        if (name := _name(part.head)) or part.type not in BODIES
    )
    name, address = sender_of(head)
    return Incoming(
        message_id=shown(mime.value(head, "Message-ID"), LONGEST_ID),
        sender=address,
        sender_name=name,
        subject=shown(words_of(mime.value(head, "Subject")), LONGEST_SUBJECT),
        sent_at=_moment(mime.value(head, "Date")),
        files=files,
        whole=not limits.reached,
    )


def sender_of(head: Message) -> tuple[str, str]:
    """Name and address in From; the whole of it as address where it cannot be told apart."""
    told = " ".join(mime.value(head, "From").split())
    try:
        name, address = parseaddr(told)
    except Exception:  # some damaged headers make the standard parser stumble
        name, address = "", ""
    return shown(words_of(name), 120), shown(address or told, LONGEST_ADDRESS)


def _moment(told: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(told)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found = found.astimezone(UTC)
    except Exception:  # dates of no calendar raise a handful of kinds
        return None
    return found if FIRST_YEAR <= found.year < LAST_YEAR else None


def _name(described: Message) -> str:
    """The file's name without the folders that it claims; "" for none."""
    try:
        told = described.get_filename("")
    except Exception:  # broken continuations of RFC 2231
        return ""
    last = re.split(r"[/\\]", shown(words_of(told), 4 * LONGEST_NAME))[-1].strip(" .")
    if len(last) <= LONGEST_NAME:
        return last
    stem, dot, end = last.rpartition(".")
    return f"{stem[: LONGEST_NAME - 12]}…{dot}{end[:8]}" if dot else last[:LONGEST_NAME]


def words_of(told: str) -> str:
    """The text behind encoded words (RFC 2047), also inside quotes, where they do not belong."""
    if "=?" not in told:
        return told
    try:
        return "".join(_decoded(*piece) for piece in decode_header(told.replace("\n", " ")))
    except (HeaderParseError, ValueError):
        return told


def _decoded(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii", "replace")
    except LookupError:  # a charset that nobody knows
        return piece.decode("utf-8", "replace")


def shown(told: str, longest: int) -> str:
    """The text in one clean line, cut with … where it is longer."""
    cleaned = clean(told[: 4 * longest], field="", longest=4 * longest)
    if isinstance(cleaned, Problem):
        return one_line_of(told, longest)
    return cleaned if len(cleaned) <= longest else cleaned[: longest - 1] + "…"
