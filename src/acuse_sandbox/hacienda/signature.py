"""The signature of a comprobante, verified with xmlsec: signer and verifier share no code.

Source: costa-rica.md 4 and 9 (CR-SIG, CR-POL, CR-CERT).
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime

import xmlsec
from cryptography import x509

from acuse_sandbox.hacienda.reading import Element, Part

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
POLICY = (
    "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/Resoluci%C3%B3n_General_sobre_"
    "disposiciones_t%C3%A9cnicas_comprobantes_electr%C3%B3nicos_para_efectos_tributarios.pdf"
)
POLICY_HASH = "DWxin1xWOeI8OuWQXazh4VjLWAaCLAA954em7DMh0h8="

NOT_VALID = "La firma del comprobante no es válida"
ALTERED = f"{NOT_VALID} (el XML fue modificado después de firmarse)"
NO_POLICY = "La firma no tiene el Policy Id"
EXPIRED = "El certificado de la firma no está vigente"
ANOTHERS = "El certificado de la firma es de otra identificación"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a signature: the rule's code and Hacienda's words."""

    rule: str
    text: str


def examine(root: Element, issuer: str, at: datetime) -> Fault | None:
    """What is wrong with the document's signature; None where it holds."""
    signatures = root.findall(f"{{{DS}}}Signature")
    if len(signatures) != 1:
        return Fault("CR-SIG-1", NOT_VALID)
    signature = signatures[0]
    der = _certificate(signature)
    if der is None:
        return Fault("CR-SIG-1", NOT_VALID)
    fault = _policy(signature) or _verified(root, signature, der)
    return fault or _holder(der, issuer, at)


def _certificate(signature: Element) -> bytes | None:
    found = signature.findtext(f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate")
    try:
        der = b64decode("".join((found or "").split()), validate=True)
        x509.load_der_x509_certificate(der)
    except ValueError:
        return None
    return der


def _policy(signature: Element) -> Fault | None:
    properties = signature.find(f".//{{{XADES}}}SignedSignatureProperties")
    if properties is None:
        return Fault("CR-POL-1", NO_POLICY)
    part = Part(properties)
    path = "SignaturePolicyIdentifier/SignaturePolicyId"
    if not part.has(path):
        return Fault("CR-POL-1", NO_POLICY)
    identifier = part.text(f"{path}/SigPolicyId/Identifier")
    digest = part.text(f"{path}/SigPolicyHash/DigestValue")
    if (identifier, digest) != (POLICY, POLICY_HASH):
        return Fault("CR-POL-2", NO_POLICY)
    return None


def _verified(root: Element, signature: Element, der: bytes) -> Fault | None:
    references = signature.findall(f"{{{DS}}}SignedInfo/{{{DS}}}Reference")
    uris = [reference.get("URI") for reference in references]
    if uris.count("") != 1 or not _covers_properties(signature, uris):
        return Fault("CR-SIG-1", NOT_VALID)
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer)
    try:
        context.verify(signature)
    except xmlsec.Error as error:
        altered = "digest" in str(error).lower() or "data do not match" in str(error).lower()
        return Fault("CR-SIG-2" if altered else "CR-SIG-1", ALTERED if altered else NOT_VALID)
    return None


def _covers_properties(signature: Element, uris: list[str | None]) -> bool:
    properties = signature.find(f".//{{{XADES}}}SignedProperties")
    return properties is not None and f"#{properties.get('Id')}" in uris


def _holder(der: bytes, issuer: str, at: datetime) -> Fault | None:
    certificate = x509.load_der_x509_certificate(der)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return Fault("CR-CERT-1", EXPIRED)
    subject = certificate.subject.rfc4514_string().replace("-", "")
    if issuer not in re.findall(r"\d{9,12}", subject):
        return Fault("CR-CERT-2", ANOTHERS)
    return None
