"""The published schemas, where this machine has them; without them documents are not validated."""

from __future__ import annotations

import threading

from lxml import etree

from acuse_sandbox import papers
from acuse_sandbox.hardened import Element
from acuse_sandbox.sunat.kinds import KINDS, Kind

_one_at_a_time = threading.Lock()  # a schema keeps one error log; each is compiled only once


def schema(kind: Kind) -> etree.XMLSchema | None:
    """The schema of a kind; None without the papers."""
    return papers.schema(papers.folder() / kind.schema)


def invoice() -> etree.XMLSchema | None:
    """The schema of facturas and boletas; None without the papers."""
    return schema(KINDS["01"])


def complaint(root: Element, kind: Kind = KINDS["01"]) -> str:
    """The first thing that its schema says against a document; "" if nothing, or no schema."""
    with _one_at_a_time:
        found = schema(kind)
        if found is None or found.validate(root):
            return ""
        return found.error_log[0].message
