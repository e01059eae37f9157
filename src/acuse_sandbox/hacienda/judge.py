"""The verdict about one document: schema, signature, rules, in this order."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from acuse_sandbox.hacienda import signature
from acuse_sandbox.hacienda.message import Judgement, Record
from acuse_sandbox.hacienda.reading import (
    BASE,
    KINDS,
    Element,
    Part,
    Unreadable,
    namespace,
    parse,
    root_name,
)
from acuse_sandbox.hacienda.rules_factura import RULES, Case

SCHEMAS = {"FacturaElectronica": "FacturaElectronica_V4.4.xsd"}


def judge(content: bytes, at: datetime) -> Judgement:
    """What Hacienda decides of these bytes; never raises."""
    try:
        root = parse(content)
    except Unreadable as error:
        return rejected(Record(-1, f"cvc: {error}"))
    kind = root_name(root)
    if content.startswith(b"\xef\xbb\xbf"):
        return rejected(Record(-1, "El archivo empieza con BOM"))
    tail = kind[:1].lower() + kind[1:]
    if kind not in KINDS or namespace(root) != BASE + tail:
        return rejected(Record(-1, f"cvc-elt: {namespace(root)} no se espera"))
    wrong = _against_schema(root, kind)
    if wrong:
        return rejected(Record(-1, wrong))
    part = Part(root)
    fault = signature.examine(root, part.text("Emisor/Identificacion/Numero"), at)
    if fault is not None:
        return rejected(Record(0, fault.text))
    failed = [rule for rule in RULES if rule.fails(Case(part, kind, at))]
    records = tuple(Record(rule.sim, f"{rule.text} ({rule.code})") for rule in failed)
    return Judgement(not any(rule.rejects for rule in failed), records)


def rejected(*records: Record) -> Judgement:
    """A rejection with these reasons."""
    return Judgement(False, records)


def uses_schemas() -> bool:
    """Whether the published schemas are at hand."""
    return _schema("FacturaElectronica") is not None


def _against_schema(root: Element, kind: str) -> str:
    schema = _schema(kind)
    if schema is None or schema.validate(root):
        return ""
    return f"cvc: {schema.error_log[0].message}"[:300]


@cache
def _schema(kind: str) -> etree.XMLSchema | None:
    folder = Path(os.environ.get("ACUSE_AUTHORITY_DIR", "../shared/authority"))
    path = folder / "cr" / "xsd" / "2026" / SCHEMAS[kind]
    if not path.is_file():
        return None
    return etree.XMLSchema(etree.parse(str(path)))
