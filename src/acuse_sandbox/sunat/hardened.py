"""XML from strangers: no DOCTYPE, no entities, no network, bounded."""

from __future__ import annotations

from lxml import etree

Element = etree._Element


class Unreadable(Exception):
    """Not well-formed, or with a DOCTYPE."""


def parse(content: bytes) -> Element:
    """The root of a document, white space and comments kept; raises Unreadable.

    libxml2's own bounds on depth and text length stay on (`huge_tree` is off).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("a DOCTYPE has no place here")
    return root
