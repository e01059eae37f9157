"""Mail headers from what users wrote: encoded by us, every one, so that no text is a header.

Python 3.11's own `email` turns `=?utf-8?q?=0ABcc:…?=` in a name into a real Bcc (reliability.md
E12); here every text that is not plain ASCII words, or that looks encoded, becomes encoded words of
ours (RFC 2047), and controls never get that far.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9 !#$%&'*+\-/^_`{|}~.,:;()@\[\]?]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+\-/^_`{|}~ ]*")
_ADDRESS = re.compile(r"[^\x00-\x20\x7f-\U0010ffff<>,;()\\\"@]+@[A-Za-z0-9.-]+")
_SAFE_NAME = re.compile(r"[^A-Za-z0-9._-]+")
WORD_BYTES = 42  # of UTF-8 in one encoded word: the line stays below 78 (RFC 2047 2)


class BadHeader(ValueError):
    """A text that no header may hold: a line break or another control character."""


def checked(text: str) -> str:
    """The text, unchanged; raises BadHeader for controls."""
    found = _CONTROL.search(text)
    if found:
        raise BadHeader(f"U+{ord(found[0]):04X} in a header")
    return text


def unstructured(text: str) -> str:
    """The value of Subject and its like: plain where it is plain, else encoded words."""
    checked(text)
    if len(text) < 900 and _PLAIN_WORDS.fullmatch(text) and "=?" not in text:
        return _folded(text)
    return _encoded(text)


def mailbox(name: str, address: str) -> str:
    """A display name with its address; `address` was validated at the border."""
    checked(name)
    if not _ADDRESS.fullmatch(address):
        raise BadHeader(f"not an address: {address!r}")
    if not name.strip():
        return f"<{address}>"
    plain = len(name) < 60 and _ATOMS.fullmatch(name) and "=?" not in name
    return f"{name.strip()} <{address}>" if plain else f"{_encoded(name)}\r\n <{address}>"


def file_name(name: str) -> str:
    """A name of the safe alphabet, whatever came: no path, no tricks of direction, not too long."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = _SAFE_NAME.sub("_", plain.replace("\\", "/").rpartition("/")[2]).strip("._")
    return safe[-100:] or "archivo"


def disposition(name: str) -> str:
    """Content-Disposition of an attachment with that name (RFC 2183)."""
    return f'attachment; filename="{file_name(name)}"'


def _encoded(text: str) -> str:
    words, word = [], b""
    for character in text:
        encoded = character.encode("utf-8", "replace")
        if len(word) + len(encoded) > WORD_BYTES:
            words.append(word)
            word = b""
        word += encoded
    words.append(word)
    return "\r\n ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in words)


def _folded(text: str) -> str:
    """Plain words in lines of at most 70; breaks stand only where there was one blank."""
    lines: list[str] = [""]
    for piece in re.split(r"(?<=\S) (?=\S)", text):
        if lines[-1] and len(lines[-1]) + len(piece) > 70:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}" if lines[-1] else piece
    return "\r\n ".join(lines)
