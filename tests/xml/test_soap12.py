"""The SOAP 1.2 envelope and its signed address, against two other libraries."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from acuse.xml import parse, wss
from acuse.xml.build import leaf
from acuse.xml.soap12 import SOAP, WSA, Fault, envelope, read_body
from tests.support.makers import AT, credential

SERVICE = {"wcf": "http://service.example"}
ACTION, TO = "http://service.example/Do", "https://service.example/a.svc?b=1&c=<2>"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
WSU_ID = f"{{{wss.WSU}}}Id"


def message(**changes: Any) -> bytes:
    given: dict[str, Any] = {"namespaces": SERVICE, "credential": credential(), "at": AT}
    return envelope(SERVICE, wss.header(ACTION, TO, **given | changes), leaf("wcf:Do")("é <x>"))


def exclusive(element: etree._Element, prefixes: str) -> bytes:
    return etree.tostring(
        element, method="c14n", exclusive=True, inclusive_ns_prefixes=prefixes.split()
    )


def test_the_signed_address_has_the_digest_of_its_exclusive_form() -> None:
    root = etree.fromstring(message())
    (to,) = root.iter(f"{{{WSA}}}To")
    assert to.text == TO
    told = b64decode(root.findtext(f".//{DS}DigestValue") or "")
    assert hashlib.sha256(exclusive(to, "soap wcf")).digest() == told
    reference = root.find(f".//{DS}Reference")
    assert reference is not None
    assert reference.get("URI") == f"#{to.get(WSU_ID)}"


def test_the_prefix_lists_are_those_that_the_service_knows() -> None:
    lists = [
        e.get("PrefixList") for e in etree.fromstring(message()).iter("{*}InclusiveNamespaces")
    ]
    assert lists == ["wsa soap wcf", "soap wcf"]


def test_the_signature_holds_for_another_library_and_its_own_certificate() -> None:
    verify(message())


@pytest.mark.parametrize(
    "change", [(b"a.svc?b", b"b.svc?b"), (b"http://service.example/Do<", b"http://x.example/Do<")]
)
def test_only_the_address_is_signed(change: tuple[bytes, bytes]) -> None:
    altered = message().replace(*change)
    assert altered != message()
    if change[0].startswith(b"a.svc"):
        with pytest.raises(xmlsec.Error):
            verify(altered)
    else:
        verify(altered)


def verify(content: bytes) -> None:
    root = etree.fromstring(content)
    token = root.findtext(f".//{{{wss.WSSE}}}BinarySecurityToken") or ""
    certificate = x509.load_der_x509_certificate(b64decode(token))
    context = xmlsec.SignatureContext()
    pem = certificate.public_bytes(Encoding.PEM)
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
    for element in root.iter(f"{{{WSA}}}To"):
        context.register_id(element, "Id", wss.WSU)
    (signature,) = root.iter(f"{DS}Signature")
    context.verify(signature)


def test_the_header_is_laid_out_as_the_service_wants_it() -> None:
    root = etree.fromstring(message())
    security = root.find(f"{{{SOAP}}}Header/{{{wss.WSSE}}}Security")
    assert security is not None
    assert [parse.name(one) for one in security] == [
        "Timestamp",
        "BinarySecurityToken",
        "Signature",
    ]
    key = root.find(f".//{DS}KeyInfo//{{{wss.WSSE}}}Reference")
    token = security.find(f"{{{wss.WSSE}}}BinarySecurityToken")
    assert key is not None
    assert token is not None
    assert key.get("URI") == f"#{token.get(WSU_ID)}"
    assert root.findtext(f".//{{{wss.WSU}}}Created") == "2026-11-25T15:30:00.000Z"
    assert root.findtext(f".//{{{wss.WSU}}}Expires") == "2026-11-25T15:40:00.000Z"


def test_the_message_is_written_in_canonical_form() -> None:
    content = message()
    assert etree.tostring(etree.fromstring(content), method="c14n") == content


def test_the_same_message_has_the_same_bytes_and_another_moment_another_signature() -> None:
    assert message() == message()
    values = {
        etree.fromstring(one).findtext(f".//{DS}SignatureValue")
        for one in (
            message(),
            message(at=AT + timedelta(milliseconds=1)),
            message(about=b"another document"),
        )
    }
    assert len(values) == 3


def soap(inside: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{inside}</s:Body></s:Envelope>'.encode()


def test_a_body_is_read_whatever_the_prefix() -> None:
    body = read_body(soap('<a xmlns="urn:x"><b>1</b></a>'))
    assert not isinstance(body, Fault)
    assert body.tag == "{urn:x}a"


def test_a_fault_tells_its_innermost_code() -> None:
    told = read_body(
        soap(
            "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>a:InvalidSecurity"
            "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>words</s:Text></s:Reason></s:Fault>"
        )
    )
    assert told == Fault("InvalidSecurity", "words")
    assert read_body(soap("<s:Fault/>")) == Fault("", "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        soap(""),
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a/></s:Body>'
        b"</s:Envelope>",
    ],
)
def test_what_is_no_soap_12_is_unreadable(content: bytes) -> None:
    with pytest.raises(parse.Unreadable):
        read_body(content)
