"""An XML tree as plain values: read in one pass, then asked many times at little cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

PREFIXES = {
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2": "cac:",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2": "cbc:",
}


class Node(NamedTuple):  # cheaper to make than a frozen dataclass, and there are hundreds
    """An element: prefixed name, text, attributes, and its children by name, in order."""

    name: str  # "cbc:ID"; outside cac and cbc the local name alone
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

    def every(self, path: str) -> list[Node]:
        """The children at the end of a path, through all children of every step before."""
        found = [self]
        for step in _steps(path):
            found = [child for node in found for child in node.children.get(step, ())]
        return found

    def values(self, path: str) -> list[str]:
        """The texts at the end of a path; of an attribute ("a/@b") where it ends in one."""
        path, _, attribute = path.partition("@")
        path = path.rstrip("/")
        found = self.every(path) if path else [self]
        if attribute:
            return [n.attributes[attribute] for n in found if attribute in n.attributes]
        return [node.text for node in found]

    def value(self, path: str) -> str:
        """The first of them; "" if there is none."""
        return next(iter(self.values(path)), "")

    def walk(self, above: str = "") -> Iterator[tuple[str, Node]]:
        """Every element below and this one, each with its parent's name."""
        yield above, self
        for children in self.children.values():
            for child in children:
                yield from child.walk(self.name)

    @property
    def local_name(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


NONE = Node("", "", {}, {})


def read(element: etree._Element) -> Node:
    """An element with all below it; comments and processing instructions are left out."""
    children: dict[str, list[Node]] = {}
    for child in element.iterchildren("*"):
        node = read(child)
        children.setdefault(node.name, []).append(node)
    return Node(_name(str(element.tag)), element.text or "", dict(element.items()), children)


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    return PREFIXES.get(namespace, "") + local


@lru_cache(maxsize=256)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))
