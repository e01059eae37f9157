"""The envelope is what SUNAT reads; a fault's number is found wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from lxml import etree

from acuse.xml import parse
from acuse.xml.build import leaf, node
from acuse.xml.soap import SOAP, WSSE, Fault, envelope, read_body
from tests.xml.test_build import WRITABLE


def fault(code: str, text: str, detail: str = "") -> bytes:
    inner = f"<detail><message>{detail}</message></detail>" if detail else ""
    return (
        f'<e:Envelope xmlns:e="{SOAP}"><e:Header/><e:Body><e:Fault><faultcode>{code}</faultcode>'
        f"<faultstring>{text}</faultstring>{inner}</e:Fault></e:Body></e:Envelope>"
    ).encode()


@given(WRITABLE, WRITABLE)
def test_user_and_password_arrive_as_they_are(user: str, password: str) -> None:
    body = node("ser:op")(leaf("dato")("1"))
    content = envelope({"ser": "urn:s"}, body, username=user, password=password)
    root = etree.fromstring(content)
    token = root.find(f"{{{SOAP}}}Header/{{{WSSE}}}Security/{{{WSSE}}}UsernameToken")
    assert token is not None
    told = [token.findtext(f"{{{WSSE}}}{name}") for name in ("Username", "Password")]
    assert told == [user, password]
    assert etree.tostring(root, method="c14n") == content


def test_the_operation_has_its_namespace_and_its_children_none() -> None:
    content = envelope(
        {"ser": "urn:s"}, node("ser:op")(leaf("dato")("1")), username="u", password="p"
    )
    operation = etree.fromstring(content).find(f"{{{SOAP}}}Body/{{urn:s}}op")
    assert operation is not None
    assert operation[0].tag == "dato"


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("soap-env:Client.0111", "No tiene el perfil", "0111"),
        ("ns0:Server.0109", "texto", "0109"),
        ("env:Server", "0100 - El sistema no puede responder", "0100"),
        ("env:Server", "1033", "1033"),
        ("env:Client.2335", "1033 otro", "2335"),
        ("env:Server", "Internal Error", ""),
        ("env:Server", "12345 no es un código", ""),
        ("env:Client.\u0660\u0661\u0660\u0662", "cifras de otro alfabeto", ""),
        ("", "", ""),
    ],
)
def test_the_number_of_a_fault_is_found(code: str, text: str, number: str) -> None:
    told = read_body(fault(code, text))
    assert isinstance(told, Fault)
    assert told.code == number


def test_the_detail_of_a_fault_is_kept() -> None:
    told = read_body(fault("e:Client.3103", "Rechazado", "Error en la linea: 1"))
    assert told == Fault("3103", "Rechazado Error en la linea: 1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>503</body></html>",
        b"<a/>",
        f'<e:Envelope xmlns:e="{SOAP}"/>'.encode(),
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body/></e:Envelope>'.encode(),
    ],
)
def test_what_is_no_answer_is_unreadable(content: bytes) -> None:
    with pytest.raises(parse.Unreadable):
        read_body(content)
