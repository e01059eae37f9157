"""XAdES-EPES over bytes that are canonical already (ETSI EN 319 132, TS 101 903 1.3.2).

Source: costa-rica.md 4, colombia.md 5. Three references: the document, the KeyInfo, the signed
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
    """A signature policy: its address, the base64 SHA-256 of its text, its name if it is told."""

    identifier: str
    digest: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What authorities differ in: how the parts are named, what the properties say.

    Names are made of the signature's id, `{}`; "" leaves the part without one. `timespec` is the
    precision of SigningTime, `role` the signer's claimed role ("" for none), `tells_format`
    whether DataObjectFormat is written.
    """

    key_info: str = "KeyInfo-{}"
    properties: str = "SignedProperties-{}"
    reference: str = ""
    value: str = ""
    timespec: str = "seconds"
    role: str = ""
    tells_format: bool = True


USUAL = Shape()


def sign_xades(
    before: str,
    after: str,
    *,
    namespaces: Mapping[str, str],
    credential: Credential,
    signature_id: str,
    at: datetime,
    policy: Policy,
    shape: Shape = USUAL,
) -> Signed:
    """The document with its signature between `before` and `after`; `at` with its own offset.

    `namespaces` are those declared above the signature, which declares `ds` and `xades` itself
    where they are not among them.
    """
    ids = attribute(signature_id)
    names = _names(shape, ids)
    scope = _scope(tuple(sorted(namespaces.items())))
    data = certificate_data(credential.certificate)
    head, tail = before.encode(), after.encode()
    hashed = hashlib.sha256(head)
    hashed.update(tail)
    digest = b64encode(hashed.digest()).decode()
    key_info = f'Id="{names.key_info}">{data}</ds:KeyInfo>'
    properties = (
        f'Id="{names.properties}">{_properties(ids, at, policy, shape, credential.certificate)}'
        "</xades:SignedProperties>"
    )
    key_digest = digest_of(f"<ds:KeyInfo{scope.signature} {key_info}")
    properties_digest = digest_of(f"<xades:SignedProperties{scope.properties} {properties}")
    signed_info = (
        f"{METHODS}{names.whole_document}{digest}</ds:DigestValue></ds:Reference>"
        f'<ds:Reference URI="#{names.key_info}">{DIGEST_METHOD}'
        f"<ds:DigestValue>{key_digest}</ds:DigestValue></ds:Reference>"
        f'<ds:Reference Type="{SIGNED_PROPERTIES}" URI="#{names.properties}">{DIGEST_METHOD}'
        f"<ds:DigestValue>{properties_digest}</ds:DigestValue></ds:Reference>"
    )
    to_sign = f"<ds:SignedInfo{scope.signature}>{signed_info}</ds:SignedInfo>"
    value = b64encode(credential.sign(to_sign.encode())).decode()
    signature = (
        f'<ds:Signature{scope.own_ds} Id="{ids}"><ds:SignedInfo>{signed_info}</ds:SignedInfo>'
        f"<ds:SignatureValue{names.value}>{value}</ds:SignatureValue><ds:KeyInfo {key_info}"
        f'<ds:Object><xades:QualifyingProperties{scope.own_xades} Target="#{ids}">'
        f"<xades:SignedProperties {properties}</xades:QualifyingProperties></ds:Object>"
        "</ds:Signature>"
    )
    return Signed(b"".join((DECLARATION, head, signature.encode(), tail)), digest)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of the parts; `whole_document` is the whole start of its reference."""

    key_info: str
    properties: str
    value: str
    whole_document: str


def _names(shape: Shape, ids: str) -> _Names:
    whole = WHOLE_DOCUMENT
    if shape.reference:
        named = f'<ds:Reference Id="{shape.reference.format(ids)}"'
        whole = whole.replace("<ds:Reference", named, 1)
    return _Names(
        shape.key_info.format(ids),
        shape.properties.format(ids),
        f' Id="{shape.value.format(ids)}"' if shape.value else "",
        whole,
    )


@dataclass(frozen=True, slots=True)
class _Scope:
    """The declarations that the root of a subset shows, by where the subset stands.

    `own_…` are those that the signature writes itself.
    """

    signature: str
    properties: str
    own_ds: str
    own_xades: str


@lru_cache(maxsize=64)
def _scope(namespaces: tuple[tuple[str, str], ...]) -> _Scope:
    above = dict(namespaces)
    in_signature = above | {"ds": DS}
    return _Scope(
        namespace_declarations(in_signature),
        namespace_declarations(in_signature | {"xades": XADES}),
        "" if above.get("ds") == DS else namespace_declarations({"ds": DS}),
        "" if above.get("xades") == XADES else namespace_declarations({"xades": XADES}),
    )


def _properties(ids: str, at: datetime, policy: Policy, shape: Shape, der: bytes) -> str:
    return (
        "<xades:SignedSignatureProperties>"
        f"<xades:SigningTime>{at.isoformat(timespec=shape.timespec)}</xades:SigningTime>"
        f"{_signing_certificate(der)}{_policy(policy)}{_role(shape.role)}"
        f"</xades:SignedSignatureProperties>{_data_format(ids) if shape.tells_format else ''}"
    )


def _data_format(ids: str) -> str:
    return (
        "<xades:SignedDataObjectProperties>"
        f'<xades:DataObjectFormat ObjectReference="#{ids}">'
        "<xades:MimeType>text/xml</xades:MimeType><xades:Encoding>UTF-8</xades:Encoding>"
        "</xades:DataObjectFormat></xades:SignedDataObjectProperties>"
    )


def _role(role: str) -> str:
    if not role:
        return ""
    return (
        "<xades:SignerRole><xades:ClaimedRoles>"
        f"<xades:ClaimedRole>{text(role)}</xades:ClaimedRole>"
        "</xades:ClaimedRoles></xades:SignerRole>"
    )


@lru_cache(maxsize=16)
def _policy(policy: Policy) -> str:
    words = policy.description
    described = f"<xades:Description>{text(words)}</xades:Description>" if words else ""
    return (
        "<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId><xades:SigPolicyId>"
        f"<xades:Identifier>{text(policy.identifier)}</xades:Identifier>{described}"
        "</xades:SigPolicyId>"
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
