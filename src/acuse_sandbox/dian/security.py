"""The WS-Security header, checked as the service's policy asks, with xmlsec.

Source: colombia.md 6 (header) and 6b (policy, faults). Strict layout: Timestamp, token, signature.
The signature must cover wsa:To; exclusive C14N throughout, with whatever PrefixList it names (the
known clients write "wsa soap wcf" and "soap wcf"; the digests prove that it was honoured).

wsa:To must be, byte for byte, the address that was called. The product's gateway turns
`sandbox://dian/<path>` into `http://<this host>/dian/<path>` after the header was signed, so both
forms are the address: the first always, the second with the request's own Host. No other host
passes, so that a document for the real service shows here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import xmlsec
from lxml import etree

from acuse_sandbox.dian import certificate
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.envelope import SOAP, WSA, WSSE, WSU, Call
from acuse_sandbox.dian.refusal import InvalidSecurity, UnknownCertificate
from acuse_sandbox.hardened import Element
from acuse_sandbox.world import Request

NAME = "dian"  # below which path the dispatcher finds us
OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
DS = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
X509 = f"{OASIS}x509-token-profile-1.0#X509v3"
BASE64 = f"{OASIS}soap-message-security-1.0#Base64Binary"
ID = f"{{{WSU}}}Id"
LAYOUT = (f"{{{WSU}}}Timestamp", f"{{{WSSE}}}BinarySecurityToken", f"{{{DS}}}Signature")
SKEW = timedelta(minutes=5)
LONGEST = timedelta(hours=5)
MOST_REFERENCES = 4


def caller(call: Call, request: Request, *, at: datetime) -> Certificate:
    """Whose certificate calls; raises InvalidSecurity or UnknownCertificate."""
    header = call.root.find(f"{{{SOAP}}}Header")
    security = [] if header is None else header.findall(f"{{{WSSE}}}Security")
    if header is None or len(security) != 1:
        raise InvalidSecurity("no Security header")
    parts = [one for one in security[0] if isinstance(one.tag, str)]
    if tuple(one.tag for one in parts) != LAYOUT:
        raise InvalidSecurity("Timestamp, token and signature, in this order")
    timestamp, token, signature = parts
    _check_time(timestamp, at)
    to = header.findall(f"{{{WSA}}}To")
    if len(to) != 1 or len(to[0]) or (to[0].text or "") not in addresses(request):
        raise InvalidSecurity("wsa:To is not the address that was called")
    found = _token(token)
    _verify(call.root, signature, token, to[0], found)
    if not found.holds(at):
        raise UnknownCertificate("outside its validity")
    return found


def addresses(request: Request) -> tuple[str, ...]:
    """The forms that the address of this request can have had when it was signed."""
    told = [f"sandbox://{NAME}{request.path}"]
    host = request.headers.get("host", "")
    if host:
        told += [f"{scheme}://{host}/{NAME}{request.path}" for scheme in ("http", "https")]
    return tuple(told)


def _check_time(timestamp: Element, at: datetime) -> None:
    created, expires = (
        _moment(timestamp.findtext(f"{{{WSU}}}{name}")) for name in ("Created", "Expires")
    )
    if created > at + SKEW:
        raise InvalidSecurity("made in the future")
    if expires <= at or expires - created > LONGEST:
        raise InvalidSecurity("expired, or good for too long")


def _moment(text: str | None) -> datetime:
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError as error:
        raise InvalidSecurity("a Timestamp without its moments") from error
    if found.utcoffset() != timedelta(0):
        raise InvalidSecurity("a Timestamp is UTC")
    return found


def _token(token: Element) -> Certificate:
    if (token.get("ValueType"), token.get("EncodingType")) != (X509, BASE64):
        raise InvalidSecurity("no X.509 token")
    found = certificate.read(token.text)
    if found is None:
        raise InvalidSecurity("no certificate in the token")
    return found


def _verify(
    envelope: Element, signature: Element, token: Element, to: Element, caller: Certificate
) -> None:
    _check_form(envelope, signature, token, to)
    xmlsec.tree.add_ids(envelope, ["Id"])
    context = xmlsec.SignatureContext()
    try:
        context.key = xmlsec.Key.from_memory(caller.der, xmlsec.constants.KeyDataFormatCertDer)
        context.verify(signature)
    except xmlsec.Error as error:
        raise InvalidSecurity("the signature is wrong") from error


def _check_form(envelope: Element, signature: Element, token: Element, to: Element) -> None:
    """That the signature is of the token, over the address, by the algorithms of the policy."""
    ids = [
        value
        for one in envelope.iter(etree.Element)
        for name, value in one.attrib.items()
        if etree.QName(name).localname == "Id"
    ]
    if len(ids) != len(set(ids)):
        raise InvalidSecurity("an Id twice")
    info = signature.find(f"{{{DS}}}SignedInfo")
    reference = signature.find(
        f"{{{DS}}}KeyInfo/{{{WSSE}}}SecurityTokenReference/{{{WSSE}}}Reference"
    )
    if info is None or reference is None or reference.get("URI") != f"#{token.get(ID)}":
        raise InvalidSecurity("the signature does not name the token")
    if _algorithms(info) != (EXCLUSIVE, RSA_SHA256):
        raise InvalidSecurity("exclusive C14N and RSA with SHA-256 are asked")
    references = info.findall(f"{{{DS}}}Reference")
    named = [one.get("URI", "") for one in references]
    if f"#{to.get(ID)}" not in named or not to.get(ID) or len(named) > MOST_REFERENCES:
        raise InvalidSecurity("wsa:To is not signed")
    own = {f"#{one}" for one in ids}
    if not set(named) <= own or not all(map(_is_exclusive, references)):
        raise InvalidSecurity("a reference that is not followed")


def _algorithms(info: Element) -> tuple[str, ...]:
    found = (info.find(f"{{{DS}}}{n}") for n in ("CanonicalizationMethod", "SignatureMethod"))
    return tuple("" if one is None else one.get("Algorithm", "") for one in found)


def _is_exclusive(reference: Element) -> bool:
    transforms = reference.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform")
    digest = reference.find(f"{{{DS}}}DigestMethod")
    return (
        [one.get("Algorithm") for one in transforms] == [EXCLUSIVE]
        and digest is not None
        and digest.get("Algorithm") == SHA256
    )
