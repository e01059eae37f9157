"""A message opened within bounds: its own words, and the headers of ours that it gives back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from html import unescape

from acuse.mail import mime
from acuse.mail.mime import Part

LONGEST = 2 * 1024 * 1024  # what is beyond is our own mail, given back
LONGEST_TEXT = 64 * 1024
DEPTH, PARTS = 10, 80
RETURNED_HEADERS = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
OURS = ("X-Acuse-Delivery", "Message-ID")  # headers of our mail that hold its token
# Others have names for codecs that are slow, or no alphabets at all.
_ALPHABETS = re.compile(
    r"utf-?(?:8|16)|us-ascii|iso-?8859-\d+|windows-\d+|cp\d+|koi8-[ru]|gb2312|gbk|gb18030|big5|"
    r"shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)|macintosh"
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li)\b[^<>]{0,200}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A message: its headers, its parts in order, whether that is all of it."""

    head: Message = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    whole: bool = True

    def header(self, name: str) -> str:
        """The header in one line, as it stands; "" for none."""
        return " ".join(mime.value(self.head, name).split())

    def of_type(self, *types: str) -> Iterator[Part]:
        """Its parts of these types, in order, however deep."""
        return (part for part in self.parts if part.type in types)

    @property
    def own(self) -> tuple[Part, ...]:
        """The parts that stand before any mail, or headers of one, that it gives back."""
        kept: list[Part] = []
        for part in self.parts:
            if part.encloses or part.type in RETURNED_HEADERS:
                break
            kept.append(part)
        return tuple(kept)


def opened(raw: bytes) -> Opened:
    """The message that the bytes are; never raises."""
    limits = mime.Limits(depth=DEPTH, parts=PARTS, bytes=2 * LONGEST)
    head, body = mime.split(raw[:LONGEST])
    parts = tuple(map(_as_text, mime.walk(raw[:LONGEST], limits)))
    if not parts and body.strip():  # a boundary that is not there: read what stands there
        parts = (Part(Message(), "text/plain", body),)
    return Opened(head, parts, whole=len(raw) <= LONGEST and not limits.reached)


def _as_text(part: Part) -> Part:
    """A container whose boundary is not told is read as the text that it also is."""
    return replace(part, type="text/plain") if part.type.startswith("multipart/") else part


def words(message: Opened) -> str:
    """What the message itself says, without what it gives back; lines end in one way."""
    plain = [one for one in message.own if one.type == "text/plain"]
    shown = plain or [one for one in message.own if one.type.startswith("text/")]
    text = "\n".join(text_of(part) for part in shown)[:LONGEST_TEXT]
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_of(part: Part) -> str:
    """The part's text; tags are taken out of HTML."""
    text = decoded(part.content[:LONGEST_TEXT], _alphabet(part.head))
    if part.type != "text/html":
        return text
    return unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))


def decoded(content: bytes, alphabet: str = "utf-8") -> str:
    """The text, in that alphabet if it is one, else in UTF-8 or Latin-1."""
    named = alphabet.strip().lower()
    for one in (named if _ALPHABETS.fullmatch(named) else "utf-8", "utf-8"):
        try:
            return content.decode(one)
        except (UnicodeError, LookupError):
            continue
    return content.decode("latin-1")


def returned(message: Opened) -> tuple[str, ...]:
    """What the headers of ours say that the message gives back, in whole or in part."""
    heads = [
        mime.split(part.content)[0]
        for part in message.parts
        if part.encloses or part.type in RETURNED_HEADERS
    ]
    return tuple(told for head in heads for name in OURS if (told := mime.value(head, name)))


def _alphabet(head: Message) -> str:
    try:
        return str(head.get_content_charset("utf-8"))
    except Exception:  # broken continuations of RFC 2231
        return "utf-8"
