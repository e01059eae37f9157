"""What tests of summaries and their registers do again and again."""

from __future__ import annotations

from typing import Any

from lxml import etree
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import ISSUER
from tests.sandbox.sunat.signing import (
    cdr,
    code,
    fault,
    said,
    send_bill,
    send_summary,
    sign,
    status,
)

from acuse_sandbox.world import Script, ScriptedReply

RC, RA, RR = "RC-20261121-1", "RA-20261121-1", "RR-20261121-1"
PATHS = {"RR": "/otherService", "20": "/otherService", "40": "/otherService"}


def ticket(place: Place, markup: str, number: str = RC) -> str:
    """The ticket of a file that was taken."""
    path = PATHS.get(number[:2], "/billService")
    response = place.sunat.handle(send_summary(sign(markup), number=number, path=path))
    assert response.status == 200, response.body
    return said(response, "ticket") or ""


def verdict(place: Place, markup: str, number: str = RC) -> etree._Element:
    """The CDR of a file, asked for at once."""
    return cdr(place.sunat.handle(status(ticket(place, markup, number))), "content")


def told(place: Place, number: str) -> str | None:
    """The code that a ticket has now."""
    return said(place.sunat.handle(status(number)), "statusCode")


def send(place: Place, markup: str, number: str, kind: str) -> str | None:
    """The CDR's code of a document sent alone, or the fault's."""
    path = PATHS.get(kind, "/billService")
    response = place.sunat.handle(send_bill(sign(markup), number=number, kind=kind, path=path))
    return code(cdr(response)) if response.status == 200 else fault(response)


def known(place: Place, number: str, state: str = "accepted", **more: Any) -> None:
    """Let the register hold a document: "03 B001-1"."""
    kind, label = number.split()
    place.sunat.learn(
        "document", {"ruc": ISSUER, "kind": kind, "number": label, "state": state, **more}
    )


def state(place: Place, number: str) -> str:
    """The state of a document, by adding it again: "" if it is not there."""
    held = place.sunat._register.find(f"{ISSUER}-{number.replace(' ', '-')}")
    return "" if held is None else held.state.name


def script(place: Place, kind: Script, number: str = "", **more: Any) -> None:
    """Queue a reply for a file, or for any."""
    match = {"number": number} if number else {}
    place.world.scripts.add("sunat", match, [ScriptedReply(kind, **more)])
