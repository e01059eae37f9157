"""SOAP 1.2 by hand: an envelope whose bytes are under our control, and what an answer holds.

Source: SOAP 1.2 part 1 (W3C, 2007), sections 5.1–5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.xml import parse
from acuse.xml.build import Markup, node, root

SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://www.w3.org/2005/08/addressing"
LONGEST_REASON = 2000

_body = node("soap:Body")


def envelope(namespaces: Mapping[str, str], header: Markup, body: Markup) -> bytes:
    """The whole message; `namespaces` are those that the body uses, `header` its whole element."""
    write = root("soap:Envelope", {"soap": SOAP, **namespaces})
    return write(header, _body(body)).encode()


@dataclass(frozen=True, slots=True)
class Fault:
    """What a SOAP 1.2 fault says: its innermost code without prefix, and its reason."""

    code: str
    text: str


def read_body(content: bytes) -> parse.Element | Fault:
    """The first element of the body, or the fault; raises parse.Unreadable for anything else."""
    whole = parse.parse(content)
    body = whole.find(f"{{{SOAP}}}Body") if whole.tag == f"{{{SOAP}}}Envelope" else None
    if body is None or not len(body):
        raise parse.Unreadable("no SOAP 1.2 envelope with a body")
    first = body[0]
    return _fault(first) if first.tag == f"{{{SOAP}}}Fault" else first


def _fault(element: parse.Element) -> Fault:
    values = [parse.text(one) for one in element.findall(f"{{{SOAP}}}Code//{{{SOAP}}}Value")]
    code = values[-1].rpartition(":")[2] if values else ""
    reason = parse.text(element.find(f"{{{SOAP}}}Reason/{{{SOAP}}}Text"))
    return Fault(code[:100], reason[:LONGEST_REASON])
