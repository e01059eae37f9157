"""The CDR: SUNAT's signed ApplicationResponse, in the ZIP that it comes in.

Source: peru.md 5.3. Signed with a key and certificate made once per process, of no validity.
"""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from textwrap import dedent
from xml.sax.saxutils import escape

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from acuse_sandbox.sunat.judge import LIMA, Verdict
from acuse_sandbox.sunat.signature import DS, INCLUSIVE
from acuse_sandbox.sunat.stem import Stem

RUC = "20131312955"
PLACEHOLDER = "*clave de homologacion no disponible*"  # homologation does not sign (peru.md 5.3)
UBL = "urn:oasis:names:specification:ubl:schema:xsd"

SIGNATURE = dedent(f"""
    <ds:Signature xmlns:ds="{DS}" Id="SignSUNAT"><ds:SignedInfo>
    <ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"/>
    <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
    <ds:Reference URI=""><ds:Transforms>
    <ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>
    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
    <ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo>
    <ds:SignatureValue>{{value}}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>
    <ds:X509Certificate>{{certificate}}</ds:X509Certificate>
    </ds:X509Data></ds:KeyInfo></ds:Signature>
""").replace("\n", "")


@dataclass(frozen=True, slots=True)
class Signer:
    """The pretended SUNAT's key (PEM) and certificate (DER)."""

    key: bytes
    certificate: bytes


@cache
def signer() -> Signer:
    """The key and certificate of this process."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = (
        (NameOID.COUNTRY_NAME, "PE"),
        (NameOID.ORGANIZATION_NAME, "SUNAT DE PRUEBA"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, RUC),
        (NameOID.COMMON_NAME, "CERTIFICADO DE PRUEBA SIN VALIDEZ"),
    )
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Signer(pem, certificate.public_bytes(Encoding.DER))


def build(
    stem: Stem, verdict: Verdict, *, ordinal: int, at: datetime, signed: bool = True
) -> bytes:
    """The ZIP `R-<name>.zip` with the answer on a document."""
    markup = _markup(stem, verdict, ordinal=ordinal, at=at.astimezone(LIMA), signed=signed)
    return _packed(f"R-{stem.name}.xml", _signed(markup) if signed else markup.encode(), at=at)


def _markup(stem: Stem, verdict: Verdict, *, ordinal: int, at: datetime, signed: bool) -> str:
    rejection = verdict.rejection
    certificate = b64encode(signer().certificate).decode() if signed else PLACEHOLDER
    signature = SIGNATURE.format(value="" if signed else PLACEHOLDER, certificate=certificate)
    notes = "".join(
        f"<cbc:Note>{f.code} - {escape(f.sentence)}</cbc:Note>" for f in verdict.observations
    )
    code = "0" if rejection is None else rejection.code
    text = f"La Factura numero {stem.label}, ha sido " + (
        "aceptada" if rejection is None else f"rechazada: {rejection.sentence}"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ar:ApplicationResponse'
        f' xmlns:ar="{UBL}:ApplicationResponse-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2" xmlns:ext="{UBL}:CommonExtensionComponents-2">'
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
        f"{signature}</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
        "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0</cbc:CustomizationID>"
        f"<cbc:ID>{at:%Y%m%d}{ordinal:07}</cbc:ID>"
        f"<cbc:IssueDate>{at:%Y-%m-%d}</cbc:IssueDate><cbc:IssueTime>{at:%H:%M:%S}</cbc:IssueTime>"
        f"<cbc:ResponseDate>{at:%Y-%m-%d}</cbc:ResponseDate>"
        f"<cbc:ResponseTime>{at:%H:%M:%S}</cbc:ResponseTime>{notes}"
        f"<cac:Signature><cbc:ID>SignSUNAT</cbc:ID><cac:SignatoryParty>{_party(RUC)}"
        "<cac:PartyName><cbc:Name>SUNAT</cbc:Name></cac:PartyName></cac:SignatoryParty>"
        "<cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#SignSUNAT</cbc:URI>"
        "</cac:ExternalReference></cac:DigitalSignatureAttachment></cac:Signature>"
        f"<cac:SenderParty>{_party(RUC)}</cac:SenderParty>"
        f"<cac:ReceiverParty>{_party(stem.ruc)}</cac:ReceiverParty>"
        f"<cac:DocumentResponse><cac:Response><cbc:ReferenceID>{stem.label}</cbc:ReferenceID>"
        f"<cbc:ResponseCode>{code}</cbc:ResponseCode>"
        f"<cbc:Description>{escape(text)}</cbc:Description></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{stem.label}</cbc:ID></cac:DocumentReference>"
        f"<cac:RecipientParty>{_party(verdict.customer_id)}</cac:RecipientParty>"
        "</cac:DocumentResponse></ar:ApplicationResponse>"
    )


def _party(number: str) -> str:
    return f"<cac:PartyIdentification><cbc:ID>{escape(number)}</cbc:ID></cac:PartyIdentification>"


def _signed(markup: str) -> bytes:
    root = etree.fromstring(markup.encode())
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(signer().key, xmlsec.constants.KeyDataFormatPem)
    node = root.find(f".//{{{DS}}}Signature")
    assert node is not None
    context.sign(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _packed(name: str, content: bytes, *, at: datetime) -> bytes:
    stamp = at.timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("dummy/", stamp), b"")  # the real one has it too
        entry = zipfile.ZipInfo(name, stamp)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)
    return buffer.getvalue()
