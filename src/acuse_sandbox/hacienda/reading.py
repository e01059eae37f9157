"""A comprobante as Hacienda reads it: hardened parsing, texts by path, decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

Element = etree._Element
BASE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/"
KINDS = {  # root element -> code in the consecutivo; other kinds come with their issue
    "FacturaElectronica": "01",
}


class Unreadable(Exception):
    """Not well-formed, or with a DOCTYPE."""


def parse(content: bytes) -> Element:
    """The root of a document; raises Unreadable."""
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


@dataclass(frozen=True, slots=True)
class Part:
    """An element and its kin, addressed by local names: "Emisor/Identificacion/Numero"."""

    element: Element

    def _find(self, path: str) -> Element | None:
        found: Element | None = self.element.find("/".join(f"{{*}}{n}" for n in path.split("/")))
        return found

    def text(self, path: str) -> str:
        """The text at the path, "" where there is none."""
        found = self._find(path)
        return "" if found is None else "".join(found.itertext()).strip()

    def has(self, path: str) -> bool:
        """Whether there is such an element."""
        return self._find(path) is not None

    def amount(self, path: str) -> Decimal:
        """The number at the path, 0 where there is none that can be read."""
        try:
            return Decimal(self.text(path) or 0)
        except InvalidOperation:
            return Decimal(0)

    def parts(self, path: str) -> tuple[Part, ...]:
        """All elements at the path."""
        names = "/".join(f"{{*}}{n}" for n in path.split("/"))
        return tuple(Part(element) for element in self.element.findall(names))


def root_name(root: Element) -> str:
    """The local name of the document element."""
    return etree.QName(root).localname


def namespace(root: Element) -> str:
    """The namespace of the document element."""
    return etree.QName(root).namespace or ""
