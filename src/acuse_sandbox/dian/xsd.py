"""The published schemas, where this machine has them; without them documents are not validated."""

from __future__ import annotations

import threading

from lxml import etree

from acuse_sandbox import papers
from acuse_sandbox.hardened import Element

FOLDER = "co/xsd/maindoc"
ROOTS = ("Invoice", "CreditNote", "DebitNote", "ApplicationResponse")

_one_at_a_time = threading.Lock()  # a schema keeps one error log


def of(root: str) -> etree.XMLSchema | None:
    """The schema of a kind of document, by its root; None without the papers."""
    return papers.schema(papers.folder() / FOLDER / f"UBL-{root}-2.1.xsd")


def are_there() -> bool:
    """True if documents are validated."""
    return of("Invoice") is not None


def warm() -> None:
    """Compile what there is, before the threads come."""
    for root in ROOTS:
        of(root)


def complaint(root: Element) -> str:
    """The first thing that the schema says against a document; "" if nothing, or no schema.

    The DIAN's extensions are not validated: their schema lists kinds of identity where every
    document accepted since writes a check digit.
    """
    found = of(etree.QName(root).localname)
    with _one_at_a_time:
        if found is None or found.validate(root):
            return ""
        return str(found.error_log[0].message)
