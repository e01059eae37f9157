"""Invented signers and documents signed as section 4 of costa-rica.md has it, by xmlsec."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

DS = "http://www.w3.org/2000/09/xmldsig#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256 = f'<ds:DigestMethod Algorithm="{ENC}sha256"/><ds:DigestValue>'
POLICY = (
    "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/Resoluci%C3%B3n_General_sobre_disposi"
    "ciones_t%C3%A9cnicas_comprobantes_electr%C3%B3nicos_para_efectos_tributarios.pdf"
)
POLICY_HASH = "DWxin1xWOeI8OuWQXazh4VjLWAaCLAA954em7DMh0h8="
TEMPLATE = f"""<ds:Signature xmlns:ds="{DS}" Id="Signature-1"><ds:SignedInfo>\
<ds:CanonicalizationMethod Algorithm="{C14N}"/>\
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\
<ds:Reference Id="Reference-1" URI=""><ds:Transforms>\
<ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>{SHA256}</ds:DigestValue>\
</ds:Reference><ds:Reference URI="#KeyInfo-1">{SHA256}</ds:DigestValue></ds:Reference>\
<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#SignedProperties-1">\
{SHA256}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue/>\
<ds:KeyInfo Id="KeyInfo-1"><ds:X509Data><ds:X509Certificate>@certificate@</ds:X509Certificate>\
</ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" \
Target="#Signature-1"><xades:SignedProperties Id="SignedProperties-1">\
<xades:SignedSignatureProperties><xades:SigningTime>@at@</xades:SigningTime>\
<xades:SigningCertificate><xades:Cert><xades:CertDigest>{SHA256}@digest@</ds:DigestValue>\
</xades:CertDigest><xades:IssuerSerial><ds:X509IssuerName>CN=Inventado</ds:X509IssuerName>\
<ds:X509SerialNumber>@serial@</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>\
</xades:SigningCertificate><xades:SignaturePolicyIdentifier><xades:SignaturePolicyId>\
<xades:SigPolicyId><xades:Identifier>{POLICY}</xades:Identifier></xades:SigPolicyId>\
<xades:SigPolicyHash>{SHA256}{POLICY_HASH}</ds:DigestValue></xades:SigPolicyHash>\
</xades:SignaturePolicyId></xades:SignaturePolicyIdentifier></xades:SignedSignatureProperties>\
</xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature>"""


@dataclass(frozen=True)
class Signer:
    key: bytes  # PEM
    certificate: bytes  # DER
    serial: int


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def signer(
    holder: str = "CPJ-3-101-999888",
    *,
    since: datetime = START,
    until: datetime = END,
    serial: int = 727,
) -> Signer:
    """A signer whose certificate carries an identification; all share one invented key."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CR"),
            x509.NameAttribute(NameOID.COMMON_NAME, "EMPRESA INVENTADA"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, holder),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(serial)
        .not_valid_before(since)
        .not_valid_after(until)
        .sign(_key(), hashes.SHA256())
    )
    pem = _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(pem, certificate.public_bytes(Encoding.DER), serial)


def sign(
    root: etree._Element,
    by: Signer | None = None,
    *,
    signed_at: str = "2026-11-25T10:30:05-06:00",
    edit: Callable[[etree._Element], None] | None = None,
    encoding: str = "UTF-8",
) -> bytes:
    """The document with its signature; `edit` changes the signature before it is made."""
    who = by or signer()
    filled = TEMPLATE
    for name, value in (
        ("certificate", b64encode(who.certificate).decode()),
        ("digest", b64encode(hashlib.sha256(who.certificate).digest()).decode()),
        ("serial", str(who.serial)),
        ("at", signed_at),
    ):
        filled = filled.replace(f"@{name}@", value)
    signature = etree.fromstring(filled)
    root.append(signature)
    if edit is not None:
        edit(signature)
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(who.key, xmlsec.constants.KeyDataFormatPem)
    context.sign(signature)
    return etree.tostring(root, xml_declaration=True, encoding=encoding)
