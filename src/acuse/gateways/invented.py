"""Invented certificates for rehearsals and tests: of nobody, signed by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

YEARS = timedelta(days=2 * 365)


def make_certificate(
    holder: str, serial: str, *, password: str, at: datetime, valid: timedelta = YEARS
) -> bytes:
    """A .p12 with a new RSA key and a certificate that names the holder, valid from `at` on."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "XX"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder[:64]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, serial),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{holder[:40]} (inventado)"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + valid)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        holder.encode(), key, certificate, None, BestAvailableEncryption(password.encode())
    )
