"""Signed documents as tests invent them: verdicts, invoices, containers.

Everything is signed by xmlsec with invented certificates, so that no test believes our own hand.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from html import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from acuse.xml.signature import RSA_SHA256, SHA256
from tests.support import makers, signatures
from tests.support.makers import AT

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
NIT, BUYER = "999888777", "999000111"
NUMBER = "SETP990000123"
CUFE = (
    "105f4c2e68866d1d77e064b9dbea9d70bba1cd0bec34ed915f57bd1759c6cdcd"
    "157db77912b8857457e5b24b7ee7d355"
)
OTHER_CUFE = CUFE[::-1]
KEY = "35e8239623683ba5e69d31aa9cc0064fc860c6b5d97b48e5c77ce8c55fa2ba48" + 32 * "0"
BLANK = "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>{signature}"
CLOSED = "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"


@cache
def certificate(serial: str) -> bytes:
    """An invented certificate that names that number; the same bytes every time."""
    holder = x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Entidad Inventada"), holder])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(makers.key().public_key())
        .serial_number(727)
        .not_valid_before(AT - timedelta(days=100))
        .not_valid_after(AT + timedelta(days=600))
        .sign(makers.key(), hashes.SHA256())
    )
    return built.public_bytes(Encoding.DER)


def signed(markup: str, serial: str) -> bytes:
    """The document, signed in the place of `{signature}` by who has that number."""
    return signatures.sign(markup, (RSA_SHA256, SHA256), certificate_der=certificate(serial))


def opening(name: str) -> str:
    """The start tag of a UBL document."""
    return (
        f'<{name} xmlns="{UBL}:{name}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2"'
        f' xmlns:ext="{UBL}:CommonExtensionComponents-2">{BLANK}{CLOSED}'
    )


def party(number: str, name: str, kind: str = "31") -> str:
    """A party by its PartyTaxScheme."""
    return (
        f"<cac:PartyTaxScheme><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeName="{kind}">{number}</cbc:CompanyID><cac:TaxScheme><cbc:ID>01'
        "</cbc:ID><cbc:Name>IVA</cbc:Name></cac:TaxScheme></cac:PartyTaxScheme>"
    )


def application_response(
    code: str = "02",
    *lines: tuple[str, str],
    number: str = NUMBER,
    fiscal_id: str = CUFE,
    signer: str = "800197268",
    root: str = "ApplicationResponse",
) -> bytes:
    """The DIAN's signed word about a document; `lines` are its LineResponses."""
    shown = "".join(
        f"<cac:LineResponse><cac:LineReference><cbc:LineID>{place}</cbc:LineID></cac:LineReference>"
        f"<cac:Response><cbc:ResponseCode>{line}</cbc:ResponseCode><cbc:Description>{escape(text)}"
        "</cbc:Description></cac:Response></cac:LineResponse>"
        for place, (line, text) in enumerate(
            (("0000", "0"), ("0", "La Factura electrónica, ha sido autorizada."), *lines), 1
        )
    )
    markup = (
        f"{opening(root)}<cbc:ID>174701</cbc:ID><cbc:UUID>{KEY}</cbc:UUID>"
        "<cbc:IssueDate>2026-11-25</cbc:IssueDate><cbc:IssueTime>10:30:05-05:00</cbc:IssueTime>"
        f"<cac:SenderParty>{party('800197268', 'Unidad Especial')}</cac:SenderParty>"
        f"<cac:ReceiverParty>{party(NIT, 'EMPRESA')}</cac:ReceiverParty><cac:DocumentResponse>"
        f"<cac:Response><cbc:ResponseCode>{code}</cbc:ResponseCode></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{number}</cbc:ID><cbc:UUID>{fiscal_id}</cbc:UUID>"
        f"</cac:DocumentReference>{shown}</cac:DocumentResponse></{root}>"
    )
    return signed(markup, signer)


def invoice(
    *,
    root: str = "Invoice",
    kind: str = "01",
    number: str = NUMBER,
    fiscal_id: str = CUFE,
    receiver: str = BUYER,
    extra: str = "",
    on_credit: bool = False,
    issued_on: str = "2026-11-25",
) -> bytes:
    """A signed document, as far as a receiver reads one."""
    typed = {"Invoice": f"<cbc:InvoiceTypeCode>{kind}</cbc:InvoiceTypeCode>"}
    typed["CreditNote"] = f"<cbc:CreditNoteTypeCode>{kind}</cbc:CreditNoteTypeCode>"
    totals = "RequestedMonetaryTotal" if root == "DebitNote" else "LegalMonetaryTotal"
    return signed(
        f"{opening(root)}<cbc:ID>{number}</cbc:ID><cbc:UUID>{fiscal_id}</cbc:UUID>"
        f"<cbc:IssueDate>{issued_on}</cbc:IssueDate>{typed.get(root, '')}{extra}"
        "<cbc:DocumentCurrencyCode>COP</cbc:DocumentCurrencyCode><cac:AccountingSupplierParty>"
        f"<cac:Party>{party(NIT, 'EMPRESA DE PRUEBA S.A.S.')}<cac:Contact><cbc:ElectronicMail>"
        "ventas@empresa.example</cbc:ElectronicMail></cac:Contact></cac:Party>"
        "</cac:AccountingSupplierParty><cac:AccountingCustomerParty>"
        f"<cac:Party>{party(receiver, 'COMPRADOR DE PRUEBA S.A.S.')}</cac:Party>"
        "</cac:AccountingCustomerParty><cac:PaymentMeans>"
        f"<cbc:ID>{2 if on_credit else 1}</cbc:ID></cac:PaymentMeans><cac:{totals}>"
        f"<cbc:PayableAmount>119000.00</cbc:PayableAmount></cac:{totals}></{root}>",
        NIT,
    )


def container(
    document: bytes | None = None,
    receipt: bytes | None = None,
    *,
    number: str = NUMBER,
    fiscal_id: str = CUFE,
    root: str = "AttachedDocument",
) -> bytes:
    """An AttachedDocument, signed by its issuer."""
    held = invoice() if document is None else document
    told = application_response() if receipt is None else receipt
    inner = f"<cac:DocumentReference><cbc:ID>{number}</cbc:ID><cbc:UUID>{fiscal_id}</cbc:UUID>"
    line = f"{inner}{_attached(told)}</cac:DocumentReference>" if told else ""
    return signed(
        f"{opening(root)}<cbc:ID>{number}</cbc:ID><cbc:ParentDocumentID>{number}"
        f"</cbc:ParentDocumentID>{_attached(held)}<cac:ParentDocumentLineReference><cbc:LineID>1"
        f"</cbc:LineID>{line}</cac:ParentDocumentLineReference></{root}>",
        NIT,
    )


def _attached(content: bytes) -> str:
    text = escape(content.decode(), quote=False)
    return (
        "<cac:Attachment><cac:ExternalReference><cbc:MimeCode>text/xml</cbc:MimeCode>"
        f"<cbc:Description>{text}</cbc:Description></cac:ExternalReference></cac:Attachment>"
    )


EVENT, EVENT_KEY = "AR1", "e" * 96


def buyer_event(
    code: str = "030",
    *,
    number: str = NUMBER,
    fiscal_id: str = CUFE,
    sender: str = BUYER,
    signer: str = BUYER,
    root: str = "ApplicationResponse",
    key: str = EVENT_KEY,
) -> bytes:
    """What a buyer declares about an invoice, signed by who has that number."""
    listed = ' listID="02" name="Mercancía no entregada totalmente"' if code == "031" else ""
    return signed(
        f"{opening(root)}<cbc:ID>{EVENT}</cbc:ID><cbc:UUID>{key}</cbc:UUID>"
        "<cbc:IssueDate>2026-11-26</cbc:IssueDate><cbc:IssueTime>09:00:00-05:00</cbc:IssueTime>"
        f"<cac:SenderParty>{party(sender, 'COMPRADOR DE PRUEBA S.A.S.')}</cac:SenderParty>"
        f"<cac:ReceiverParty>{party(NIT, 'EMPRESA')}</cac:ReceiverParty><cac:DocumentResponse>"
        f"<cac:Response><cbc:ResponseCode{listed}>{code}</cbc:ResponseCode>"
        f"<cbc:Description>Evento {code}</cbc:Description></cac:Response><cac:DocumentReference>"
        f"<cbc:ID>{number}</cbc:ID><cbc:UUID>{fiscal_id}</cbc:UUID></cac:DocumentReference>"
        f"</cac:DocumentResponse></{root}>",
        signer,
    )


def event_container(event: bytes | None = None, receipt: bytes | None = None) -> bytes:
    """A buyer's event as it is mailed: with the DIAN's verdict on it."""
    told = application_response(number=EVENT, fiscal_id=EVENT_KEY)
    return container(
        buyer_event() if event is None else event,
        told if receipt is None else receipt,
        number=EVENT,
        fiscal_id=EVENT_KEY,
    )
