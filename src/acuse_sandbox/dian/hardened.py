"""XML from strangers: no DOCTYPE, no entities, no network, bounded."""

from __future__ import annotations

from lxml import etree

Element = etree._Element


class Unreadable(Exception):
    """Not well-formed, or with a DOCTYPE."""


def parse(content: bytes) -> Element:
    """The root of a document, white space and comments kept; raises Unreadable.

    One text may be as long as a ZIP in base64 can be; entities and DTDs stay away, which is what
    libxml2's other bounds are for.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("a DOCTYPE has no place here")
    return root
