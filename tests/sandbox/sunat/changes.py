"""One value of a document changed: what turns an example into one that breaks a rule."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

Element = etree._Element
Change = Callable[[Element], None]

PREFIXES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
}


def find(root: Element, path: str) -> Element:
    """The first element of a path; fails loudly where there is none."""
    found = root.xpath(path, namespaces=PREFIXES)
    assert isinstance(found, list), path
    assert found, f"{path} is not in this document"
    assert isinstance(found[0], Element)
    return found[0]


def put(path: str, text: str) -> Change:
    """Another text."""

    def change(root: Element) -> None:
        find(root, path).text = text

    return change


def attribute(path: str, name: str, value: str | None) -> Change:
    """Another attribute; None takes it away."""

    def change(root: Element) -> None:
        if value is None:
            del find(root, path).attrib[name]
        else:
            find(root, path).set(name, value)

    return change


def drop(path: str) -> Change:
    """One element less."""

    def change(root: Element) -> None:
        element = find(root, path)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


def twice(path: str) -> Change:
    """The element a second time."""

    def change(root: Element) -> None:
        element = find(root, path)
        element.addnext(etree.fromstring(etree.tostring(element)))

    return change


def after(path: str, markup: str) -> Change:
    """A new element behind another."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())

    def change(root: Element) -> None:
        (new,) = etree.fromstring(f"<x {names}>{markup}</x>")
        find(root, path).addnext(new)

    return change


def all_of(*changes: Change) -> Change:
    """Several changes that make one mistake."""

    def change(root: Element) -> None:
        for each in changes:
            each(root)

    return change
