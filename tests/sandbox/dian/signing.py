"""Invented signers, documents signed as colombia.md 5 has it, calls signed as section 6 does."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from xml.sax.saxutils import escape

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from tests.sandbox.dian.documents import ISSUER

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://www.w3.org/2005/08/addressing"
WCF = "http://wcf.dian.colombia"
ACTIONS = f"{WCF}/IWcfDianCustomerServices/"
OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE, WSU = f"{OASIS}wssecurity-secext-1.0.xsd", f"{OASIS}wssecurity-utility-1.0.xsd"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
SHA256 = f'<ds:DigestMethod Algorithm="{ENC}sha256"/><ds:DigestValue>'
POLICY = "https://facturaelectronica.dian.gov.co/politicadefirma/v2/politicadefirmav2.pdf"
POLICY_HASH = "dMoMvtcG5aIzgYo0tIsSQeVJBDnUnfSOfBpxXrmor0Y="
XADES_TEMPLATE = f"""<ds:Signature xmlns:ds="{DS}" Id="xmldsig-1"><ds:SignedInfo>\
<ds:CanonicalizationMethod Algorithm="{C14N}"/>\
<ds:SignatureMethod Algorithm="{MORE}rsa-sha256"/>\
<ds:Reference Id="xmldsig-1-ref0" URI=""><ds:Transforms>\
<ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>{SHA256}</ds:DigestValue>\
</ds:Reference><ds:Reference URI="#xmldsig-1-keyinfo">{SHA256}</ds:DigestValue></ds:Reference>\
<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#xmldsig-1-signedprops">\
{SHA256}</ds:DigestValue></ds:Reference></ds:SignedInfo>\
<ds:SignatureValue Id="xmldsig-1-sigvalue"/><ds:KeyInfo Id="xmldsig-1-keyinfo"><ds:X509Data>\
<ds:X509Certificate>@certificate@</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object>\
<xades:QualifyingProperties xmlns:xades="{XADES}" Target="#xmldsig-1">\
<xades:SignedProperties Id="xmldsig-1-signedprops"><xades:SignedSignatureProperties>\
<xades:SigningTime>@at@</xades:SigningTime><xades:SigningCertificate><xades:Cert>\
<xades:CertDigest>{SHA256}@digest@</ds:DigestValue></xades:CertDigest><xades:IssuerSerial>\
<ds:X509IssuerName>CN=Inventado</ds:X509IssuerName>\
<ds:X509SerialNumber>@serial@</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>\
</xades:SigningCertificate><xades:SignaturePolicyIdentifier><xades:SignaturePolicyId>\
<xades:SigPolicyId><xades:Identifier>{POLICY}</xades:Identifier></xades:SigPolicyId>\
<xades:SigPolicyHash>{SHA256}{POLICY_HASH}</ds:DigestValue></xades:SigPolicyHash>\
</xades:SignaturePolicyId></xades:SignaturePolicyIdentifier><xades:SignerRole>\
<xades:ClaimedRoles><xades:ClaimedRole>supplier</xades:ClaimedRole></xades:ClaimedRoles>\
</xades:SignerRole></xades:SignedSignatureProperties></xades:SignedProperties>\
</xades:QualifyingProperties></ds:Object></ds:Signature>"""


@dataclass(frozen=True)
class Signer:
    key: bytes  # PEM
    certificate: bytes  # DER
    serial: int


@cache
def _key(which: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def signer(
    nit: str = ISSUER,
    *,
    since: datetime = START,
    until: datetime = END,
    serial: int = 727,
) -> Signer:
    """A signer whose certificate carries a NIT; all share one invented key."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CO"),
            x509.NameAttribute(NameOID.COMMON_NAME, "CERTIFICADO INVENTADO"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, nit),
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
    document: str,
    by: Signer | None = None,
    *,
    at: str = "2026-11-25T10:30:05.000-05:00",
    edit: Callable[[etree._Element], None] | None = None,
) -> bytes:
    """The document with its signature; `edit` changes the signature before it is made."""
    who = by or signer()
    filled = XADES_TEMPLATE
    for name, value in (
        ("certificate", b64encode(who.certificate).decode()),
        ("digest", b64encode(hashlib.sha256(who.certificate).digest()).decode()),
        ("serial", str(who.serial)),
        ("at", at),
    ):
        filled = filled.replace(f"@{name}@", value)
    root = etree.fromstring(document.encode())
    place = root.findall("{*}UBLExtensions/{*}UBLExtension/{*}ExtensionContent")[1]
    signature = etree.fromstring(filled)
    place.append(signature)
    if edit is not None:
        edit(signature)
    _signed(root, signature, who)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _signed(root: etree._Element, signature: etree._Element, who: Signer) -> None:
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(who.key, xmlsec.constants.KeyDataFormatPem)
    context.sign(signature)


@dataclass(frozen=True)
class Header:
    """What a WS-Security header says; each field can be spoiled."""

    to: str
    action: str
    at: datetime
    lives: timedelta = timedelta(minutes=10)
    timestamp: bool = True
    token: bool = True
    c14n: str = EXCLUSIVE
    method: str = f"{MORE}rsa-sha256"
    signs: str = "ID-1"  # what the one reference names
    prefixes: str = "soap wcf"
    names_token: str = "X509-1"
    key: Signer | None = None  # another key than the token's


def envelope(header: Header, body: str, by: Signer) -> bytes:
    """A signed SOAP 1.2 envelope."""
    root = etree.fromstring(_markup(header, body, by).encode())
    signature = root.find(f".//{{{DS}}}Signature")
    assert signature is not None
    _signed(root, signature, header.key or by)
    return etree.tostring(root)


def body(operation: str, fields: dict[str, str]) -> str:
    inner = "".join(f"<wcf:{name}>{escape(value)}</wcf:{name}>" for name, value in fields.items())
    return f"<wcf:{operation}>{inner}</wcf:{operation}>"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _markup(header: Header, inner: str, by: Signer) -> str:
    timestamp = (
        f'<wsu:Timestamp wsu:Id="TS-1"><wsu:Created>{_moment(header.at)}</wsu:Created>'
        f"<wsu:Expires>{_moment(header.at + header.lives)}</wsu:Expires></wsu:Timestamp>"
    )
    token = (
        f'<wsse:BinarySecurityToken EncodingType="{OASIS}soap-message-security-1.0#Base64Binary" '
        f'ValueType="{OASIS}x509-token-profile-1.0#X509v3" wsu:Id="X509-1">'
        f"{b64encode(by.certificate).decode()}</wsse:BinarySecurityToken>"
    )
    return (
        f'<soap:Envelope xmlns:soap="{SOAP}" xmlns:wcf="{WCF}"><soap:Header xmlns:wsa="{WSA}">'
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}">'
        f"{timestamp if header.timestamp else ''}{token if header.token else ''}"
        f"{_signature(header)}</wsse:Security><wsa:Action>{header.action}</wsa:Action>"
        f'<wsa:To xmlns:wsu="{WSU}" wsu:Id="ID-1">{header.to}</wsa:To></soap:Header>'
        f'<soap:Body wsu:Id="B-1" xmlns:wsu="{WSU}">{inner}</soap:Body></soap:Envelope>'
    )


def _signature(header: Header) -> str:
    def listed(prefixes: str) -> str:
        if header.c14n != EXCLUSIVE or not prefixes:
            return ""
        return f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{prefixes}"/>'

    wsa = f"wsa {header.prefixes}" if header.prefixes else ""
    return (
        f'<ds:Signature xmlns:ds="{DS}" Id="SIG-1"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{header.c14n}">{listed(wsa)}'
        f'</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="{header.method}"/>'
        f'<ds:Reference URI="#{header.signs}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{header.c14n}">{listed(header.prefixes)}</ds:Transform>'
        f"</ds:Transforms>{SHA256}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        '<ds:SignatureValue/><ds:KeyInfo Id="KI-1">'
        '<wsse:SecurityTokenReference wsu:Id="STR-1">'
        f'<wsse:Reference URI="#{header.names_token}" '
        f'ValueType="{OASIS}x509-token-profile-1.0#X509v3"/>'
        "</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>"
    )
