"""A MIME message taken apart within bounds: whatever the bytes, its leaves come out and it ends.

The standard parser is not asked to: its time grows with lines times depth, and it recurses as deep
as it is told (mail.md 9.3). It reads headers, one part at a time.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser

LONGEST_HEAD = 256 * 1024
LONGEST_VALUE = 8 * 1024  # of one header: parameters are read in quadratic time
_BLANK = re.compile(rb"(?:\A|\r?\n)\r?\n")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_PARSER = BytesHeaderParser()


@dataclass(slots=True)
class Limits:
    """How much is taken out of one message; what is beyond is left, and said to be."""

    depth: int = 12
    parts: int = 200
    bytes: int = 40 * 1024 * 1024  # decoded, in all
    reached: bool = False

    def spent(self) -> bool:
        """Whether nothing more is taken out."""
        return self.reached or self.parts < 0 or self.bytes < 0


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the message, or a mail inside it: what describes it, and its decoded bytes."""

    head: Message = field(repr=False)
    type: str
    content: bytes = field(repr=False)
    depth: int = 0
    encloses: bool = False  # a mail: its own parts follow


def split(raw: bytes) -> tuple[Message, bytes]:
    """The headers of a message or part, and its body; never raises."""
    if b"\n" not in raw[:LONGEST_HEAD] and b"\r" in raw[:LONGEST_HEAD]:
        raw = raw.replace(b"\r", b"\n")  # a Macintosh of long ago, or damage
    end = _BLANK.search(raw)
    head = raw if end is None else raw[: end.start()]
    body = b"" if end is None else raw[end.end() :]
    try:
        return _PARSER.parsebytes(head[:LONGEST_HEAD]), body
    except Exception:  # the parser raises what it likes for what nobody should have written
        return Message(), body


def value(head: Message, name: str) -> str:
    """The header's text as it stands, its bytes as UTF-8 or else Latin-1; "" for none."""
    wanted = name.lower()
    told = next((text for one, text in head.raw_items() if one.lower() == wanted), "")
    plain = str(told)[:LONGEST_VALUE].encode("ascii", "surrogateescape").replace(b"\r", b"")
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return plain.decode("latin-1")


def shortened(head: Message) -> Message:
    """The same two headers that describe a part, no longer than can be read quickly."""
    described = Message()
    for name in ("Content-Type", "Content-Disposition"):
        told = value(head, name)
        if told:
            described[name] = told.replace("\n", " ")
    return described


def leaves(raw: bytes, limits: Limits, *, depth: int = 0) -> Iterator[Part]:
    """Every part that holds no other, in order, mails inside the mail included; never raises."""
    return (part for part in walk(raw, limits, depth=depth) if not part.encloses)


def walk(raw: bytes, limits: Limits, *, depth: int = 0) -> Iterator[Part]:
    """The leaves, and before its own each mail inside the mail; never raises."""
    head, body = split(raw)
    yield from _of(head, body, limits, depth)


def _of(head: Message, body: bytes, limits: Limits, depth: int) -> Iterator[Part]:
    limits.parts -= 1
    if depth > limits.depth or limits.spent():
        limits.reached = True
        return
    described = shortened(head)
    kind = described.get_content_type()
    boundary = _boundary(described) if kind.startswith("multipart/") else b""
    if boundary:
        for piece in _pieces(body, boundary):
            yield from walk(piece, limits, depth=depth + 1)
            if limits.spent():
                return
        return
    content = _decoded(body, value(head, "Content-Transfer-Encoding"))
    if kind in ("message/rfc822", "message/global"):
        content = content.lstrip(b"\r\n")
        yield Part(described, kind, content, depth, encloses=True)
        yield from walk(content, limits, depth=depth + 1)
        return
    limits.bytes -= len(content)
    if limits.spent():
        limits.reached = True
        return
    yield Part(described, kind, content, depth)


def _boundary(described: Message) -> bytes:
    try:
        told = described.get_boundary("")
    except Exception:  # broken continuations of RFC 2231
        return b""
    return told.encode("utf-8", "replace")


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the boundaries; without the last one, up to the end."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = None
    for found in line.finditer(body):
        if start is not None:
            yield _after_line_end(body[start : found.start()])
        start = None if found[1] else found.end()
        if found[1]:
            return
    if start is not None:
        yield _after_line_end(body[start:])


def _after_line_end(piece: bytes) -> bytes:
    return piece.removeprefix(b"\r").removeprefix(b"\n")


def _decoded(body: bytes, encoding: str) -> bytes:
    match encoding.strip().lower():
        case "base64":
            return _from_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body)
    return body


def _from_base64(body: bytes) -> bytes:
    """What can be read of it: signs that do not belong are passed over, a torn end is cut."""
    kept = _NO_BASE64.sub(b"", body.split(b"=", 1)[0] if body.count(b"=") > 2 else body)
    whole = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    return b64decode(whole + b"=" * (-len(whole) % 4))
