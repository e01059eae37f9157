"""Whether an authority's signature holds, strictly: one signature, over the whole document.

Source: reliability.md S-8. A verdict is read from `Verified.root`, the very part that was signed,
so that a wrapped signature (XSW) cannot lend itself to other words.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from acuse.xml import parse
from acuse.xml.signature import C14N, DS, ENVELOPED, RSA_SHA256, SHA256

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"
RSA_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512"
WITH_COMMENTS = "WithComments"

# SUNAT's own CDRs come with SHA-512 and exclusive form with comments (peru.md 5.3, samples/cdr);
# SHA-1 is still seen in authorities' answers (peru.md 4): read, never written.
HASHES: dict[str, hashes.HashAlgorithm] = {
    RSA_SHA256: hashes.SHA256(),
    RSA_SHA512: hashes.SHA512(),
    RSA_SHA1: hashes.SHA1(),  # noqa: S303
}
DIGESTS = {SHA256: "sha256", SHA512: "sha512", SHA1: "sha1"}
OLD = {RSA_SHA1, SHA1}
MOST_REFERENCES = 4
# Algorithm -> exclusive, with comments
CANONICAL = {
    C14N: (False, False),
    f"{C14N}#{WITH_COMMENTS}": (False, True),
    EXCLUSIVE: (True, False),
    EXCLUSIVE + WITH_COMMENTS: (True, True),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """The signer's certificate (DER), and the root of what it signed, without the signature."""

    certificate: bytes
    root: parse.Element


class NotVerified(Exception):
    """The signature does not hold, or is not of the only form that we accept."""


def verify(content: bytes, *, sha1: bool = False) -> Verified:
    """Who signed the whole document; raises NotVerified or parse.Unreadable, nothing else.

    `sha1` lets the old hash pass, for an authority that still uses it.
    """
    root = parse.parse_signed(content)
    signature = _the_signature(root)
    signed_info = _one(signature, "SignedInfo")
    allowed = Allowed(sha1)
    certificate = _certificate(signature)
    signed = _check_references(root, signature, signed_info, allowed)
    method = HASHES[allowed.named(_one(signed_info, "SignatureMethod"), HASHES)]
    canonical = _canonical(signed_info, _algorithm(_one(signed_info, "CanonicalizationMethod")))
    value = _decoded(_one(signature, "SignatureValue"))
    try:
        _key(certificate).verify(value, canonical, padding.PKCS1v15(), method)
    except (InvalidSignature, ValueError):  # ValueError: a key too small for the digest
        raise NotVerified("the signature value does not match") from None
    return Verified(certificate.public_bytes(Encoding.DER), signed)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which algorithms pass."""

    sha1: bool

    def named(self, element: parse.Element, table: Mapping[str, object]) -> str:
        """The element's algorithm if it is in the table and passes."""
        found = _algorithm(element)
        if found not in table or (found in OLD and not self.sha1):
            raise NotVerified(f"{parse.name(element)} {found}")
        return found


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


def _key(certificate: x509.Certificate) -> rsa.RSAPublicKey:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotVerified("an unreadable key") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise NotVerified("not an RSA key")
    return key


def _check_references(
    root: parse.Element, signature: parse.Element, signed_info: parse.Element, allowed: Allowed
) -> parse.Element:
    """The document without its signature, after every digest was found right."""
    references = signed_info.findall(f"{{{DS}}}Reference")
    whole = [r for r in references if r.get("URI") in ("", _own_id(root))]
    if len(whole) != 1 or len(references) > MOST_REFERENCES:
        raise NotVerified("the signature does not cover the whole document once")
    bare = _without(root)
    for reference in references:
        transforms = [_algorithm(t) for t in reference.iter(f"{{{DS}}}Transform")]
        if reference is whole[0]:
            if transforms[:1] != [ENVELOPED]:
                raise NotVerified("transforms other than enveloped-signature")
            canonical = _canonical(bare, _one_canonical(transforms[1:]))
        else:
            target = _by_id(root, (reference.get("URI") or "").removeprefix("#"))
            canonical = _canonical(target, _one_canonical(transforms))
        name = DIGESTS[allowed.named(_one(reference, "DigestMethod"), DIGESTS)]
        if hashlib.new(name, canonical).digest() != _decoded(_one(reference, "DigestValue")):
            raise NotVerified("the document was altered after it was signed")
    return parse.parse(etree.tostring(bare))


def _without(root: parse.Element) -> parse.Element:
    """A copy of the document without its signature."""
    copy = deepcopy(root)
    inside = _the_signature(copy)
    parent = inside.getparent()
    assert parent is not None  # found below the root
    _take_out(inside, parent)
    return copy


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
    exclusive, with_comments = CANONICAL[algorithm]
    try:
        return etree.tostring(
            element, method="c14n", exclusive=exclusive, with_comments=with_comments
        )
    except etree.LxmlError as error:  # relative namespace names have no canonical form
        raise NotVerified("no canonical form") from error


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
