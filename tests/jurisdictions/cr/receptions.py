"""What a supplier mails to an invented buyer, and the buyer's answers to it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from lxml import etree

from acuse.domain.jurisdiction import Sealed
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import (
    PastReception,
    ReceivedDocument,
    Reception,
    ReceptionKind,
)
from acuse.jurisdictions.cr import jurisdiction
from acuse.jurisdictions.cr.doubts import POLICY
from acuse.xml.signature import DS
from acuse.xml.xades import sign_xades
from tests.jurisdictions.cr.makers import AT, DRAWS, company, default_sealed, message
from tests.support import makers

K = ReceptionKind
COUNTER = jurisdiction.counter
SAN_JOSE = timezone(timedelta(hours=-6))
SCHEMAS = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/"
BUYER = company(tax_id=TaxId("CF", makers.CF), legal_name="Cliente Inventado", trade_name="")
CLAVE = "50625112600310199988800100001010000000001112345678"


def on(day: int, hour: int = 9, month: int = 11) -> datetime:
    """A moment of 2026 in San José; the factura is of Wednesday, the 25th of November."""
    return datetime(2026, month, day, hour, tzinfo=SAN_JOSE)


@cache
def invoice(*changes: tuple[str, str]) -> bytes:
    """The supplier's factura, signed; `changes` (old, new) are made before it is signed."""
    return signed_again(default_sealed().content, *changes)


def signed_again(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The document with these changes and a good signature of an invented key."""
    root = etree.fromstring(content)
    root.remove(root.find(f"{{{DS}}}Signature"))
    text = etree.tostring(root, method="c14n").decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    namespace = text.partition('xmlns="')[2].partition('"')[0]
    before, end, name = text.rpartition("</")
    signed = sign_xades(
        before,
        end + name,
        namespaces={"": namespace},
        credential=makers.credential(makers.CJ),
        signature_id="S",
        at=AT,
        policy=POLICY,
    )
    return signed.content


def another_kind(root: str, code: str, *changes: tuple[str, str]) -> bytes:
    """The same paper as a document of another kind: its root, its code in both names."""
    tail = f"{root[:1].lower()}{root[1:]}"
    return invoice(
        ("FacturaElectronica", root),
        (f"{SCHEMAS}facturaElectronica", f"{SCHEMAS}{tail}"),
        ("0010000101", f"00100001{code}"),
        *changes,
    )


@cache
def answer(**told: str) -> bytes:
    """Hacienda's answer about it."""
    return message(**told)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def packet(document: bytes = b"", receipt: bytes = b"") -> bytes:
    """The ZIP as suppliers send it, with the PDF."""
    files = (("f.xml", document or invoice()), ("f.pdf", b"%PDF"), ("r.xml", receipt or answer()))
    return zipped(*files)


def taken(raw: bytes) -> ReceivedDocument:
    told = COUNTER.read_received(raw)
    assert isinstance(told, ReceivedDocument), told
    return told


def refused(raw: bytes) -> str:
    told = COUNTER.read_received(raw)
    assert isinstance(told, Problem), told
    assert told.field == "file"
    return told.code


def reception(kind: ReceptionKind = K.ACCEPTED, **changes: Any) -> Reception:
    """An answer that lacks nothing."""
    before = changes.pop("before", {})
    given: dict[str, Any] = {
        "kind": kind,
        "document": taken(packet()),
        "number": COUNTER.series(kind, BUYER).number(1),
        "note": "" if kind is K.ACCEPTED else "Faltó una caja",
        "before": tuple(PastReception(one, at) for one, at in before.items()),
    }
    return Reception(**given | changes)


def seal(one: Reception, at: datetime = AT) -> Sealed:
    return COUNTER.seal_reception(one, BUYER, DRAWS, makers.credential(makers.CF), at)
