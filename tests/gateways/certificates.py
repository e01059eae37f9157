"""Certificate files as users bring them: good, weak, hostile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

AT = datetime(2026, 11, 25, tzinfo=UTC)
PASSWORD = "clavé 1234"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(bits: int = 2048, number: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def subject(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def certificate(key: Key, name: x509.Name | None = None) -> x509.Certificate:
    name = name or subject((NameOID.SERIAL_NUMBER, "RUC20999888772"))
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )


def p12(
    key: Key | None,
    main: x509.Certificate | None,
    others: Sequence[x509.Certificate] = (),
    *,
    password: str = PASSWORD,
) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"x", key, main, others or None, BestAvailableEncryption(password.encode())
    )


@cache
def good() -> bytes:
    return p12(rsa_key(), certificate(rsa_key()))


def costly(iterations: int = 200_000_000) -> bytes:
    """The good file, whose check asks for so many rounds (reliability.md E19).

    The rounds are the last INTEGER of the file; the lengths of the two SEQUENCEs around it are
    mended.
    """
    content = bytearray(good())
    assert content[:2] == b"\x30\x82"
    assert content[-4:] == b"\x02\x02\x08\x00"
    start = len(content)
    while start > 0:  # the SEQUENCE of MacData that ends with the file
        start -= 1
        if content[start] == 0x30 and content[start + 1] == len(content) - start - 2:
            break
    content[-4:] = b"\x02\x04" + iterations.to_bytes(4)
    content[start + 1] += 2
    content[2:4] = (len(content) - 4).to_bytes(2)
    return bytes(content)
