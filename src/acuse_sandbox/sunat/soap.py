"""SOAP 1.1 envelopes of the services: read with care, answered as the real ones write them.

Source: peru.md 5.1 to 5.3 and the services' WSDL: document/literal, body children without
namespace, WS-Security UsernameToken in the header.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from acuse_sandbox import hardened
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.options import Options
from acuse_sandbox.world import Response

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = "http://service.sunat.gob.pe"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
TOKEN = f"{{{WSSE}}}Security/{{{WSSE}}}UsernameToken"
LONGEST_ENVELOPE = 8 * 1024 * 1024
XML = {"content-type": "text/xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Call:
    """An operation asked for: its name, its fields, and who asks (None without a header)."""

    operation: str
    fields: Mapping[str, str]
    username: str | None
    password: str | None


class NotSoap(Exception):
    """The body is no envelope that this service reads."""


def read(body: bytes) -> Call:
    """The call in an envelope; raises NotSoap."""
    if len(body) > LONGEST_ENVELOPE:
        raise NotSoap("too long")
    try:
        root = hardened.parse(body)
    except hardened.Unreadable as error:
        raise NotSoap(str(error)) from error
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise NotSoap("no SOAP 1.1 envelope")
    found = list(root.iterfind(f"{{{ENVELOPE}}}Body/*"))
    if len(found) != 1 or not str(found[0].tag).startswith(f"{{{SERVICE}}}"):
        raise NotSoap("no operation of this service")
    operation = str(found[0].tag).partition("}")[2]
    # Children with a namespace are other elements to the service: it does not see them.
    fields = {str(c.tag): c.text or "" for c in found[0] if not str(c.tag).startswith("{")}
    token = root.find(f"{{{ENVELOPE}}}Header/{TOKEN}")
    if token is None:
        return Call(operation, fields, None, None)
    username, password = (token.findtext(f"{{{WSSE}}}{name}") for name in ("Username", "Password"))
    return Call(operation, fields, username, password)


def answer(operation: str, inner: str) -> Response:
    """The answer to an operation; `inner` is markup of elements without namespace."""
    body = f'<br:{operation}Response xmlns:br="{SERVICE}">{inner}</br:{operation}Response>'
    return Response(200, _envelope(body), XML)


def fault(reason: Fault, options: Options) -> Response:
    """A refusal: the code behind a dot in `faultcode`, or as an OSE's `faultstring`."""
    side = "Server" if reason.is_trouble else "Client"
    if options.is_ose:
        return _fault("soap-env", side, reason.code, reason.text)
    prefix = next((one for one in ("ns0", "env") if one in options.faults), "soap-env")
    detail = reason.text if "detail" in options.faults else ""
    return _fault(prefix, f"{side}.{reason.code}", reason.text, detail)


def nonsense(reason: NotSoap) -> Response:
    """The answer to what is no envelope: a fault without a code of SUNAT's."""
    text = f"La solicitud no es SOAP 1.1 de este servicio: {reason}"
    return _fault("soap-env", "Client", text)


def _fault(prefix: str, code: str, text: str, detail: str = "") -> Response:
    told = f"<detail><message>{escape(detail)}</message></detail>" if detail else ""
    body = (
        f'<soap-env:Fault xmlns:{prefix}="{ENVELOPE}"><faultcode>{prefix}:{code}</faultcode>'
        f"<faultstring>{escape(text)}</faultstring>{told}</soap-env:Fault>"
    )
    return Response(500, _envelope(body), XML)


def _envelope(body: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soap-env:Envelope xmlns:soap-env="{ENVELOPE}"><soap-env:Header/>'
        f"<soap-env:Body>{body}</soap-env:Body></soap-env:Envelope>"
    ).encode()
