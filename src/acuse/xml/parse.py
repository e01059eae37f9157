"""The one parser for what comes from outside: bounded, no DOCTYPE, no entities, no network."""

from __future__ import annotations

from lxml import etree

Element = etree._Element  # lxml's own name for it

LARGEST = 20 * 1024 * 1024


class Unreadable(Exception):
    """The bytes are not XML that may be read; the message says why, in English, for the log."""


def parse(content: bytes, *, largest: int = LARGEST) -> Element:
    """The root element, without comments and processing instructions; raises Unreadable.

    Comments are dropped because `<id>1<!-- -->2</id>` would otherwise read as 1 (reliability.md
    E15); a DOCTYPE is refused because nothing that we are sent has one (E13).
    """
    return _parse(content, largest, keep_comments=False)


def parse_signed(content: bytes, *, largest: int = LARGEST) -> Element:
    """The root element as a signature saw it: only for verifying; read values with `parse`."""
    return _parse(content, largest, keep_comments=True)


def _parse(content: bytes, largest: int, *, keep_comments: bool) -> Element:
    if len(content) > largest:
        raise Unreadable(f"{len(content)} bytes, more than {largest}")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not keep_comments,
        remove_pis=not keep_comments,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(str(error)[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("a DOCTYPE")
    return root


def name(element: Element) -> str:
    """The element's local name."""
    return etree.QName(element).localname


def text(element: Element | None) -> str:
    """The element's whole text without surrounding blanks, "" for none."""
    return "" if element is None else "".join(element.itertext()).strip()


def child_text(element: Element, name: str) -> str:
    """The text of the first child with that local name, whatever its namespace."""
    return text(child(element, name))


def child(element: Element, named: str) -> Element | None:
    """The first child with that local name."""
    return next((c for c in element if etree.QName(c).localname == named), None)


def descendants(element: Element, name: str) -> list[Element]:
    """All descendants with that local name, in document order."""
    return list(element.iter("{*}" + name))
