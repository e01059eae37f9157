"""The published schemas, where this machine has them; without them documents are not validated."""

from __future__ import annotations

import threading

from lxml import etree

from acuse_sandbox import papers
from acuse_sandbox.hardened import Element

INVOICE = "pe/xsd/2.1/maindoc/UBL-Invoice-2.1.xsd"

_one_at_a_time = threading.Lock()  # a schema keeps one error log


def invoice() -> etree.XMLSchema | None:
    """The schema of facturas and boletas; None without the papers."""
    return papers.schema(papers.folder() / INVOICE)


def complaint(root: Element) -> str:
    """The first thing that the schema says against an Invoice; "" if nothing, or no schema."""
    found = invoice()
    if found is None:
        return ""
    with _one_at_a_time:
        if found.validate(root):
            return ""
        return found.error_log[0].message
