"""XMLDSig over bytes that are canonical already: hashed and signed, never parsed.

The document is given as the text before and the text after the place of its signature. Source:
W3C XML-Signature (2002), Canonical XML 1.0; peru.md section 4. In inclusive canonical form the
root of a subset shows every namespace in scope, so SignedInfo is hashed with the document's
declarations although it is written without them.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from acuse.domain.jurisdiction import Credential
from acuse.xml.build import attribute, namespace_declarations

DS = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

METHODS = (
    f'<ds:CanonicalizationMethod Algorithm="{C14N}"></ds:CanonicalizationMethod>'
    f'<ds:SignatureMethod Algorithm="{RSA_SHA256}"></ds:SignatureMethod>'
)
DIGEST_METHOD = f'<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
WHOLE_DOCUMENT = (
    f'<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="{ENVELOPED}"></ds:Transform>'
    f"</ds:Transforms>{DIGEST_METHOD}<ds:DigestValue>"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed document's bytes, and the digest of the document without its signature."""

    content: bytes
    digest: str


def sign_enveloped(
    before: str,
    after: str,
    *,
    namespaces: Mapping[str, str],
    credential: Credential,
    signature_id: str,
) -> Signed:
    """The document with its signature between `before` and `after`.

    `namespaces` are those declared above the signature; the prefix `ds` must be among them.
    """
    head, tail = before.encode(), after.encode()
    hashed = hashlib.sha256(head)
    hashed.update(tail)
    digest = b64encode(hashed.digest()).decode()
    signed_info = f"{METHODS}{WHOLE_DOCUMENT}{digest}</ds:DigestValue></ds:Reference>"
    scope = _scope(tuple(sorted(namespaces.items())))
    to_sign = f"<ds:SignedInfo{scope}>{signed_info}</ds:SignedInfo>"
    value = b64encode(credential.sign(to_sign.encode())).decode()
    signature = (
        f'<ds:Signature Id="{attribute(signature_id)}">'
        f"<ds:SignedInfo>{signed_info}</ds:SignedInfo>"
        f"<ds:SignatureValue>{value}</ds:SignatureValue>"
        f"<ds:KeyInfo>{certificate_data(credential.certificate)}</ds:KeyInfo></ds:Signature>"
    )
    return Signed(b"".join((DECLARATION, head, signature.encode(), tail)), digest)


def digest_of(canonical: str) -> str:
    """The base64 SHA-256 of canonical text."""
    return b64encode(hashlib.sha256(canonical.encode()).digest()).decode()


@lru_cache(maxsize=256)
def certificate_data(der: bytes) -> str:
    """The X509Data of a certificate: written once per certificate."""
    encoded = b64encode(der).decode()
    return f"<ds:X509Data><ds:X509Certificate>{encoded}</ds:X509Certificate></ds:X509Data>"


@lru_cache(maxsize=64)
def _scope(namespaces: tuple[tuple[str, str], ...]) -> str:
    return namespace_declarations(dict(namespaces))
