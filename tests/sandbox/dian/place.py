"""A world with its DIAN, seconds after the examples were signed, and a client of its service."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import xmlsec
from lxml import etree

from acuse_sandbox.dian import Dian
from acuse_sandbox.world import Request, Response, ScriptedReply, World
from tests.sandbox.dian.documents import BUYER, invoice
from tests.sandbox.dian.signing import ACTIONS, Header, Signer, body, envelope, sign, signer

NOW = datetime(2026, 11, 25, 15, 30, 30, tzinfo=UTC)
PATH = "/WcfDianCustomerServices.svc"
HOME = f"sandbox://dian{PATH}"
CONTRACTS = "http://schemas.datacontract.org/2004/07/"
STEM = "fv09998887770002600000001"
DS = "http://www.w3.org/2000/09/xmldsig#"


@dataclass(frozen=True)
class Answer:
    """A DianResponse, its members by name; None for nil."""

    errors: list[str]
    members: dict[str, str | None]

    @property
    def valid(self) -> bool:
        return self.members["IsValid"] == "true"

    @property
    def code(self) -> str | None:
        return self.members["StatusCode"]

    @property
    def words(self) -> str:
        told = (self.members["StatusDescription"], self.members["StatusMessage"])
        return " ".join(one for one in told if one)

    @property
    def receipt(self) -> etree._Element | None:
        encoded = self.members["XmlBase64Bytes"]
        return None if encoded is None else etree.fromstring(b64decode(encoded))

    @property
    def rules(self) -> list[str]:
        """The codes of the rules named."""
        return [error.partition(",")[0].removeprefix("Regla: ") for error in self.errors]


class Place:
    """The pretended DIAN and the world it belongs to."""

    def __init__(self) -> None:
        self.at = NOW
        self.world = World(now=lambda: self.at)
        self.dian = Dian(self.world)

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)

    def set(self, name: str, value: str) -> None:
        self.world.settings[f"dian.{name}"] = value

    def tell(self, register: str, **told: Any) -> None:
        self.dian.learn(register, told)

    def script(self, *replies: ScriptedReply, **match: str) -> None:
        self.world.scripts.add("dian", match, list(replies))

    def outcomes(self) -> list[tuple[str, str]]:
        """Purpose and outcome of everything received so far."""
        return [(entry.purpose, entry.outcome) for entry in self.world.ledger.read()]

    def header(self, operation: str, **changes: Any) -> Header:
        made = Header(to=HOME, action=ACTIONS + operation, at=self.at - timedelta(seconds=1))
        return replace(made, **changes)

    def call(
        self,
        operation: str,
        *,
        by: Signer | None = None,
        header: Header | None = None,
        headers: dict[str, str] | None = None,
        **fields: str,
    ) -> Response:
        said = header or self.header(operation)
        content = envelope(said, body(operation, fields), by or signer())
        given = {
            "content-type": f'application/soap+xml;charset=UTF-8;action="{ACTIONS}{operation}"'
        } | (headers or {})
        return self.dian.handle(Request("POST", PATH, {}, given, content))

    def send(
        self, document: bytes, *, by: Signer | None = None, stem: str = STEM, **more: Any
    ) -> Response:
        content = packed({f"{stem}.xml": document})
        more |= {"fileName": zip_name(stem), "contentFile": content}
        return self.call("SendBillSync", by=by, **more)

    def sent(self, document: bytes, **how: Any) -> Answer:
        return answer(self.send(document, **how))

    def status(self, uuid: str) -> Answer:
        return answer(self.call("GetStatus", trackId=uuid))

    def upload(self, document: bytes, *, test_set: str, stem: str = STEM) -> Response:
        return self.call(
            "SendTestSetAsync",
            fileName=zip_name(stem),
            contentFile=packed({f"{stem}.xml": document}),
            testSetId=test_set,
        )

    def batch(self, ticket: str) -> list[Answer]:
        return answers(self.call("GetStatusZip", trackId=ticket))

    def declare(self, event: bytes, *, by: Signer | None = None) -> Answer:
        content = packed({"ar09990001110002600000001.xml": event})
        said = self.call("SendEventUpdateStatus", by=by or signer(BUYER), contentFile=content)
        return answer(said)


def zip_name(stem: str) -> str:
    return "z" + stem.lstrip("abcdefghijklmnopqrstuvwxyz") + ".zip"


def packed(files: dict[str, bytes]) -> str:
    """A ZIP in base64."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return b64encode(content.getvalue()).decode()


def good(number: str = "SETP990000123", **changes: Any) -> bytes:
    """A signed invoice without fault."""
    return sign(invoice(number, **changes))


def result(response: Response) -> etree._Element:
    """The Result element of an answer."""
    assert response.status == 200, response.body
    root = etree.fromstring(response.body)
    found = root.find("{*}Body")
    assert found is not None
    (wrapper,) = found
    operation = etree.QName(wrapper).localname.removesuffix("Response")
    (inner,) = wrapper
    assert inner.tag == f"{{http://wcf.dian.colombia}}{operation}Result"
    return inner


def nil(element: etree._Element) -> bool:
    return element.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true"


def members(element: etree._Element, contract: str) -> dict[str, str | None]:
    """The members of a contract in their order, all in its namespace; None for nil."""
    found = {}
    for child in element:
        name = etree.QName(child)
        assert name.namespace == f"{CONTRACTS}{contract}", name
        found[name.localname] = None if nil(child) else child.text or ""
    return found


MEMBERS = [
    "ErrorMessage",
    "IsValid",
    "StatusCode",
    "StatusDescription",
    "StatusMessage",
    "XmlBase64Bytes",
    "XmlBytes",
    "XmlDocumentKey",
    "XmlFileName",
]


def read(element: etree._Element) -> Answer:
    found = members(element, "DianResponse")
    assert list(found) == MEMBERS
    arrays = "{http://schemas.microsoft.com/2003/10/Serialization/Arrays}string"
    assert all(child.tag == arrays for child in element[0])
    return Answer([child.text or "" for child in element[0]], found)


def answer(response: Response) -> Answer:
    return read(result(response))


def answers(response: Response) -> list[Answer]:
    found = list(result(response))
    assert all(one.tag == f"{{{CONTRACTS}DianResponse}}DianResponse" for one in found)
    return [read(one) for one in found]


def ticket(response: Response) -> str:
    """The ZipKey of an upload."""
    found = members(result(response), "UploadDocumentResponse")
    assert list(found) == ["ErrorMessageList", "ZipKey"]
    assert found["ErrorMessageList"] is None
    return found["ZipKey"] or ""


def refused(response: Response) -> list[str]:
    """The texts of an upload without a ZipKey."""
    inner = result(response)
    assert nil(inner[1])
    texts = []
    for item in inner[0]:
        found = members(item, "XmlParamsResponseTrackId")
        assert list(found) == [
            "DocumentKey",
            "ProcessedMessage",
            "SenderCode",
            "Success",
            "XmlFileName",
        ]
        assert found["Success"] == "false"
        texts.append(found["ProcessedMessage"] or "")
    return texts


def fault(response: Response) -> str:
    """The subcode and reason of a fault."""
    assert response.status == 500, response
    root = etree.fromstring(response.body)
    found = root.find("{*}Body/{*}Fault")
    assert found is not None
    code = found.findtext("{*}Code/{*}Subcode/{*}Value") or ""
    return f"{code.rpartition(':')[2]} {found.findtext('{*}Reason/{*}Text')}".strip()


def verifies(content: bytes, certificate: bytes) -> bool:
    """Whether a document's signature is good, by this certificate's key."""
    root = etree.fromstring(content)
    signature = root.find(f".//{{{DS}}}Signature")
    if signature is None:
        return False
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True
