"""SOAP 1.2 envelopes of WcfDianCustomerServices: read with care, answered as the service does.

Source: colombia.md 6 and 6b. Members of answers stand in the order of the WSDL, each contract in
its own namespace.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from lxml import etree

from acuse_sandbox import hardened
from acuse_sandbox.dian.refusal import NotSoap, UnknownAction
from acuse_sandbox.hardened import Element
from acuse_sandbox.world import Response

SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://www.w3.org/2005/08/addressing"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
WCF = "http://wcf.dian.colombia"
ACTIONS = f"{WCF}/IWcfDianCustomerServices/"
CONTENT = "application/soap+xml"
XML = {"content-type": f"{CONTENT}; charset=utf-8"}
ACTION = re.compile(r'action="([^"]*)"')
LIVES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Call:
    """An operation asked for: its name, its arguments, and the envelope that carried it."""

    operation: str
    fields: Mapping[str, str]
    root: Element


def read(body: bytes, content_type: str) -> Call:
    """The call in an envelope; raises NotSoap, and UnknownAction where it names two operations."""
    try:
        root = hardened.parse(body, huge=True)
    except hardened.Unreadable as error:
        raise NotSoap(str(error)) from error
    if root.tag != f"{{{SOAP}}}Envelope":
        raise NotSoap("no SOAP 1.2 envelope")
    found = list(root.iterfind(f"{{{SOAP}}}Body/*"))
    if len(found) != 1 or not str(found[0].tag).startswith(f"{{{WCF}}}"):
        raise NotSoap("no operation of this service")
    operation = etree.QName(found[0]).localname
    named = ACTION.search(content_type)
    addressed = root.findtext(f"{{{SOAP}}}Header/{{{WSA}}}Action") or ""
    for action in (addressed, named[1] if named else addressed):
        if action != ACTIONS + operation:
            raise UnknownAction(action)
    members = found[0].iterchildren(f"{{{WCF}}}*")
    return Call(operation, {etree.QName(m).localname: m.text or "" for m in members}, root)


def answer(operation: str, result: str, at: datetime) -> Response:
    """The answer to an operation; `result` is the markup of its Result element."""
    return Response(
        200,
        (
            f'<s:Envelope xmlns:s="{SOAP}" xmlns:a="{WSA}" xmlns:u="{WSU}"><s:Header>'
            f'<a:Action s:mustUnderstand="1" u:Id="_2">{ACTIONS}{operation}Response</a:Action>'
            f'<o:Security s:mustUnderstand="1" xmlns:o="{WSSE}"><u:Timestamp u:Id="_0">'
            f"<u:Created>{_moment(at)}</u:Created><u:Expires>{_moment(at + LIVES)}</u:Expires>"
            "</u:Timestamp></o:Security></s:Header>"
            f'<s:Body><{operation}Response xmlns="{WCF}">{result}</{operation}Response></s:Body>'
            "</s:Envelope>"
        ).encode(),
        XML,
    )


def invalid_security() -> Response:
    """The fault for a header that does not hold: nothing was processed."""
    return fault("InvalidSecurity", "An error occurred when verifying security for the message.")


def no_reason() -> Response:
    """The fault for a certificate that is not accepted."""
    return fault("", "The creator of this fault did not specify a Reason.")


def unsupported(action: str) -> Response:
    """The fault for an operation that is not served, or is not the action's."""
    reason = f"The message with Action '{action}' cannot be processed at the receiver."
    return fault("ActionNotSupported", reason, namespace=WSA)


def fault(subcode: str, reason: str, *, namespace: str = WSSE) -> Response:
    """A SOAP 1.2 fault of the sender, with HTTP 500."""
    value = f'<s:Value xmlns:a="{namespace}">a:{subcode}</s:Value>'
    inner = f"<s:Subcode>{value}</s:Subcode>" if subcode else ""
    body = (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value>'
        f'{inner}</s:Code><s:Reason><s:Text xml:lang="en-US">{escape(reason)}</s:Text></s:Reason>'
        "</s:Fault></s:Body></s:Envelope>"
    )
    return Response(500, body.encode(), XML)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
