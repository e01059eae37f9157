"""Keys that sign mail for a domain: drawn here, wrapped by the caller."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048  # RFC 8301 3.2; longer ones do not fit into what some DNS panels take


@dataclass(frozen=True, slots=True)
class Drawn:
    """A new key: the private one as PEM, the public one as base64 of its DER."""

    pem: bytes = field(repr=False)
    public: str


def draw() -> Drawn:
    """A key that nobody has seen."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return Drawn(pem, b64encode(public).decode())
