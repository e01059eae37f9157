"""Mail headers from what users wrote: encoded by us, every one, so that no text is a header.

Python 3.11's own `email` turns `=?utf-8?q?=0ABcc:…?=` in a name into a real Bcc (reliability.md
E12); here every text that is not plain words, or that looks encoded, becomes encoded words of ours
(RFC 2047), and controls never get that far.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Words of ASCII with one blank between: what stands so in a header is read so by everyone.
_PLAIN = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
_WIDE_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")  # RFC 6532
_MESSAGE_NAME = re.compile(r"<[A-Za-z0-9._+-]{1,100}@[A-Za-z0-9.-]{1,255}>")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+(?:; charset=[a-z0-9-]+)?")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # by Windows, with any end
_AS_IT_IS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
# Characters of text in one encoded word: with its ends, and "Reply-To: " before it, a line of at
# most 76 (RFC 2047 2).
WORD = 54
PHRASE = 60  # characters of a name that stands as it is
LONGEST_NAME = 100


class BadHeader(ValueError):
    """A text that no header may hold: a line break or another control character."""


def _check(text: str) -> None:
    """Raises BadHeader for controls."""
    found = _CONTROL.search(text)
    if found:
        raise BadHeader(f"U+{ord(found[0]):04X} in a header")


def unstructured(text: str) -> str:
    """The value of Subject and its like: plain where it is plain, else encoded words."""
    _check(text)
    if _PLAIN.fullmatch(text) and "=?" not in text:
        return _folded(text)
    return _encoded(text) if text else ""


def mailbox(name: str, address: str, *, wide: bool = False) -> str:
    """A display name with its address; `address` was validated at the border.

    `wide` lets letters beyond ASCII stand before the @: only a server that offers SMTPUTF8 takes
    such a message, and only the addressee's own header may make it one.
    """
    _check(name)
    form = _WIDE_ADDRESS if wide else _ADDRESS
    if not form.fullmatch(address) or "=?" in address:
        raise BadHeader(f"not an address: {address[:100]!r}")
    if not name.strip():
        return f"<{address}>"
    return f"{_phrase(name)}\r\n <{address}>"


def message_name(text: str) -> str:
    """A Message-ID of ours; raises BadHeader."""
    return _whole(_MESSAGE_NAME, text, "Message-ID")


def token(text: str) -> str:
    """A delivery's token, which may stand in a header and in a boundary; raises BadHeader."""
    return _whole(_TOKEN, text, "token")


def media_type(text: str) -> str:
    """A content type, with no other parameter than its charset; raises BadHeader."""
    return _whole(_MEDIA_TYPE, text, "content type")


def file_name(name: str) -> str:
    """A name of the safe alphabet, whatever came: no path, no tricks of direction, not too long."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("_", plain.replace("\\", "/").rpartition("/")[2]).strip("._-")
    safe = safe[-LONGEST_NAME:].lstrip("._-")
    if _RESERVED.match(safe):
        safe = f"archivo-{safe}"
    return safe or "archivo"


def disposition(name: str) -> str:
    """Content-Disposition of an attachment with that name (RFC 2183).

    The alphabet is such that RFC 2231 would leave every letter as it is.
    """
    return f'attachment; filename="{file_name(name)}"'


def _whole(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        raise BadHeader(f"not a {what}: {text[:100]!r}")
    return text


def _phrase(name: str) -> str:
    """A display name: atoms, else in quotes, else encoded words (RFC 5322 3.2.5)."""
    if not _PLAIN.fullmatch(name) or "=?" in name or len(name) > PHRASE:
        return _encoded(name)
    if _ATOMS.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded(text: str) -> str:
    """Encoded words: legible ones (Q) where most of it is ASCII, which filters also like better."""
    raw = text.encode("utf-8")
    if sum(byte in _AS_IT_IS or byte == 0x20 for byte in raw) * 4 >= len(raw) * 3:
        return _words(text, "q", _q)
    return _words(text, "b", _b)


def _words(text: str, kind: str, encode: Callable[[bytes], str]) -> str:
    """No character is parted between two words, as RFC 2047 5 (3) demands."""
    words: list[bytes] = []
    word = b""
    for character in text:
        encoded = character.encode("utf-8")
        if len(encode(word + encoded)) > WORD:
            words.append(word)
            word = b""
        word += encoded
    words.append(word)
    return "\r\n ".join(f"=?utf-8?{kind}?{encode(one)}?=" for one in words)


def _b(raw: bytes) -> str:
    return b64encode(raw).decode()


def _q(raw: bytes) -> str:
    """Letters that may stand in a phrase as they are, the rest as hexadecimal (RFC 2047 5)."""
    return "".join(
        chr(byte) if byte in _AS_IT_IS else "_" if byte == 0x20 else f"={byte:02X}" for byte in raw
    )


def _folded(text: str) -> str:
    """Plain words in lines of at most 70."""
    lines: list[str] = []
    for piece in text.split(" "):
        if lines and len(lines[-1]) + len(piece) < 70:
            lines[-1] = f"{lines[-1]} {piece}"
        else:
            lines.append(piece)
    return "\r\n ".join(lines)
