"""The pretended SUNAT's signature on its CDRs, by a key made once per process, of no validity."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from textwrap import dedent

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from acuse_sandbox.sunat.signature import DS, INCLUSIVE

RUC = "20131312955"
PLACEHOLDER = "*clave de homologacion no disponible*"  # homologation does not sign (peru.md 5.3)

SIGNATURE = dedent(f"""
    <ds:Signature xmlns:ds="{DS}" Id="SignSUNAT"><ds:SignedInfo>
    <ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"/>
    <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
    <ds:Reference URI=""><ds:Transforms>
    <ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>
    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
    <ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo>
    <ds:SignatureValue>{{value}}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>
    <ds:X509Certificate>{{certificate}}</ds:X509Certificate>
    </ds:X509Data></ds:KeyInfo></ds:Signature>
""").replace("\n", "")


@dataclass(frozen=True, slots=True)
class Signer:
    """The pretended SUNAT's key (PEM) and certificate (DER)."""

    key: bytes
    certificate: bytes


@cache
def signer() -> Signer:
    """The key and certificate of this process."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = (
        (NameOID.COUNTRY_NAME, "PE"),
        (NameOID.ORGANIZATION_NAME, "SUNAT DE PRUEBA"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, RUC),
        (NameOID.COMMON_NAME, "CERTIFICADO DE PRUEBA SIN VALIDEZ"),
    )
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(pem, certificate.public_bytes(Encoding.DER))


def place(*, signed: bool) -> str:
    """The markup of the signature, still to be filled, or homologation's instead of one."""
    certificate = b64encode(signer().certificate).decode() if signed else PLACEHOLDER
    return SIGNATURE.format(value="" if signed else PLACEHOLDER, certificate=certificate)


def sign(content: bytes, *, encoding: str) -> bytes:
    """The document with its signature filled in."""
    root = etree.fromstring(content)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(signer().key, xmlsec.constants.KeyDataFormatPem)
    node = root.find(f".//{{{DS}}}Signature")
    assert node is not None
    context.sign(node)
    return etree.tostring(root, xml_declaration=True, encoding=encoding)
