"""The signer's certificate: whose it is, and whether it holds. CR-CERT-1 and -2."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the checks ask of a certificate."""

    der: bytes
    serial: int
    names: tuple[str, ...]  # every value of its subject
    since: datetime
    until: datetime

    def holds(self, at: datetime, revoked: Collection[str]) -> bool:
        """True if it is valid at that moment and nobody revoked it."""
        return self.since <= at <= self.until and str(self.serial) not in revoked

    def is_of(self, identification: str) -> bool:
        """True if its subject names this identification: CPJ-3-101-999888 is 3101999888's."""
        wanted = identification.lstrip("0")
        return bool(wanted) and any(_number(name) == wanted for name in self.names)

    def digest(self, method: str) -> bytes | None:
        """Its digest by the method's name, None for a method that is not taken."""
        return hashlib.new(method, self.der, usedforsecurity=False).digest() if method else None


def read(text: str | None) -> Certificate | None:
    """The RSA certificate in an X509Certificate element; None if there is none to be read."""
    try:
        der = b64decode("".join((text or "").split()), validate=True)
        found = x509.load_der_x509_certificate(der)
        if not isinstance(found.public_key(), rsa.RSAPublicKey):
            return None
        names = tuple(str(attribute.value) for attribute in found.subject)
    except ValueError:
        return None
    return Certificate(
        der=der,
        serial=found.serial_number,
        names=names,
        since=found.not_valid_before_utc,
        until=found.not_valid_after_utc,
    )


def _number(name: str) -> str:
    """An identification without its kind, hyphens and leading zeros."""
    bare = re.sub(r"^[A-Z]+-", "", name.strip().upper())
    return bare.replace("-", "").lstrip("0")
