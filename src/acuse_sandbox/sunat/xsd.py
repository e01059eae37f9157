"""The published schemas, where this machine has them; without them documents are not validated."""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path

from lxml import etree

from acuse_sandbox.sunat.hardened import Element

REPOSITORY = Path(__file__).resolve().parents[3]
INVOICE = "pe/xsd/2.1/maindoc/UBL-Invoice-2.1.xsd"

_one_at_a_time = threading.Lock()  # a schema keeps one error log


def folder() -> Path:
    """Where the authorities' papers lie: ACUSE_AUTHORITY_DIR, or beside the repository."""
    named = os.environ.get("ACUSE_AUTHORITY_DIR")
    return Path(named) if named else REPOSITORY.parent / "shared" / "authority"


@cache
def schema(path: Path) -> etree.XMLSchema | None:
    """The schema in a file, compiled once; None if there is no such file."""
    if not path.is_file():
        return None
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


def invoice() -> etree.XMLSchema | None:
    """The schema of facturas and boletas; None without the papers."""
    return schema(folder() / INVOICE)


def complaint(root: Element) -> str:
    """The first thing that the schema says against an Invoice; "" if nothing, or no schema."""
    found = invoice()
    if found is None:
        return ""
    with _one_at_a_time:
        if found.validate(root):
            return ""
        return found.error_log[0].message
