"""The results of operations: members in the order of the WSDL, each contract in its namespace.

Source: colombia.md 6b.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from acuse_sandbox.dian.envelope import XSI

CONTRACTS = "http://schemas.datacontract.org/2004/07/"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
NIL = ' i:nil="true"/>'
FLAT = {  # operations whose contract has texts only, in its order
    "GetXmlByDocumentKey": (
        "EventResponse",
        ("Code", "Message", "ValidationDate", "XmlBytesBase64"),
    ),
    "GetExchangeEmails": (
        "ExchangeEmailResponse",
        ("CsvBase64Bytes", "Message", "StatusCode", "Success"),
    ),
    "GetAcquirer": (
        "Gosocket.Dian.Services.Utils.Common",
        ("Message", "ReceiverEmail", "ReceiverName", "StatusCode"),
    ),
}


@dataclass(frozen=True, slots=True)
class DianResponse:
    """One answer about one document; None is written as nil."""

    is_valid: bool
    code: str = ""
    description: str | None = ""
    message: str | None = None
    errors: tuple[str, ...] = ()
    receipt: bytes = b""
    uuid: str | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """One refused document of an upload."""

    message: str
    sender: str = ""
    file_name: str = ""


def one(operation: str, answer: DianResponse) -> str:
    """The result of an operation that answers about one document."""
    return _result(operation, "DianResponse", _members(answer))


def many(operation: str, answers: Iterable[DianResponse]) -> str:
    """The result of an operation that answers about several."""
    inner = "".join(f"<b:DianResponse>{_members(a)}</b:DianResponse>" for a in answers)
    return _result(operation, "DianResponse", inner)


def upload(operation: str, ticket: str, refused: tuple[Upload, ...] = ()) -> str:
    """The result of an asynchronous upload: a ticket, or what was wrong."""
    contract = f'xmlns:c="{CONTRACTS}XmlParamsResponseTrackId"'
    items = "".join(
        "<c:XmlParamsResponseTrackId>"
        + _text("c:DocumentKey", None)
        + _text("c:ProcessedMessage", item.message)
        + _text("c:SenderCode", item.sender)
        + "<c:Success>false</c:Success>"
        + _text("c:XmlFileName", item.file_name)
        + "</c:XmlParamsResponseTrackId>"
        for item in refused
    )
    listed = (
        f"<b:ErrorMessageList {contract}>{items}</b:ErrorMessageList>"
        if refused
        else f'<b:ErrorMessageList i:nil="true" {contract}/>'
    )
    inner = listed + _text("b:ZipKey", ticket or None)
    return _result(operation, "UploadDocumentResponse", inner)


def ranges(operation: str, code: str, description: str, found: Iterable[dict[str, str]]) -> str:
    """The result of GetNumberingRange; each range by the contract's names, in its order."""
    items = "".join(
        "<c:NumberRangeResponse>"
        + "".join(_text(f"c:{name}", value) for name, value in one.items())
        + "</c:NumberRangeResponse>"
        for one in found
    )
    inner = (
        _text("b:OperationCode", code)
        + _text("b:OperationDescription", description)
        + f'<b:ResponseList xmlns:c="{CONTRACTS}NumberRangeResponse">{items}</b:ResponseList>'
    )
    return _result(operation, "NumberRangeResponseList", inner)


def flat(operation: str, **members: str | None) -> str:
    """The result of an operation of `FLAT`; a member that is not named is nil."""
    contract, names = FLAT[operation]
    inner = "".join(_text(f"b:{name}", members.get(name)) for name in names)
    return _result(operation, contract, inner)


def refused(operation: str, code: str, text: str) -> str:
    """The result of any operation for a caller that the service does not know."""
    match operation:
        case "SendBillAsync" | "SendTestSetAsync":
            return upload(operation, "", (Upload(text),))
        case "GetNumberingRange":
            return ranges(operation, code, text, ())
        case "GetStatusZip":
            return many(operation, [DianResponse(False, code, text)])
    if operation not in FLAT:
        return one(operation, DianResponse(False, code, text))
    return flat(operation, Code=code, StatusCode=code, Message=text, Success="false")


def encoded(content: bytes) -> str:
    """Bytes as base64Binary."""
    return b64encode(content).decode()


def _result(operation: str, contract: str, inner: str) -> str:
    return (
        f'<{operation}Result xmlns:b="{CONTRACTS}{contract}" xmlns:i="{XSI}">{inner}'
        f"</{operation}Result>"
    )


def _members(answer: DianResponse) -> str:
    strings = "".join(f"<c:string>{escape(error)}</c:string>" for error in answer.errors)
    opened = f'<b:ErrorMessage xmlns:c="{ARRAYS}"'
    return (
        (f"{opened}>{strings}</b:ErrorMessage>" if strings else f"{opened}/>")
        + _text("b:IsValid", "true" if answer.is_valid else "false")
        + _text("b:StatusCode", answer.code)
        + _text("b:StatusDescription", answer.description)
        + _text("b:StatusMessage", answer.message)
        + _text("b:XmlBase64Bytes", encoded(answer.receipt) or None)
        + _text("b:XmlBytes", None)
        + _text("b:XmlDocumentKey", answer.uuid)
        + _text("b:XmlFileName", answer.file_name)
    )


def _text(name: str, value: str | None) -> str:
    return f"<{name}{NIL}" if value is None else f"<{name}>{escape(value)}</{name}>"
