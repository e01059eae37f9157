"""SOAP 1.1 by hand: the authority's bytes are under our control."""

from __future__ import annotations

import re
from dataclasses import dataclass

from acuse.xml import parse
from acuse.xml.build import Markup, leaf, node, root

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"

_header = node("soapenv:Header")
_body = node("soapenv:Body")
_security = node("wsse:Security")
_token = node("wsse:UsernameToken")
_username = leaf("wsse:Username")
_password = leaf("wsse:Password")


def envelope(namespaces: dict[str, str], body: Markup, *, username: str, password: str) -> bytes:
    """An envelope with a WS-Security UsernameToken; `namespaces` are those the body uses."""
    write = root("soapenv:Envelope", {"soapenv": SOAP, "wsse": WSSE, **namespaces})
    security = _security(_token(_username(username), _password(password)))
    return write(_header(security), _body(body)).encode()


@dataclass(frozen=True, slots=True)
class Fault:
    """What a SOAP fault says: `code` is four digits where one could be found, else ""."""

    code: str
    text: str


def read_body(content: bytes) -> parse.Element | Fault:
    """The first element of the body, or the fault; raises parse.Unreadable for anything else."""
    envelope_element = parse.parse(content)
    body = parse.child(envelope_element, "Body")
    if parse.name(envelope_element) != "Envelope" or body is None or not len(body):
        raise parse.Unreadable("no SOAP envelope with a body")
    first = body[0]
    if parse.name(first) == "Fault":
        return _fault(first)
    return first


def _fault(element: parse.Element) -> Fault:
    """Source: peru.md 5.2: the number stands after the code's dot, or is or begins the string."""
    code = parse.child_text(element, "faultcode")
    text = parse.child_text(element, "faultstring")
    detail = parse.text(parse.child(element, "detail"))
    found = re.search(r"\.([0-9]{4})$", code) or re.match(r"([0-9]{4})\b", text)
    words = " ".join(part for part in (text, detail) if part)
    return Fault(found[1] if found else "", words[:2000])
