"""Whether an authority's signature holds, strictly: one signature, over the whole document.

Source: reliability.md S-8. A verdict is read from `Verified.content`, the very part that was
signed, so that a wrapped signature (XSW) cannot lend itself to other words.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from acuse.xml import parse
from acuse.xml.signature import C14N, DS, ENVELOPED, RSA_SHA256, SHA256

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"
SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512"
WITH_COMMENTS = C14N + "#WithComments"

# SHA-1 is still seen in authorities' own answers (peru.md 4, costa-rica.md 4): read, never written.
HASHES: dict[str, hashes.HashAlgorithm] = {RSA_SHA256: hashes.SHA256(), RSA_SHA1: hashes.SHA1()}  # noqa: S303
DIGESTS = {SHA256: "sha256", SHA1: "sha1", SHA512: "sha512"}
CANONICAL = {C14N, WITH_COMMENTS, EXCLUSIVE}


@dataclass(frozen=True, slots=True)
class Verified:
    """The signer's certificate (DER), and the root of what it signed."""

    certificate: bytes
    root: parse.Element


class NotVerified(Exception):
    """The signature does not hold, or is not of the only form that we accept."""


def verify(content: bytes) -> Verified:
    """Who signed the whole document; raises NotVerified or parse.Unreadable."""
    root = parse.parse_signed(content)
    signature = _the_signature(root)
    signed_info = _one(signature, "SignedInfo")
    method = _algorithm(_one(signed_info, "SignatureMethod"))
    if method not in HASHES:
        raise NotVerified(f"signature method {method}")
    certificate = _certificate(signature)
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise NotVerified("not an RSA key")
    _check_references(root, signature, signed_info)
    canonical = _canonical(signed_info, _algorithm(_one(signed_info, "CanonicalizationMethod")))
    try:
        key.verify(
            _decoded(_one(signature, "SignatureValue")),
            canonical,
            padding.PKCS1v15(),
            HASHES[method],
        )
    except InvalidSignature:
        raise NotVerified("the signature value does not match") from None
    return Verified(certificate.public_bytes(Encoding.DER), parse.parse(content))


def _the_signature(root: parse.Element) -> parse.Element:
    found = root.findall(f".//{{{DS}}}Signature")
    if len(found) != 1:
        raise NotVerified(f"{len(found)} signatures")
    return found[0]


def _certificate(signature: parse.Element) -> x509.Certificate:
    found = signature.findall(f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate")
    if not found:
        raise NotVerified("no certificate")
    try:
        return x509.load_der_x509_certificate(_decoded(found[0]))
    except ValueError as error:
        raise NotVerified("an unreadable certificate") from error


def _check_references(
    root: parse.Element, signature: parse.Element, signed_info: parse.Element
) -> None:
    references = signed_info.findall(f"{{{DS}}}Reference")
    whole = [r for r in references if r.get("URI") in ("", _own_id(root))]
    if len(whole) != 1 or len(references) > 4:
        raise NotVerified("the signature does not cover the whole document once")
    for reference in references:
        transforms = [_algorithm(t) for t in reference.iter(f"{{{DS}}}Transform")]
        if reference is whole[0]:
            canonical = _without(root, signature, transforms)
        else:
            target = _by_id(root, (reference.get("URI") or "").removeprefix("#"))
            canonical = _canonical(target, _one_canonical(transforms))
        name = DIGESTS.get(_algorithm(_one(reference, "DigestMethod")))
        if name is None:
            raise NotVerified("digest method")
        if hashlib.new(name, canonical).digest() != _decoded(_one(reference, "DigestValue")):
            raise NotVerified("the document was altered after it was signed")


def _without(root: parse.Element, signature: parse.Element, transforms: list[str]) -> bytes:
    """The document's canonical form without its signature."""
    if transforms[:1] != [ENVELOPED] or len(transforms) > 2:
        raise NotVerified("transforms other than enveloped-signature")
    copy = etree.fromstring(etree.tostring(root))
    inside = copy.findall(f".//{{{DS}}}Signature")[0]
    parent = inside.getparent()
    if parent is None:
        raise NotVerified("the signature is the document")
    _take_out(inside, parent)
    return _canonical(copy, _one_canonical(transforms[1:]))


def _take_out(element: parse.Element, parent: parse.Element) -> None:
    """Remove an element and keep the text behind it, which lxml would take along."""
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _one_canonical(transforms: list[str]) -> str:
    if len(transforms) > 1:
        raise NotVerified("too many transforms")
    return transforms[0] if transforms else C14N


def _canonical(element: parse.Element, algorithm: str) -> bytes:
    if algorithm not in CANONICAL:
        raise NotVerified(f"canonicalisation {algorithm}")
    return etree.tostring(
        element,
        method="c14n",
        exclusive=algorithm == EXCLUSIVE,
        with_comments=algorithm == WITH_COMMENTS,
    )


def _own_id(root: parse.Element) -> str:
    for name in ("Id", "ID"):
        if root.get(name):
            return f"#{root.get(name)}"
    return ""


def _by_id(root: parse.Element, name: str) -> parse.Element:
    found = [e for e in root.iter() if isinstance(e.tag, str) and name and e.get("Id") == name]
    if len(found) != 1:
        raise NotVerified("a reference to no or more than one element")
    return found[0]


def _one(parent: parse.Element, name: str) -> parse.Element:
    found = parent.findall(f"{{{DS}}}{name}")
    if len(found) != 1:
        raise NotVerified(f"{len(found)} {name}")
    return found[0]


def _algorithm(element: parse.Element) -> str:
    return element.get("Algorithm") or ""


def _decoded(element: parse.Element) -> bytes:
    try:
        return b64decode("".join((element.text or "").split()), validate=True)
    except ValueError as error:
        raise NotVerified("bad base64") from error
