"""The signature on Hacienda's answers: an invented key, made once per process, signed by xmlsec."""

from __future__ import annotations

import threading
from base64 import b64encode
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

from acuse_sandbox.hardened import Element

DS = "http://www.w3.org/2000/09/xmldsig#"
# Wide, so that a shifted clock does not make Hacienda's certificate expire.
START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)

_once = threading.Lock()


@dataclass(frozen=True, slots=True)
class Signer:
    """Key (PEM) and certificate (DER) of this process's Hacienda, of no validity."""

    key: bytes
    certificate: bytes


def signer() -> Signer:
    """The one signer of this process."""
    with _once:
        return _made()


def signed(root: Element) -> bytes:
    """The bytes of an answer with an enveloped signature as its last child."""
    template = xmlsec.template.create(
        root, xmlsec.constants.TransformInclC14N, xmlsec.constants.TransformRsaSha256, ns="ds"
    )
    root.append(template)
    reference = xmlsec.template.add_reference(template, xmlsec.constants.TransformSha256, uri="")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    who = signer()
    data = etree.SubElement(xmlsec.template.ensure_key_info(template), f"{{{DS}}}X509Data")
    etree.SubElement(data, f"{{{DS}}}X509Certificate").text = b64encode(who.certificate).decode()
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(who.key, xmlsec.constants.KeyDataFormatPem)
    context.sign(template)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@cache
def _made() -> Signer:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CR"),
            x509.NameAttribute(NameOID.COMMON_NAME, "HACIENDA INVENTADA SIN VALIDEZ"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(END)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(pem, certificate.public_bytes(Encoding.DER))
