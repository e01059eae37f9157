"""What is said in a conversation with the pretended SUNAT; the drivers of the clients stand on it.

Runs inside their throwaway environments and imports nothing but the standard library.
"""

from __future__ import annotations

import io
import json
import re
import urllib.error
import urllib.request
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

LIMA = timezone(timedelta(hours=-5))
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = "http://service.sunat.gob.pe"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"


Change = Callable[[str], str]  # of an XML, before it is signed


@dataclass
class Talk:
    """What was said to one client at each step."""

    client: str
    told: list[dict[str, str]] = field(default_factory=list)

    def step(self, name: str, call: Callable[[], str]) -> None:
        """Do it, and remember what was said; what the client itself stumbles over is said too."""
        try:
            said = call()
        except Exception as error:  # what the client cannot build or read is an outcome of its step
            said = f"client: {type(error).__name__}"
            self.told.append({"step": f"{self.client}/{name}", "said": said, "why": str(error)})
        else:
            self.told.append({"step": f"{self.client}/{name}", "said": said})

    def write(self, folder: Path) -> None:
        """Leave what was said for the tool."""
        (folder / "told.json").write_text(json.dumps(self.told), encoding="utf-8")


def asked(folder: Path) -> dict[str, Any]:
    """What the tool left to know."""
    found: dict[str, Any] = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    return found


def same(xml: str) -> str:
    """No change."""
    return xml


def changed(*pairs: tuple[str, str]) -> Change:
    """A change of these texts; raises LookupError where the client does not write one of them."""

    def change(xml: str) -> str:
        for old, new in pairs:
            if old not in xml:
                raise LookupError(old)
            xml = xml.replace(old, new)
        return xml

    return change


def today() -> date:
    """The day in Lima."""
    return datetime.now(LIMA).date()


def verdict(cdr: bytes) -> str:
    """The code of a CDR (XML or ZIP) and the codes of its remarks."""
    if cdr[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(cdr)) as archive:
            (name,) = (one for one in archive.namelist() if one.startswith("R-"))
            cdr = archive.read(name)
    root = ElementTree.fromstring(cdr)
    codes = [one.text or "" for one in root.iterfind(".//{*}Response/{*}ResponseCode")]
    notes = sorted((one.text or "").partition(" ")[0] for one in root.iterfind("{*}Note"))
    return " ".join([*codes, *notes])


def fault(code: str) -> str:
    """What a SOAP fault says, by its code."""
    found = re.search(r"[0-9]{4}$", code)
    return f"fault {found[0] if found else code}"


class Soap:
    """A caller of our own, for a client that builds and signs but does not send."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address, self.user, self.password = address, user, password

    def bill(self, stem: str, xml: bytes) -> str:
        """sendBill: the CDR's verdict, or the fault."""
        root = self._call("sendBill", {"fileName": f"{stem}.zip", "contentFile": _zip(stem, xml)})
        return _fault(root) or verdict(b64decode(root.findtext(".//applicationResponse") or ""))

    def summary(self, stem: str, xml: bytes) -> str:
        """sendSummary, then getStatus of its ticket."""
        told = {"fileName": f"{stem}.zip", "contentFile": _zip(stem, xml)}
        root = self._call("sendSummary", told)
        if _fault(root):
            return _fault(root)
        root = self._call("getStatus", {"ticket": root.findtext(".//ticket") or ""})
        return _fault(root) or f"ticket, {verdict(b64decode(root.findtext('.//content') or ''))}"

    def _call(self, operation: str, told: dict[str, str]) -> ElementTree.Element:
        inner = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
        body = (
            f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Header><w:Security xmlns:w="{WSSE}">'
            f"<w:UsernameToken><w:Username>{self.user}</w:Username>"
            f"<w:Password>{self.password}</w:Password></w:UsernameToken></w:Security></s:Header>"
            f'<s:Body><n:{operation} xmlns:n="{SERVICE}">{inner}</n:{operation}></s:Body>'
            "</s:Envelope>"
        )
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f"urn:{operation}"}
        request = urllib.request.Request(self.address, body.encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return ElementTree.fromstring(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return ElementTree.fromstring(error.read())


def _zip(stem: str, xml: bytes) -> str:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{stem}.xml", xml)
    return b64encode(content.getvalue()).decode()


def _fault(root: ElementTree.Element) -> str:
    code = root.findtext(".//faultcode")
    return fault(code) if code else ""
