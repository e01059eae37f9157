"""The DIAN's signature on what it answers: XAdES by an invented key, made once per process.

Source: colombia.md 5: the same policy and role as an issuer's; SigningTime is local time that
calls itself +00:00, as the real one writes it. Signed by xmlsec.
"""

from __future__ import annotations

import hashlib
import threading
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

from acuse_sandbox.dian import identity
from acuse_sandbox.dian.signature import DS, INCLUSIVE, POLICY, POLICY_HASH, XADES

ENC = "http://www.w3.org/2001/04/xmlenc#"
SHA256 = f'<ds:DigestMethod Algorithm="{ENC}sha256"/><ds:DigestValue>'
# Wide, so that a shifted clock does not make the DIAN's certificate expire.
START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
NAMES = (
    (NameOID.COUNTRY_NAME, "CO"),
    (NameOID.ORGANIZATION_NAME, "DIAN DE PRUEBA"),
    (NameOID.COMMON_NAME, "CERTIFICADO DE PRUEBA SIN VALIDEZ"),
    (NameOID.SERIAL_NUMBER, identity.DIAN),
)
TEMPLATE = dedent(f"""
    <ds:Signature xmlns:ds="{DS}" Id="xmldsig-@id@"><ds:SignedInfo>
    <ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"/>
    <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
    <ds:Reference Id="xmldsig-@id@-ref0" URI=""><ds:Transforms>
    <ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>{SHA256}
    </ds:DigestValue></ds:Reference>
    <ds:Reference URI="#xmldsig-@id@-keyinfo">{SHA256}</ds:DigestValue></ds:Reference>
    <ds:Reference Type="http://uri.etsi.org/01903#SignedProperties"
     URI="#xmldsig-@id@-signedprops">{SHA256}</ds:DigestValue></ds:Reference></ds:SignedInfo>
    <ds:SignatureValue Id="xmldsig-@id@-sigvalue"></ds:SignatureValue>
    <ds:KeyInfo Id="xmldsig-@id@-keyinfo"><ds:X509Data>
    <ds:X509Certificate>@certificate@</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    <ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#xmldsig-@id@">
    <xades:SignedProperties Id="xmldsig-@id@-signedprops"><xades:SignedSignatureProperties>
    <xades:SigningTime>@at@</xades:SigningTime>
    <xades:SigningCertificate><xades:Cert><xades:CertDigest>{SHA256}@digest@</ds:DigestValue>
    </xades:CertDigest><xades:IssuerSerial>
    <ds:X509IssuerName>@issuer@</ds:X509IssuerName>
    <ds:X509SerialNumber>@serial@</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>
    </xades:SigningCertificate><xades:SignaturePolicyIdentifier><xades:SignaturePolicyId>
    <xades:SigPolicyId><xades:Identifier>{POLICY}</xades:Identifier></xades:SigPolicyId>
    <xades:SigPolicyHash>{SHA256}{POLICY_HASH}</ds:DigestValue></xades:SigPolicyHash>
    </xades:SignaturePolicyId></xades:SignaturePolicyIdentifier><xades:SignerRole>
    <xades:ClaimedRoles><xades:ClaimedRole>supplier</xades:ClaimedRole></xades:ClaimedRoles>
    </xades:SignerRole></xades:SignedSignatureProperties></xades:SignedProperties>
    </xades:QualifyingProperties></ds:Object></ds:Signature>
""").replace("\n", "")

_once = threading.Lock()


@dataclass(frozen=True, slots=True)
class Signer:
    """Key (PEM) and certificate (DER) of this process's DIAN, of no validity."""

    key: bytes
    certificate: bytes
    issuer: str
    serial: int


def signer() -> Signer:
    """The one signer of this process."""
    with _once:
        return _made()


def template(id_: str, at: datetime) -> str:
    """A signature not yet computed, to be put where it belongs; `at` is local time."""
    who = signer()
    filled = TEMPLATE
    for name, value in (
        ("id", id_),
        ("certificate", b64encode(who.certificate).decode()),
        ("digest", b64encode(hashlib.sha256(who.certificate).digest()).decode()),
        ("issuer", who.issuer),
        ("serial", str(who.serial)),
        ("at", f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}+00:00"),
    ):
        filled = filled.replace(f"@{name}@", value)
    return filled


def signed(markup: str) -> bytes:
    """The bytes of a document whose `template` is computed in place."""
    root = etree.fromstring(markup.encode())
    node = root.find(f".//{{{DS}}}Signature")
    assert node is not None
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(signer().key, xmlsec.constants.KeyDataFormatPem)
    context.sign(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@cache
def _made() -> Signer:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in NAMES])
    serial = x509.random_serial_number()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(START)
        .not_valid_after(END)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(pem, certificate.public_bytes(Encoding.DER), name.rfc4514_string(), serial)
