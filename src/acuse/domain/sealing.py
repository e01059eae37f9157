"""What a signed document is made with, and what it is. Source: design.md 3.7."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Draws:
    """What must be drawn once and kept: never computed again for the same document."""

    security_code: str = ""  # 8 random digits
    file: int = 0  # of the company's yearly series of files, where `traits.numbers_files`


@dataclass(frozen=True, slots=True)
class Sealed:
    """The signed document: exactly these bytes are sent, kept and mailed."""

    content: bytes = field(repr=False)
    fiscal_id: str
    number: str  # as printed: "F001-123", "00100001010000000001"
    file_name: str
    sealed_at: datetime


class Credential(Protocol):
    """The company's means to sign and to log in; the key itself never comes here."""

    @property
    def certificate(self) -> bytes:
        """The signing certificate, DER."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The RSA PKCS#1 v1.5 SHA-256 signature of `data`."""
        ...

    def secret(self, name: str) -> str:
        """A stored credential; raises KeyError where the company has none of that name."""
        ...
