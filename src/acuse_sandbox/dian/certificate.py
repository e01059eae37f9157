"""What the checks ask of a certificate: whose it is, how long it holds, its kind of key."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from acuse_sandbox.dian import identity


@dataclass(frozen=True, slots=True)
class Certificate:
    """A signer's certificate."""

    der: bytes
    names: tuple[str, ...]  # every value of its subject
    number: str  # of the subject's serialNumber, digits only; "" without one
    serial: str  # decimal
    since: datetime
    until: datetime

    def is_of(self, nit: str) -> bool:
        """True if the subject carries the NIT, wherever the issuer of certificates put it."""
        return identity.carries(self.names, nit)

    def holds(self, at: datetime) -> bool:
        """True if the certificate is valid at that moment."""
        return self.since <= at <= self.until


def read(text: str | None) -> Certificate | None:
    """The RSA certificate in a base64 text; None if there is none."""
    try:
        return _read(b64decode("".join((text or "").split()), validate=True))
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _read(der: bytes) -> Certificate | None:
    try:
        found = x509.load_der_x509_certificate(der)
        key = found.public_key()
    except ValueError:
        return None
    if not isinstance(key, rsa.RSAPublicKey):
        return None
    numbers = found.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return Certificate(
        der=der,
        names=tuple(str(part.value) for part in found.subject),
        number=re.sub(r"\D", "", str(numbers[0].value)) if numbers else "",
        serial=str(found.serial_number),
        since=found.not_valid_before_utc,
        until=found.not_valid_after_utc,
    )
