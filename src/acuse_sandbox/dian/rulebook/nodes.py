"""An XML tree as plain values: read in one pass, then asked many times at little cost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
PREFIXES = {
    f"{UBL}:CommonAggregateComponents-2": "cac:",
    f"{UBL}:CommonBasicComponents-2": "cbc:",
    f"{UBL}:CommonExtensionComponents-2": "ext:",
    "dian:gov:co:facturaelectronica:Structures-2-1": "sts:",
    "http://www.w3.org/2000/09/xmldsig#": "ds:",
    "http://uri.etsi.org/01903/v1.3.2#": "xades:",
}
ZERO = Decimal(0)
NUMBER = re.compile(r"[+-]?([0-9]{1,20}(\.[0-9]{0,20})?|\.[0-9]{1,20})")


class Node(NamedTuple):  # cheaper to make than a frozen dataclass, and there are hundreds
    """An element: prefixed name, text, attributes, and its children by name, in order."""

    name: str  # "cbc:ID"; in a namespace not listed above the local name alone
    text: str
    attributes: Mapping[str, str]
    children: Mapping[str, list[Node]]

    def all(self, path: str) -> list[Node]:
        """The children at the end of a path, through the first child of every step before."""
        node = self
        for step in _steps(path)[:-1]:
            if step not in node.children:
                return []
            node = node.children[step][0]
        return node.children.get(_steps(path)[-1], [])

    def first(self, path: str) -> Node | None:
        """The first of them; None if there is none."""
        found = self.all(path)
        return found[0] if found else None

    def at(self, path: str) -> Node:
        """The first of them, or an empty node."""
        return self.first(path) or NONE

    def has(self, path: str) -> bool:
        """Whether there is one."""
        return bool(self.all(path))

    def value(self, path: str) -> str:
        """The text at a path without blanks around, "" where there is none."""
        return self.at(path).text.strip()

    def attribute(self, path: str, name: str) -> str:
        """An attribute of the element at a path, "" where there is none."""
        return self.at(path).attributes.get(name, "")

    def number(self, path: str) -> Decimal | None:
        """The number at a path; None where there is none."""
        return decimal(self.value(path))

    def amount(self, path: str) -> Decimal:
        """The number at a path, 0 where there is none."""
        return self.number(path) or ZERO

    def walk(self) -> Iterator[Node]:
        """This element and every one below it."""
        yield self
        for children in self.children.values():
            for child in children:
                yield from child.walk()


NONE = Node("", "", {}, {})


def read(element: etree._Element) -> Node:
    """An element with all below it; comments and processing instructions are left out."""
    children: dict[str, list[Node]] = {}
    for child in element.iterchildren("*"):
        node = read(child)
        children.setdefault(node.name, []).append(node)
    attributes = {str(key): str(value) for key, value in element.items()}
    return Node(_name(str(element.tag)), element.text or "", attributes, children)


def decimal(text: str) -> Decimal | None:
    """A number that can be reckoned with; None for anything else.

    The annex allows 15 digits; what has more than 20 would overflow the sums.
    """
    return Decimal(text) if NUMBER.fullmatch(text) else None


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    return PREFIXES.get(namespace, "") + local


@lru_cache(maxsize=512)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))
