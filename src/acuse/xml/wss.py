"""WS-Security by X.509: a header that carries the certificate and signs the address it goes to.

The signed parts are written in the form that exclusive C14N gives them (W3C, 2002), never parsed:
an element shows the namespaces that it uses and those that its PrefixList names. Source: OASIS WSS
1.0 X.509 token profile; colombia.md 6 and 6b (layout Timestamp, token, signature).
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from acuse.domain.jurisdiction import Credential
from acuse.xml.build import Markup, attribute, namespace_declarations, text
from acuse.xml.signature import DIGEST_METHOD, DS, RSA_SHA256, digest_of
from acuse.xml.soap12 import SOAP, WSA

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = f"{_OASIS}wssecurity-secext-1.0.xsd"
WSU = f"{_OASIS}wssecurity-utility-1.0.xsd"
X509 = f"{_OASIS}x509-token-profile-1.0#X509v3"
BASE64 = f"{_OASIS}soap-message-security-1.0#Base64Binary"
GOOD_FOR = timedelta(minutes=10)  # the service's clock and ours need not agree to the second


def header(
    action: str,
    to: str,
    *,
    namespaces: Mapping[str, str],
    credential: Credential,
    at: datetime,
    about: bytes = b"",
) -> Markup:
    """The whole header: security, action and address; same arguments, same bytes.

    `namespaces` are the envelope's own beside `soap`. `about` is what the message is about: ids
    hang from it and from the moment, so that no two messages carry the same signature.
    """
    mark = _mark(action, to, at, about)
    prefixes = ("soap", *sorted(namespaces))
    scope = {"soap": SOAP, **namespaces}
    digest = digest_of(_to(scope | {"wsa": WSA, "wsu": WSU}, mark, to))
    inside = _signed_info(prefixes, mark, digest)
    declared = namespace_declarations(scope | {"ds": DS, "wsa": WSA})
    signed = credential.sign(f"<ds:SignedInfo{declared}>{inside}</ds:SignedInfo>".encode())
    return Markup(
        f'<soap:Header xmlns:wsa="{WSA}">'
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}">'
        f"{_timestamp(mark, at)}{_token(mark, credential.certificate)}"
        f"{_signature(mark, inside, b64encode(signed).decode())}</wsse:Security>"
        f"<wsa:Action>{text(action)}</wsa:Action>{_to({'wsu': WSU}, mark, to)}</soap:Header>"
    )


def _mark(action: str, to: str, at: datetime, about: bytes) -> str:
    parts = (action.encode(), to.encode(), at.isoformat().encode(), about)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]


def _to(declared: Mapping[str, str], mark: str, to: str) -> str:
    """The address; as it is written, or (with all its declarations) as it is signed."""
    return f'<wsa:To{namespace_declarations(declared)} wsu:Id="ID-{mark}">{text(to)}</wsa:To>'


def _timestamp(mark: str, at: datetime) -> str:
    created, expires = _moment(at), _moment(at + GOOD_FOR)
    return (
        f'<wsu:Timestamp wsu:Id="TS-{mark}"><wsu:Created>{created}</wsu:Created>'
        f"<wsu:Expires>{expires}</wsu:Expires></wsu:Timestamp>"
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _token(mark: str, certificate: bytes) -> str:
    return (
        f'<wsse:BinarySecurityToken EncodingType="{BASE64}" ValueType="{X509}"'
        f' wsu:Id="X509-{mark}">{b64encode(certificate).decode()}</wsse:BinarySecurityToken>'
    )


def _signed_info(prefixes: tuple[str, ...], mark: str, digest: str) -> str:
    """What stands inside SignedInfo, in canonical form already."""
    return (
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}">{_inclusive(("wsa", *prefixes))}'
        f"</ds:CanonicalizationMethod>"
        f'<ds:SignatureMethod Algorithm="{RSA_SHA256}"></ds:SignatureMethod>'
        f'<ds:Reference URI="#ID-{mark}"><ds:Transforms><ds:Transform Algorithm="{EXCLUSIVE}">'
        f"{_inclusive(prefixes)}</ds:Transform></ds:Transforms>{DIGEST_METHOD}"
        f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )


def _inclusive(prefixes: tuple[str, ...]) -> str:
    listed = attribute(" ".join(prefixes))
    return (
        f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{listed}">'
        "</ec:InclusiveNamespaces>"
    )


def _signature(mark: str, inside: str, value: str) -> str:
    return (
        f'<ds:Signature xmlns:ds="{DS}" Id="SIG-{mark}"><ds:SignedInfo>{inside}</ds:SignedInfo>'
        f"<ds:SignatureValue>{value}</ds:SignatureValue>"
        f'<ds:KeyInfo Id="KI-{mark}"><wsse:SecurityTokenReference wsu:Id="STR-{mark}">'
        f'<wsse:Reference URI="#X509-{mark}" ValueType="{X509}"></wsse:Reference>'
        "</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>"
    )
