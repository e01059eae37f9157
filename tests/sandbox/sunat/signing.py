"""Invented signers, signed documents, and the calls that carry them."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree
from tests.sandbox.sunat.documents import ISSUER, PLACE

from acuse_sandbox.world import Request, Response

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)

TEMPLATE = (
    f'<ds:Signature xmlns:ds="{DS}" Id="SignAcuse"><ds:SignedInfo>'
    '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
    f'<ds:SignatureMethod Algorithm="{MORE}rsa-sha256"/><ds:Reference URI=""><ds:Transforms>'
    f'<ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>'
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/>'
    "</ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data>"
    "<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    "</ds:Signature>"
)


@dataclass(frozen=True)
class Signer:
    key: bytes  # PEM
    certificate: bytes  # DER


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def signer(ruc: str = ISSUER, *, since: datetime = START, until: datetime = END) -> Signer:
    """A signer whose certificate carries a RUC; all share one invented key."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PE"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, ruc),
            x509.NameAttribute(NameOID.COMMON_NAME, "CERTIFICADO DE PRUEBA SIN VALIDEZ"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(1)
        .not_valid_before(since)
        .not_valid_after(until)
        .sign(_key(), hashes.SHA256())
    )
    pem = _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(pem, certificate.public_bytes(Encoding.DER))


def sign(xml: str, by: Signer | None = None) -> bytes:
    """The document with its signature in the place kept for it."""
    who = by or signer()
    filled = TEMPLATE.replace("{certificate}", b64encode(who.certificate).decode())
    root = etree.fromstring(xml.replace(PLACE, filled).encode())
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(who.key, xmlsec.constants.KeyDataFormatPem)
    node = root.find(f".//{{{DS}}}Signature")
    assert node is not None
    context.sign(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def packed(*entries: tuple[str, bytes]) -> bytes:
    """A ZIP of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def call(
    path: str, operation: str, fields: dict[str, str], *, user: str | None, password: str
) -> Request:
    """A SOAP 1.1 call; no header where there is no user."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    header = (
        f'<wsse:Security xmlns:wsse="{WSSE}"><wsse:UsernameToken><wsse:Username>{user}'
        f"</wsse:Username><wsse:Password>{password}</wsse:Password></wsse:UsernameToken>"
        "</wsse:Security>"
    )
    body = (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:ser="http://service.sunat.gob.pe">'
        f"<s:Header>{header if user else ''}</s:Header>"
        f"<s:Body><ser:{operation}>{inner}</ser:{operation}></s:Body></s:Envelope>"
    )
    headers = {"content-type": "text/xml; charset=utf-8", "soapaction": f'"urn:{operation}"'}
    return Request("POST", path, {}, headers, body.encode())


def send_bill(
    document: bytes,
    *,
    number: str = "F001-1",
    issuer: str = ISSUER,
    kind: str = "01",
    name: str | None = None,
    archive: bytes | None = None,
    user: str | None = ISSUER + "MODDATOS",
    password: str = "moddatos",
    path: str = "/billService",
    operation: str = "sendBill",
) -> Request:
    """A sendBill of one signed document; archive and name can be given wrong on purpose."""
    stem = f"{issuer}-{kind}-{number}"
    content = packed((f"{stem}.xml", document)) if archive is None else archive
    fields = {"fileName": name or f"{stem}.zip", "contentFile": b64encode(content).decode()}
    return call(path, operation, fields, user=user, password=password)


def send_summary(
    document: bytes,
    *,
    number: str = "RC-20261121-1",
    path: str = "/billService",
    user: str | None = ISSUER + "MODDATOS",
    name: str | None = None,
    archive: bytes | None = None,
) -> Request:
    """A sendSummary of one signed file; `number` is the name's end."""
    kind, _, rest = number.partition("-")
    return send_bill(
        document,
        number=rest,
        kind=kind,
        path=path,
        user=user,
        name=name,
        archive=archive,
        operation="sendSummary",
    )


def status(
    ticket: str, *, path: str = "/billService", user: str | None = ISSUER + "MODDATOS"
) -> Request:
    """A question about a ticket."""
    return call(path, "getStatus", {"ticket": ticket}, user=user, password="moddatos")


def ask(
    operation: str = "getStatusCdr",
    *,
    issuer: str = ISSUER,
    kind: str = "01",
    series: str = "F001",
    number: str = "1",
    user: str | None = ISSUER + "MODDATOS",
) -> Request:
    """A question to the consult service."""
    fields = {
        "rucComprobante": issuer,
        "tipoComprobante": kind,
        "serieComprobante": series,
        "numeroComprobante": number,
    }
    return call("/billConsultService", operation, fields, user=user, password="moddatos")


def said(response: Response, name: str) -> str | None:
    """The text of an element of an answer."""
    return etree.fromstring(response.body).findtext(f".//{name}")


def fault(response: Response) -> str:
    """The code behind the dot of a fault."""
    assert response.status == 500
    return (said(response, "faultcode") or "").rpartition(".")[2]


def cdr(response: Response, element: str = "applicationResponse") -> etree._Element:
    """The root of the CDR in an answer."""
    (name, content) = cdr_file(b64decode(said(response, element) or ""))
    assert name.startswith("R-")
    return etree.fromstring(content)


def cdr_file(archive: bytes) -> tuple[str, bytes]:
    """Name and bytes of the one XML in a CDR's ZIP; the folder before it is skipped."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.namelist()[0] == "dummy/"
        (name,) = (n for n in opened.namelist() if n.endswith(".xml"))
        return name, opened.read(name)


def code(root: etree._Element) -> str | None:
    """The CDR's ResponseCode."""
    return root.findtext(".//{*}ResponseCode")


def notes(root: etree._Element) -> list[str]:
    """The CDR's observations."""
    return [note.text or "" for note in root.iterfind("{*}Note")]
