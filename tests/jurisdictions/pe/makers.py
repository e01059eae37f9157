"""A Peruvian issuer, its documents and SUNAT's answers, all invented, with defaults."""

from __future__ import annotations

import io
import tomllib
import zipfile
from base64 import b64encode
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from acuse.domain.document import Document
from acuse.domain.intake import read_document
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Company
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply, SubmissionState
from acuse.jurisdictions.pe import content, jurisdiction
from tests.support import signatures
from tests.support.makers import AT, RUC, company, credential, document

CASES = Path(__file__).parent / "cases"
SERIES = {
    (DocumentKind.INVOICE, "F"): "F001",
    (DocumentKind.RECEIPT, "B"): "B001",
    (DocumentKind.CREDIT_NOTE, "F"): "FC01",
    (DocumentKind.CREDIT_NOTE, "B"): "BC01",
    (DocumentKind.DEBIT_NOTE, "F"): "FD01",
    (DocumentKind.DEBIT_NOTE, "B"): "BD01",
}
OTHERS = ("comprobante-de-", "liquidacion-", "guia-")  # others.py reads these
NAMES = sorted(one.name for one in CASES.iterdir() if not one.name.startswith(OTHERS))
UBL = "urn:oasis:names:specification:ubl:schema:xsd"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = "http://service.sunat.gob.pe"


@dataclass(frozen=True, slots=True)
class PaperCase:
    """A case's document, numbered and dated as at its issue, and the amounts written in it."""

    document: Document
    expected: dict[str, Any]


@cache
def paper_case(name: str) -> PaperCase:
    """The case of that name."""
    text = (CASES / name / "document.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text, parse_float=Decimal)
    expected = raw.pop("expected")
    read = read_document(raw, jurisdiction.traits, rehearsal=True)
    assert isinstance(read, Document), read
    number = Number(SERIES[read.kind, content.family(read)], 123)
    return PaperCase(replace(read, date=AT.date(), number=number), expected)


def case_company() -> Company:
    """The issuer of the cases: it has an account for detracciones, and sells food too."""
    return company(extra={"detraction_account": "00-000-123456", "reduced_igv": True})


def read_case(name: str) -> Document:
    """The case's document, dated and numbered as it is when it is issued."""
    return paper_case(name).document


def seal(one: Document | None = None, issuer: Company | None = None) -> Sealed:
    """The sealed document of a company."""
    return jurisdiction.seal(one or document(), issuer or company(), Draws(), credential(), AT)


@cache
def _sealed() -> Sealed:
    return seal()


def case(state: SubmissionState = SubmissionState.IN_FLIGHT, **changes: Any) -> Case:
    """What is known of the default document."""
    sealed = _sealed()
    given: dict[str, Any] = {
        "state": state,
        "sealed": sealed.content,
        "fiscal_id": sealed.fiscal_id,
        "number": sealed.number,
        "file_name": sealed.file_name,
        "kind": "INVOICE",
        "issued_at": AT,
    } | changes
    return Case(**given)


def call(state: SubmissionState = SubmissionState.IN_FLIGHT, issuer: Company | None = None) -> Call:
    """The call that is made in that state."""
    one = jurisdiction.next_call(case(state), issuer or company(), credential(), AT)
    assert one is not None
    return one


def read(body: bytes | NoReply, *, made: Call | None = None, status: int = 200) -> Finding:
    """What an answer to a sending (or to `made`) means."""
    reply = body if isinstance(body, NoReply) else Reply(status, {}, body)
    return jurisdiction.read(case(), made or call(), reply, AT)


def cdr(
    code: str = "0",
    description: str = "La Factura numero F001-123, ha sido aceptada",
    *,
    notes: tuple[str, ...] = (),
    reference: str = "F001-123",
    receiver: str = RUC,
    document_hash: str = "",
    signed: bool = True,
    name: str = f"R-{RUC}-01-F001-123.xml",
) -> bytes:
    """The ZIP of a CDR, signed in the form that SUNAT's have."""
    told = "".join(f"<cbc:Note>{escape(note)}</cbc:Note>" for note in notes)
    hashed = f"<cbc:DocumentHash>{document_hash}</cbc:DocumentHash>" if document_hash else ""
    markup = (
        f'<ar:ApplicationResponse xmlns:ar="{UBL}:ApplicationResponse-2"'
        f' xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2"'
        f' xmlns:ext="{UBL}:CommonExtensionComponents-2">'
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>{signature}"
        f"</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>{told}"
        f"<cac:SenderParty>{_party('20131312955')}</cac:SenderParty>"
        f"<cac:ReceiverParty>{_party(receiver)}</cac:ReceiverParty>"
        f"<cac:DocumentResponse><cac:Response><cbc:ReferenceID>{reference}</cbc:ReferenceID>"
        f"<cbc:ResponseCode>{code}</cbc:ResponseCode>"
        f"<cbc:Description>{escape(description)}</cbc:Description></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{reference}</cbc:ID>{hashed}</cac:DocumentReference>"
        "</cac:DocumentResponse></ar:ApplicationResponse>"
    )
    content = (
        signatures.sign(markup) if signed else markup.replace("{signature}", "<ext:No/>").encode()
    )
    return zipped(("dummy/", b""), (name, content))


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """A ZIP of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 25, 10, 30, 0)), content)
    return buffer.getvalue()


def billed(archive: bytes | str) -> bytes:
    """The answer to sendBill."""
    text = archive if isinstance(archive, str) else b64encode(archive).decode()
    inner = f"<applicationResponse>{escape(text)}</applicationResponse>"
    return _soap(f'<br:sendBillResponse xmlns:br="{SERVICE}">{inner}</br:sendBillResponse>')


def consulted(code: str, message: str = "", archive: bytes | str = b"") -> bytes:
    """The answer to getStatusCdr."""
    text = archive if isinstance(archive, str) else b64encode(archive).decode()
    content = f"<content>{escape(text)}</content>" if text else ""
    return _soap(
        f'<r:getStatusCdrResponse xmlns:r="{SERVICE}"><statusCdr>{content}'
        f"<statusCode>{code}</statusCode><statusMessage>{escape(message)}</statusMessage>"
        "</statusCdr></r:getStatusCdrResponse>"
    )


def ticket_given(ticket: str) -> bytes:
    """The answer to sendSummary."""
    inner = f"<ticket>{escape(ticket)}</ticket>"
    return _soap(f'<br:sendSummaryResponse xmlns:br="{SERVICE}">{inner}</br:sendSummaryResponse>')


def ticket_told(code: str, archive: bytes | str = b"") -> bytes:
    """The answer to getStatus."""
    text = archive if isinstance(archive, str) else b64encode(archive).decode()
    content = f"<content>{escape(text)}</content>" if text else ""
    return _soap(
        f'<r:getStatusResponse xmlns:r="{SERVICE}"><status>{content}'
        f"<statusCode>{code}</statusCode></status></r:getStatusResponse>"
    )


def fault(code: str, text: str = "Texto de la autoridad", *, prefix: str = "Client.") -> bytes:
    """A SOAP fault with its number behind the dot."""
    return _soap(
        f"<s:Fault><faultcode>s:{prefix}{code}</faultcode>"
        f"<faultstring>{escape(text)}</faultstring></s:Fault>"
    )


def _party(number: str) -> str:
    return f"<cac:PartyIdentification><cbc:ID>{number}</cbc:ID></cac:PartyIdentification>"


def _soap(body: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body>{body}</s:Body></s:Envelope>'.encode()
