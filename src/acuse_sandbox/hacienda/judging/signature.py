"""The XAdES signature of a comprobante, verified with xmlsec: signer and verifier share no code.

Source: costa-rica.md 4 and 9.2 (CR-SIG, CR-POL, CR-CERT). One signature that covers the whole
document and its own SignedProperties, by algorithms of a short list; nothing outside the document
is ever fetched.
"""

from __future__ import annotations

import copy
import hashlib
from base64 import b64decode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import xmlsec
from lxml import etree

from acuse_sandbox.hacienda.judging import certificate
from acuse_sandbox.hacienda.judging.certificate import Certificate
from acuse_sandbox.hardened import Element

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
POLICY = (
    "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/Resoluci%C3%B3n_General_sobre_"
    "disposiciones_t%C3%A9cnicas_comprobantes_electr%C3%B3nicos_para_efectos_tributarios.pdf"
)
POLICY_HASH = "DWxin1xWOeI8OuWQXazh4VjLWAaCLAA954em7DMh0h8="

ENVELOPED = f"{DS}enveloped-signature"
CANONICAL = frozenset(
    base + end
    for base in (
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
    )
    for end in ("", "#WithComments", "WithComments")
)
METHODS = frozenset({f"{MORE}rsa-sha256", f"{MORE}rsa-sha384", f"{MORE}rsa-sha512"})
DIGESTS = {f"{ENC}sha256": "sha256", f"{MORE}sha384": "sha384", f"{ENC}sha512": "sha512"}
CERTIFICATE_DIGESTS = {**DIGESTS, f"{DS}sha1": "sha1"}  # Anexo 2's example still has SHA-1
MOST_REFERENCES = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a signature: the rule's code and our short words for Hacienda's."""

    rule: str
    text: str


NOT_VALID = Fault("CR-SIG-1", "La firma del comprobante no es válida")
ALTERED = Fault("CR-SIG-2", "La firma no es válida: el XML fue modificado después de firmarse")
NO_POLICY = Fault("CR-POL-1", "La firma no tiene el Policy Id")
OTHER_POLICY = Fault("CR-POL-2", "El Policy Id de la firma no es el vigente")
EXPIRED = Fault("CR-CERT-1", "OUT_OF_BOUNDS_NO_POE: la llave está vencida o revocada")
ANOTHERS = Fault("CR-CERT-2", "La llave de la firma es de otra identificación")


def examine(root: Element, issuer: str, *, at: datetime, revoked: Collection[str]) -> Fault | None:
    """What is wrong with the document's signature; None where it holds."""
    found = list(root.iter(f"{{{DS}}}Signature"))
    if len(found) != 1 or root[-1] is not found[0]:
        return NOT_VALID
    signature = found[0]
    signer = certificate.read(
        signature.findtext(f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate")
    )
    if signer is None:
        return NOT_VALID
    fault = _policy(signature) or _verified(root, signature, signer)
    if fault is not None:
        return fault
    if not signer.holds(at, revoked):
        return EXPIRED
    return None if signer.is_of(issuer) else ANOTHERS


def _properties(signature: Element) -> Element | None:
    path = f"{{{DS}}}Object/{{{XADES}}}QualifyingProperties/{{{XADES}}}SignedProperties"
    found = signature.findall(path)
    return found[0] if len(found) == 1 else None


def _signed(signature: Element, path: str) -> Element | None:
    """An element below SignedSignatureProperties, by XAdES names."""
    properties = _properties(signature)
    names = "/".join(
        f"{{{XADES}}}{name}" for name in f"SignedSignatureProperties/{path}".split("/")
    )
    return None if properties is None else properties.find(names)


def _policy(signature: Element) -> Fault | None:
    policy = _signed(signature, "SignaturePolicyIdentifier/SignaturePolicyId")
    if policy is None:
        return NO_POLICY
    identifier = policy.findtext(f"{{{XADES}}}SigPolicyId/{{{XADES}}}Identifier") or ""
    digest = policy.findtext(f"{{{XADES}}}SigPolicyHash/{{{DS}}}DigestValue") or ""
    good = (identifier.strip(), digest.strip()) == (POLICY, POLICY_HASH)
    return None if good else OTHER_POLICY


def _verified(root: Element, signature: Element, signer: Certificate) -> Fault | None:
    if not _is_well_made(root, signature):
        return NOT_VALID
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    try:
        context.key = xmlsec.Key.from_memory(signer.der, xmlsec.constants.KeyDataFormatCertDer)
        context.verify(signature)
    except xmlsec.Error:
        return ALTERED if _is_altered(root, signature) else NOT_VALID
    return None if _names_certificate(signature, signer) else NOT_VALID


def _is_well_made(root: Element, signature: Element) -> bool:
    """Whether the algorithms and references are such as may be followed."""
    info = signature.find(f"{{{DS}}}SignedInfo")
    properties = _properties(signature)
    if info is None or properties is None or not _ids_are_unique(root):
        return False
    if _algorithm(info, "CanonicalizationMethod") not in CANONICAL:
        return False
    if _algorithm(info, "SignatureMethod") not in METHODS:
        return False
    references = info.findall(f"{{{DS}}}Reference")
    uris = [reference.get("URI") for reference in references]
    types = {reference.get("URI"): reference.get("Type") for reference in references}
    own = {f"#{one.get('Id')}" for one in signature.iter() if one.get("Id")}
    return (
        len(references) <= MOST_REFERENCES
        and uris.count("") == 1
        and types.get(f"#{properties.get('Id')}") == PROPERTIES
        and all(uri == "" or uri in own for uri in uris)
        and all(map(_may_be_followed, references))
    )


def _may_be_followed(reference: Element) -> bool:
    transforms = [
        transform.get("Algorithm")
        for transform in reference.iterfind(f"{{{DS}}}Transforms/{{{DS}}}Transform")
        if len(transform) == 0
    ]
    wanted = [ENVELOPED] if reference.get("URI") == "" else []
    return (
        _algorithm(reference, "DigestMethod") in DIGESTS
        and transforms[: len(wanted)] == wanted
        and len(transforms) == len(reference.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform"))
        and len(transforms) <= len(wanted) + 1
        and all(transform in CANONICAL for transform in transforms[len(wanted) :])
    )


def _ids_are_unique(root: Element) -> bool:
    ids = [one.get("Id") for one in root.iter(etree.Element) if one.get("Id")]
    return len(ids) == len(set(ids))


def _algorithm(parent: Element, name: str) -> str:
    found = parent.find(f"{{{DS}}}{name}")
    return "" if found is None else found.get("Algorithm", "")


def _is_altered(root: Element, signature: Element) -> bool:
    """Whether the digest of the document itself differs; found by our own count."""
    for reference in signature.iterfind(f"{{{DS}}}SignedInfo/{{{DS}}}Reference[@URI='']"):
        tree = copy.deepcopy(root.getroottree())
        last = tree.getroot()[-1]
        before = last.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (last.tail or "")
        tree.getroot().remove(last)
        method = DIGESTS[_algorithm(reference, "DigestMethod")]
        counted = hashlib.new(method, etree.tostring(tree, method="c14n", with_comments=False))
        return counted.digest() != _bytes(reference.findtext(f"{{{DS}}}DigestValue"))
    return False


def _names_certificate(signature: Element, signer: Certificate) -> bool:
    """Whether the signed CertDigest is that of the certificate in KeyInfo."""
    found = _signed(signature, "SigningCertificate/Cert/CertDigest")
    if found is None:
        return False
    digest = signer.digest(CERTIFICATE_DIGESTS.get(_algorithm(found, "DigestMethod"), ""))
    return digest is not None and digest == _bytes(found.findtext(f"{{{DS}}}DigestValue"))


def _bytes(text: str | None) -> bytes:
    try:
        return b64decode("".join((text or "").split()), validate=True)
    except ValueError:
        return b""
