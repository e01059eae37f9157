"""What comes from strangers, read without harm: XML, and what breaks a ZIP."""

from __future__ import annotations

import lzma
import zipfile
import zlib

from lxml import etree

Element = etree._Element
# What zipfile raises for broken, encrypted or strangely packed archives, base64 for other text.
BROKEN_ZIP = (
    ValueError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


class Unreadable(Exception):
    """Not well-formed, too deep, or with a DOCTYPE."""


def parse(content: bytes, *, huge: bool = False) -> Element:
    """The root of a document, white space and comments kept; raises Unreadable.

    No DOCTYPE, no entities, no network. `huge` lifts libxml2's bounds on depth and text length:
    for envelopes, where one text is a whole ZIP in base64.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("a DOCTYPE has no place here")
    return root
