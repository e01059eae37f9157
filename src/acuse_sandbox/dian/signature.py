"""The XAdES signature of a document, verified with xmlsec: signer and verifier share no code.

Source: colombia.md 5 (shape, policy) and 10 (ZE02, ZD04 to ZD07). Nothing outside the document is
ever fetched.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Collection, Iterator
from datetime import datetime

import xmlsec

from acuse_sandbox.dian import certificate
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.hardened import Element

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXT = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
POLICY = "https://facturaelectronica.dian.gov.co/politicadefirma/v2/politicadefirmav2.pdf"
POLICY_HASH = "dMoMvtcG5aIzgYo0tIsSQeVJBDnUnfSOfBpxXrmor0Y="

METHODS = frozenset({f"{MORE}rsa-sha256", f"{MORE}rsa-sha384", f"{MORE}rsa-sha512"})
DIGESTS = {f"{ENC}sha256": "sha256", f"{MORE}sha384": "sha384", f"{ENC}sha512": "sha512"}
INVALID = "Valor de la firma inválido"
REVOKED = "El certificado de la firma está revocado"
UNTRUSTED = "La cadena de confianza del certificado no fue aceptada"
MISSING = "No se encuentra el certificado en la firma"
EXPIRED = "El certificado de la firma no está vigente"


def examine(
    root: Element, *, at: datetime, revoked: Collection[str], distrusted: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Code and text of what is wrong with a document's signature."""
    found = list(root.iter(f"{{{DS}}}Signature"))
    if len(found) != 1 or not _is_in_place(root, found[0]):
        yield "ZE02", INVALID
        return
    signature = found[0]
    text = signature.findtext(_ds("KeyInfo/X509Data/X509Certificate"))
    signer = certificate.read(text)
    if signer is None:
        yield ("ZD05", UNTRUSTED) if text and text.strip() else ("ZD06", MISSING)
        return
    if not (_is_well_made(signature, signer) and _holds(root, signature, signer)):
        yield "ZE02", INVALID
    if signer.serial in revoked:
        yield "ZD04", REVOKED
    if signer.serial in distrusted:
        yield "ZD05", UNTRUSTED
    if not signer.holds(at):
        yield "ZD07", EXPIRED


def signing_time(root: Element) -> datetime | None:
    """When a document says it was signed; None where it does not say."""
    text = root.findtext(f".//{{{XADES}}}SigningTime") or ""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _is_in_place(root: Element, signature: Element) -> bool:
    """Alone in an extension of its own, which is not the first."""
    path = f"{{{EXT}}}UBLExtensions/{{{EXT}}}UBLExtension/{{{EXT}}}ExtensionContent"
    places = root.findall(path)
    return any(
        list(place.iterchildren("{*}*")) == [signature] and index
        for index, place in enumerate(places)
    )


def _is_well_made(signature: Element, signer: Certificate) -> bool:
    info = signature.find(_ds("SignedInfo"))
    properties = _properties(signature)
    if info is None or properties is None:
        return False
    return (
        _algorithms(info, "CanonicalizationMethod") == {INCLUSIVE}
        and _algorithms(info, "SignatureMethod") <= METHODS
        and _algorithms(info, "Reference/DigestMethod") <= set(DIGESTS)
        and _refers(info, signature, properties)
        and _has_policy(properties)
        and _names_certificate(properties, signer)
    )


def _refers(info: Element, signature: Element, properties: Element) -> bool:
    """The whole document, KeyInfo and SignedProperties; the latter two as they stand."""
    key_info = signature.find(_ds("KeyInfo"))
    parts = {
        f"#{part.get('Id')}"
        for part in (key_info, properties)
        if part is not None and part.get("Id")
    }
    references = info.findall(_ds("Reference"))
    if len(references) != 3 or {node.get("URI") for node in references} != parts | {""}:
        return False
    for node in references:
        allowed = {f"{DS}enveloped-signature", INCLUSIVE} if not node.get("URI") else {INCLUSIVE}
        if not _algorithms(node, "Transforms/Transform") <= allowed:
            return False
    types = {node.get("URI"): node.get("Type") for node in references}
    return types[f"#{properties.get('Id')}"] == PROPERTIES


def _has_policy(properties: Element) -> bool:
    path = "SignedSignatureProperties/SignaturePolicyIdentifier/SignaturePolicyId"
    policy = properties.find(_xades(path))
    if policy is None or properties.find(_xades("SignedSignatureProperties/SigningTime")) is None:
        return False
    identifier = policy.findtext(_xades("SigPolicyId/Identifier")) or ""
    digest = policy.findtext(f"{_xades('SigPolicyHash')}/{_ds('DigestValue')}") or ""
    return (identifier.strip(), digest.strip()) == (POLICY, POLICY_HASH)


def _names_certificate(properties: Element, signer: Certificate) -> bool:
    """True if the first certificate named is the one that signs."""
    named = properties.find(_xades("SignedSignatureProperties/SigningCertificate/Cert"))
    if named is None:
        return False
    method = DIGESTS.get(next(iter(_algorithms(named, "DigestMethod", _xades("CertDigest"))), ""))
    if method is None:
        return False
    wanted = named.findtext(f"{_xades('CertDigest')}/{_ds('DigestValue')}") or ""
    serial = named.findtext(f"{_xades('IssuerSerial')}/{_ds('X509SerialNumber')}") or ""
    digest = hashlib.new(method, signer.der).digest()
    return _octets(wanted) == digest and serial.strip() == signer.serial


def _holds(root: Element, signature: Element, signer: Certificate) -> bool:
    ids = [node.get("Id") for node in root.iter("{*}*") if node.get("Id")]
    if len(set(ids)) != len(ids):
        return False
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    try:
        context.key = xmlsec.Key.from_memory(signer.der, xmlsec.constants.KeyDataFormatCertDer)
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def _properties(signature: Element) -> Element | None:
    path = f"{_ds('Object')}/{_xades('QualifyingProperties/SignedProperties')}"
    found = signature.findall(path)
    return found[0] if len(found) == 1 else None


def _algorithms(node: Element, path: str, before: str = "") -> set[str]:
    steps = f"{before}/{_ds(path)}" if before else _ds(path)
    return {found.get("Algorithm", "") for found in node.iterfind(steps)}


def _octets(value: str) -> bytes:
    try:
        return b64decode("".join(value.split()), validate=True)
    except ValueError:
        return b""


def _ds(path: str) -> str:
    return "/".join(f"{{{DS}}}{step}" for step in path.split("/"))


def _xades(path: str) -> str:
    return "/".join(f"{{{XADES}}}{step}" for step in path.split("/"))
