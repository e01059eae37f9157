"""A call to the DIAN's web service: one operation in a signed SOAP 1.2 envelope.

Source: colombia.md 6 (addresses, header, operations) and 6b (policy of the WSDL, time-out).
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose
from acuse.jurisdictions.co.traits import ENDPOINTS
from acuse.xml import soap12, wss
from acuse.xml.archive import pack
from acuse.xml.build import leaf, node

WCF = "http://wcf.dian.colombia"
ACTIONS = f"{WCF}/IWcfDianCustomerServices/"
NAMESPACES = {"wcf": WCF}
CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0  # the annex calls a slower answer a delay

_ACTION = re.compile(r'action="' + re.escape(ACTIONS) + r'([A-Za-z]+)"')
_KIND = re.compile(r"^[a-z]+")


def call(
    purpose: CallPurpose,
    operation: str,
    arguments: tuple[tuple[str, str], ...],
    *,
    company: Company,
    credential: Credential,
    at: datetime,
) -> Call:
    """The call of an operation with its arguments in the order of the contract."""
    url, action = endpoint(company), ACTIONS + operation
    body = node(f"wcf:{operation}")(*(leaf(f"wcf:{name}")(value) for name, value in arguments))
    header = wss.header(
        action, url, namespaces=NAMESPACES, credential=credential, at=at, about=body.encode()
    )
    return Call(
        purpose=purpose,
        method="POST",
        url=url,
        headers={"content-type": f'application/soap+xml;charset=UTF-8;action="{action}"'},
        body=soap12.envelope(NAMESPACES, header, body),
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
    )


def endpoint(company: Company) -> str:
    """The service's address: the company's own, else the environment's."""
    return company.endpoints.get("service") or ENDPOINTS[company.environment]["service"]


def operation_of(made: Call) -> str:
    """The operation that a call asks for, "" for a call that is not of this service."""
    found = _ACTION.search(made.headers.get("content-type", ""))
    return found[1] if found else ""


def archive_of(file_name: str, content: bytes) -> tuple[str, str]:
    """The ZIP of one XML: its name, and its bytes in base64."""
    return zip_name(file_name), b64encode(pack(file_name, content)).decode()


def zip_name(file_name: str) -> str:
    """The archive's name: the XML's with `z` for its kind (colombia.md 6, file names)."""
    return _KIND.sub("z", file_name.removesuffix(".xml"), count=1) + ".zip"
