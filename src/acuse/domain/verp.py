"""The name of a recipient in the mail's return path: signed, so that nobody invents one.

`bounce+<token>@…`: what comes back names its recipient by itself, whatever is left of the report.
A token names the recipient and not the attempt, because greylisting knows a mail by its sender and
address: it must be the same in every try (reliability.md F68, I-18).

Source: mail.md 4 (correlation order), reliability.md F84; RFC 4648 §6 for the alphabet.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field

NAME = 10  # bytes of the name, drawn or counted
MAC = 10  # bytes of the signature that are kept: 2**80 guesses, each a mail
LONGEST_LOCAL = 64  # RFC 5321 4.5.3.1.1
SHORTEST_KEY = 32
LONGEST_TEXT = 64 * 1024  # of a text in which tokens are looked for
MOST = 20  # tokens that are tried in one text
_PURPOSE = b"acuse return path 1\0"
# 20 bytes are 32 letters without remainder.
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z2-7]{32}(?![A-Za-z0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Keys:
    """What tokens are signed with now, and what they were signed with before; 32 bytes or more."""

    current: bytes = field(repr=False)
    previous: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        if len(self.current) < SHORTEST_KEY or 0 < len(self.previous) < SHORTEST_KEY:
            raise ValueError(f"a key of return paths has {SHORTEST_KEY} bytes or more")


def token(name: bytes, keys: Keys) -> str:
    """The token of that name: 32 lower-case letters and digits, the same every time."""
    if len(name) != NAME:
        raise ValueError(f"a name of {len(name)} bytes, not of {NAME}")
    return b32encode(name + _mac(name, keys.current)).decode().lower()


def read(text: str, keys: Keys) -> str | None:
    """The token in its one writing, if it is one of ours; None for a forged or damaged one."""
    if not _TOKEN.fullmatch(text):
        return None
    plain = b32decode(text.upper())
    name, told = plain[:NAME], plain[NAME:]
    known = hmac.compare_digest(told, _mac(name, keys.current))
    if keys.previous:
        known |= hmac.compare_digest(told, _mac(name, keys.previous))
    return text.lower() if known else None


def within(text: str, keys: Keys) -> Iterator[str]:
    """Every token of ours in the text, in order.

    It may stand behind anything that servers put before a sender's name: `prvs=…=bounce+` (BATV),
    `SRS0=…=bounce+` (SRS), or alone at a domain that is there for nothing else.
    """
    for number, found in enumerate(_TOKEN.finditer(text[:LONGEST_TEXT])):
        if number >= MOST:
            return
        one = read(found[0], keys)
        if one:
            yield one


def return_path(sender: str, token: str) -> str | None:
    """The return path with the token: `name+token@…`, or `token@…` for a sender without a name.

    None where the part before the @ would be longer than mail servers take.
    """
    local, _, domain = sender.rpartition("@")
    tagged = f"{local}+{token}" if local else token
    return f"{tagged}@{domain}" if len(tagged.encode()) <= LONGEST_LOCAL else None


def _mac(name: bytes, key: bytes) -> bytes:
    return hmac.digest(key, _PURPOSE + name, "sha256")[:MAC]
