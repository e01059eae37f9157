"""Checks of the signature: its structure, its certificate, and whether the document was altered.

Source: peru.md 4 and the authority's sheet on signatures (2026-02-12). Verified with xmlsec, so
that signer and verifier share no code. Only whole-document signatures are accepted: one
reference with an empty URI, enveloped, canonicalised.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from acuse_sandbox.hardened import Element
from acuse_sandbox.sunat.rulebook import nodes
from acuse_sandbox.sunat.rulebook.rule import Finding, Spot

DS = "http://www.w3.org/2000/09/xmldsig#"
EXT = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
SIGNATORY = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}Signature"
PLACE = f"{{{EXT}}}UBLExtensions/{{{EXT}}}UBLExtension/{{{EXT}}}ExtensionContent/{{{DS}}}Signature"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
CANONICAL = frozenset(
    base + end
    for base in (INCLUSIVE, "http://www.w3.org/2001/10/xml-exc-c14n#")
    for end in ("", "#WithComments", "WithComments")
)
METHODS = frozenset({f"{DS}rsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"})
DIGESTS = frozenset({f"{DS}sha1", "http://www.w3.org/2001/04/xmlenc#sha256"})
TRANSFORMS = CANONICAL | {f"{DS}enveloped-signature"}
LONGEST = 3000

# Node, code if it is absent, code if it is malformed, what it may be (None: anything not empty).
ALGORITHMS = (
    ("SignedInfo/CanonicalizationMethod", "2087", "2086", CANONICAL),
    ("SignedInfo/SignatureMethod", "2089", "2088", METHODS),
    ("SignedInfo/Reference/Transforms/Transform", "2093", "2092", TRANSFORMS),
    ("SignedInfo/Reference/DigestMethod", "2095", "2094", DIGESTS),
)
VALUES = (
    ("SignedInfo/Reference/DigestValue", "2097", "2097"),
    ("SignatureValue", "2099", "2098"),
    ("KeyInfo/X509Data/X509Certificate", "2101", "2100"),
)
REFERENCE = (
    ("cbc:ID", "2076", "2077"),
    ("cac:SignatoryParty/cac:PartyIdentification/cbc:ID", "2079", "2078"),
    ("cac:SignatoryParty/cac:PartyName/cbc:Name", "2081", "2080"),
    ("cac:DigitalSignatureAttachment/cac:ExternalReference/cbc:URI", "2083", "2082"),
)
ABSENT, MALFORMED = "Falta un elemento de la firma", "Un elemento de la firma no es válido"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the checks ask of a signer's certificate."""

    names: tuple[str, ...]  # every value of its subject
    since: datetime
    until: datetime
    is_rsa: bool

    def holds(self, ruc: str) -> bool:
        """True if the subject carries the RUC, wherever the issuer of certificates put it."""
        return any(re.search(rf"(?<!\d){ruc}(?!\d)", name) for name in self.names)


def examine(
    root: Element, issuer: str, at: datetime, *, signers: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """What is wrong with the signature of a document, in the authority's order.

    `signers` are those who may sign for the issuer.
    """
    signers |= {issuer}
    found = root.findall(f".//{{{DS}}}Signature")
    signature = root.find(PLACE)
    if signature is None or len(found) != 1:
        yield Finding("2085", "Falta la firma, o hay más de una", Spot("ds:Signature"))
        return
    flaws = [*_structure(signature), *_reference(root, signers)]
    yield from flaws
    if not flaws:
        yield from _trust(signature, signers, at)


def _structure(signature: Element) -> Iterator[Finding]:
    id_ = signature.get("Id")
    if id_ is None or not 0 < len(id_) <= LONGEST:
        code, words = ("2085", ABSENT) if id_ is None else ("2084", MALFORMED)
        yield Finding(code, words, Spot("ds:Signature/@Id", id_ or ""))
    for path, absent, malformed, allowed in ALGORITHMS:
        algorithms = [found.get("Algorithm") for found in signature.iterfind(_ds(path))]
        if not algorithms or None in algorithms:
            yield Finding(absent, ABSENT, Spot(f"{path}/@Algorithm"))
        elif not allowed.issuperset(algorithms):
            yield Finding(malformed, MALFORMED, Spot(f"{path}/@Algorithm", str(algorithms[0])))
    references = signature.findall(_ds("SignedInfo/Reference"))
    uris = [reference.get("URI") for reference in references]
    if uris != [""]:
        code = "2091" if None in uris or not uris else "2090"
        yield Finding(code, "La firma debe cubrir el documento entero", Spot("Reference/@URI"))
    for path, absent, malformed in VALUES:
        value = signature.findtext(_ds(path))
        if value is None:
            yield Finding(absent, ABSENT, Spot(path))
        elif len(_octets(value)) < 2:
            yield Finding(malformed, MALFORMED, Spot(path))


def _reference(root: Element, signers: frozenset[str]) -> Iterator[Finding]:
    named = root.find(SIGNATORY)
    block = nodes.NONE if named is None else nodes.read(named)
    for path, absent, malformed in REFERENCE:
        found = block.first(path)
        value = None if found is None else found.text
        other = absent == "2079" and value not in signers
        if value is None:
            yield Finding(absent, ABSENT, Spot(path))
        elif not 0 < len(value) <= LONGEST or other:
            yield Finding(malformed, MALFORMED, Spot(path, value))


def _trust(signature: Element, signers: frozenset[str], at: datetime) -> Iterator[Finding]:
    der = _octets(signature.findtext(_ds("KeyInfo/X509Data/X509Certificate")) or "")
    certificate = read_certificate(der)
    spot = Spot("KeyInfo/X509Data/X509Certificate")
    if certificate is None:
        yield Finding("2100", MALFORMED, spot)
        return
    if not certificate.is_rsa:
        yield Finding("2336", "La firma no se pudo comprobar", spot)
        return
    if not _holds(signature, der):
        yield Finding("2335", "El documento fue alterado después de firmado", Spot("SignedInfo"))
    if not any(certificate.holds(signer) for signer in signers):
        yield Finding("2325", "El certificado no es el comunicado por el emisor", spot)
    if not certificate.since <= at <= certificate.until:
        yield Finding("2327", "El certificado no está vigente", spot)


def _holds(signature: Element, der: bytes) -> bool:
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer)
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


@lru_cache(maxsize=256)
def read_certificate(der: bytes) -> Certificate | None:
    """The certificate in these bytes; None if there is none."""
    try:
        found = x509.load_der_x509_certificate(der)
        key = found.public_key()
    except ValueError:
        return None
    return Certificate(
        names=tuple(str(part.value) for part in found.subject),
        since=found.not_valid_before_utc,
        until=found.not_valid_after_utc,
        is_rsa=isinstance(key, rsa.RSAPublicKey),
    )


def _octets(value: str) -> bytes:
    try:
        return b64decode("".join(value.split()), validate=True)
    except ValueError:
        return b""


@lru_cache(maxsize=64)
def _ds(path: str) -> str:
    return "/".join(f"{{{DS}}}{step}" for step in path.split("/"))
