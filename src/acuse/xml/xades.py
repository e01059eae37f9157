"""XAdES-EPES over bytes that are canonical already (ETSI EN 319 132, TS 101 903 1.3.2).

Source: costa-rica.md section 4. Three references: the document, the KeyInfo, the signed
properties; each referenced part is hashed with the namespaces that are in scope at its place.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509

from acuse.domain.jurisdiction import Credential
from acuse.xml.build import attribute, namespace_declarations, text
from acuse.xml.signature import (
    DECLARATION,
    DIGEST_METHOD,
    DS,
    METHODS,
    SHA256,
    WHOLE_DOCUMENT,
    Signed,
    certificate_data,
    digest_of,
)

XADES = "http://uri.etsi.org/01903/v1.3.2#"
SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"


@dataclass(frozen=True, slots=True)
class Policy:
    """A signature policy: its address and the base64 SHA-256 of its text."""

    identifier: str
    digest: str


def sign_xades(
    before: str,
    after: str,
    *,
    namespaces: Mapping[str, str],
    credential: Credential,
    signature_id: str,
    at: datetime,
    policy: Policy,
) -> Signed:
    """The document with its signature between `before` and `after`; `at` with its own offset.

    `namespaces` are those declared above the signature, which declares `ds` and `xades` itself.
    """
    ids = attribute(signature_id)
    scope = _scope(tuple(sorted(namespaces.items())))
    data = certificate_data(credential.certificate)
    head, tail = before.encode(), after.encode()
    digest = b64encode(hashlib.sha256(head + tail).digest()).decode()
    key_digest = digest_of(f'<ds:KeyInfo{scope.signature} Id="KeyInfo-{ids}">{data}</ds:KeyInfo>')
    properties = (
        f'Id="SignedProperties-{ids}">'
        f"{_properties(ids, at, policy, credential.certificate)}</xades:SignedProperties>"
    )
    properties_digest = digest_of(f"<xades:SignedProperties{scope.properties} {properties}")
    signed_info = (
        f"{METHODS}{WHOLE_DOCUMENT}{digest}</ds:DigestValue></ds:Reference>"
        f'<ds:Reference URI="#KeyInfo-{ids}">{DIGEST_METHOD}'
        f"<ds:DigestValue>{key_digest}</ds:DigestValue></ds:Reference>"
        f'<ds:Reference Type="{SIGNED_PROPERTIES}" URI="#SignedProperties-{ids}">{DIGEST_METHOD}'
        f"<ds:DigestValue>{properties_digest}</ds:DigestValue></ds:Reference>"
    )
    to_sign = f"<ds:SignedInfo{scope.signature}>{signed_info}</ds:SignedInfo>"
    value = b64encode(credential.sign(to_sign.encode())).decode()
    signature = (
        f'<ds:Signature xmlns:ds="{DS}" Id="{ids}">'
        f"<ds:SignedInfo>{signed_info}</ds:SignedInfo>"
        f"<ds:SignatureValue>{value}</ds:SignatureValue>"
        f'<ds:KeyInfo Id="KeyInfo-{ids}">{data}</ds:KeyInfo>'
        f'<ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#{ids}">'
        f"<xades:SignedProperties {properties}</xades:QualifyingProperties></ds:Object>"
        "</ds:Signature>"
    )
    return Signed(b"".join((DECLARATION, head, signature.encode(), tail)), digest)


@dataclass(frozen=True, slots=True)
class _Scope:
    """The declarations that the root of a subset shows, by where the subset stands."""

    signature: str
    properties: str


@lru_cache(maxsize=64)
def _scope(namespaces: tuple[tuple[str, str], ...]) -> _Scope:
    in_signature = dict(namespaces) | {"ds": DS}
    return _Scope(
        namespace_declarations(in_signature),
        namespace_declarations(in_signature | {"xades": XADES}),
    )


def _properties(ids: str, at: datetime, policy: Policy, der: bytes) -> str:
    return (
        "<xades:SignedSignatureProperties>"
        f"<xades:SigningTime>{at.isoformat(timespec='seconds')}</xades:SigningTime>"
        f"{_signing_certificate(der)}{_policy(policy)}"
        "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>"
        f'<xades:DataObjectFormat ObjectReference="#{ids}">'
        "<xades:MimeType>text/xml</xades:MimeType><xades:Encoding>UTF-8</xades:Encoding>"
        "</xades:DataObjectFormat></xades:SignedDataObjectProperties>"
    )


@lru_cache(maxsize=16)
def _policy(policy: Policy) -> str:
    return (
        "<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId><xades:SigPolicyId>"
        f"<xades:Identifier>{text(policy.identifier)}</xades:Identifier></xades:SigPolicyId>"
        f'<xades:SigPolicyHash><ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue>{policy.digest}</ds:DigestValue></xades:SigPolicyHash>"
        "</xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>"
    )


@lru_cache(maxsize=256)
def _signing_certificate(der: bytes) -> str:
    certificate = x509.load_der_x509_certificate(der)
    digest = b64encode(hashlib.sha256(der).digest()).decode()
    return (
        "<xades:SigningCertificate><xades:Cert><xades:CertDigest>"
        f"{DIGEST_METHOD}<ds:DigestValue>{digest}</ds:DigestValue></xades:CertDigest>"
        "<xades:IssuerSerial>"
        f"<ds:X509IssuerName>{text(certificate.issuer.rfc4514_string())}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{certificate.serial_number}</ds:X509SerialNumber>"
        "</xades:IssuerSerial></xades:Cert></xades:SigningCertificate>"
    )
