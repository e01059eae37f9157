"""The DIAN as tests pretend it: its answers on the wire, and an issuer who calls it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from typing import Any

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Address, Company, Environment, TaxId
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply, SubmissionState
from acuse.jurisdictions.co import calls, replies
from tests.jurisdictions.co.papers import BUYER as BUYER
from tests.jurisdictions.co.papers import CUFE as CUFE
from tests.jurisdictions.co.papers import KEY as KEY
from tests.jurisdictions.co.papers import NIT as NIT
from tests.jurisdictions.co.papers import NUMBER as NUMBER
from tests.jurisdictions.co.papers import OTHER_CUFE as OTHER_CUFE
from tests.jurisdictions.co.papers import application_response as application_response
from tests.jurisdictions.co.papers import certificate as certificate
from tests.jurisdictions.co.papers import container as container
from tests.jurisdictions.co.papers import invoice as invoice
from tests.jurisdictions.co.papers import opening as opening
from tests.jurisdictions.co.papers import party as party
from tests.jurisdictions.co.papers import signed as signed
from tests.support import makers
from tests.support.makers import AT, TestCredential

SOAP = "http://www.w3.org/2003/05/soap-envelope"
CONTRACTS = "http://schemas.datacontract.org/2004/07/"
WCF = "http://wcf.dian.colombia"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
SOFTWARE = "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0"
TEST_SET = "0b1e7f0c-0000-4f5c-9a0c-7f3f7d1c2a11"
TICKET = "0b1e7f0c-5f2b-4f5c-9a0c-7f3f7d1c2a11"


def soap(inside: str) -> bytes:
    """A SOAP 1.2 answer."""
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body>{inside}</s:Body></s:Envelope>'.encode()
    )


def answer(operation: str, inside: str, contract: str) -> bytes:
    """The answer to an operation, its members in their contract under the prefix `b`."""
    return soap(
        f'<{operation}Response xmlns="{WCF}"><{operation}Result xmlns:b="{CONTRACTS}{contract}"'
        f' xmlns:i="http://www.w3.org/2001/XMLSchema-instance">{inside}</{operation}Result>'
        f"</{operation}Response>"
    )


def members(
    valid: bool | None = True,
    code: str = "00",
    *errors: str,
    description: str = "",
    message: str = "",
    receipt: bytes | str = b"",
    key: str = "",
) -> str:
    """The members of a DianResponse."""
    strings = "".join(f"<c:string>{escape(error)}</c:string>" for error in errors)
    encoded = receipt if isinstance(receipt, str) else b64encode(receipt).decode()
    told = "" if valid is None else str(valid).lower()
    return (
        f'<b:ErrorMessage xmlns:c="{ARRAYS}">{strings}</b:ErrorMessage>'
        f"<b:IsValid>{told}</b:IsValid><b:StatusCode>{code}</b:StatusCode>"
        f"<b:StatusDescription>{escape(description)}</b:StatusDescription>"
        f"<b:StatusMessage>{escape(message)}</b:StatusMessage>"
        f"<b:XmlBase64Bytes>{encoded}</b:XmlBase64Bytes><b:XmlBytes i:nil='true'/>"
        f"<b:XmlDocumentKey>{key}</b:XmlDocumentKey>"
    )


def dian_response(operation: str, *many: str) -> bytes:
    """The answer to an operation that gives DianResponses; GetStatusZip lists them."""
    if operation == "GetStatusZip":
        listed = "".join(f"<b:DianResponse>{one}</b:DianResponse>" for one in many)
        return answer(operation, listed, "DianResponse")
    return answer(operation, "".join(many), "DianResponse")


def uploaded(ticket: str = "", *messages: str) -> bytes:
    """The answer to SendTestSetAsync."""
    items = "".join(
        f"<c:XmlParamsResponseTrackId><c:ProcessedMessage>{escape(one)}</c:ProcessedMessage>"
        "</c:XmlParamsResponseTrackId>"
        for one in messages
    )
    errors = f'<b:ErrorMessageList xmlns:c="{CONTRACTS}XmlParamsResponseTrackId">{items}'
    inside = f"{errors}</b:ErrorMessageList><b:ZipKey>{ticket}</b:ZipKey>"
    return answer("SendTestSetAsync", inside, "UploadDocumentResponse")


def original(code: str = "100", content: bytes = b"", message: str = "") -> bytes:
    """The answer to GetXmlByDocumentKey."""
    inside = (
        f"<b:Code>{code}</b:Code><b:Message>{escape(message)}</b:Message>"
        f"<b:XmlBytesBase64>{b64encode(content).decode()}</b:XmlBytesBase64>"
    )
    return answer("GetXmlByDocumentKey", inside, "EventResponse")


def fault(code: str, text: str) -> bytes:
    """A SOAP 1.2 fault."""
    return soap(
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
        f"<s:Value>a:{code}</s:Value></s:Subcode></s:Code><s:Reason>"
        f'<s:Text xml:lang="en-US">{escape(text)}</s:Text></s:Reason></s:Fault>'
    )


def company(**changes: Any) -> Company:
    """A Colombian company that is enabled."""
    given: dict[str, Any] = {
        "id": 1,
        "jurisdiction": "CO",
        "environment": Environment.SANDBOX,
        "tax_id": TaxId("NIT", NIT),
        "legal_name": "EMPRESA DE PRUEBA S.A.S.",
        "trade_name": "La Prueba",
        "address": Address("Calle 100 10 20", "11001", "", "BOGOTÁ, D.C.", "BOGOTÁ", "CO"),
        "email": "ventas@empresa.example",
        "electronic_invoicing": True,
        "automatic_delivery": True,
        "extra": {
            "organization": "1",
            "regime": "48",
            "responsibilities": "O-13;O-15",
            "tax_scheme": "01",
            "software_id": SOFTWARE,
        },
    } | changes
    return Company(**given)


def credential(serial: str = NIT) -> Credential:
    """The issuer's means to sign."""
    return TestCredential(certificate(serial), makers.key(), software_pin="75315")


@cache
def sealed() -> bytes:
    return invoice()


def case(state: SubmissionState = SubmissionState.IN_FLIGHT, **changes: Any) -> Case:
    """What is known of the default document."""
    given: dict[str, Any] = {
        "state": state,
        "sealed": sealed(),
        "fiscal_id": CUFE,
        "number": NUMBER,
        "file_name": "fv09998887770002600000001.xml",
        "kind": "INVOICE",
        "issued_at": AT,
    } | changes
    return Case(**given)


def call(one: Case | None = None, issuer: Company | None = None) -> Call:
    """The next call of the case."""
    made = calls.next_call(one or case(), issuer or company(), credential(), AT)
    assert made is not None
    return made


def read(
    body: bytes | NoReply,
    one: Case | None = None,
    *,
    issuer: Company | None = None,
    status: int = 200,
) -> Finding:
    """What an answer to the case's next call means."""
    known = one or case()
    reply = body if isinstance(body, NoReply) else Reply(status, {}, body)
    return replies.read(known, call(known, issuer), reply, AT)
