"""One value of a document changed: what turns an example into one that breaks a rule."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from tests.sandbox.hacienda.documents import NAMESPACE

Element = etree._Element
Change = Callable[[Element], None]


def find(root: Element, path: str) -> Element:
    """The first element of a path; fails loudly where there is none."""
    found = root.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    assert found is not None, path
    return found


def put(path: str, text: str) -> Change:
    """Another text in an element."""

    def change(root: Element) -> None:
        assert find(root, path).text != text, path
        find(root, path).text = text

    return change


def cut(path: str, position: int, text: str) -> Change:
    """Other characters from a position of an element's text on, counted from 0."""

    def change(root: Element) -> None:
        old = find(root, path).text or ""
        new = old[:position] + text + old[position + len(text) :]
        assert new != old, path
        find(root, path).text = new

    return change


def drop(path: str) -> Change:
    """No such element."""

    def change(root: Element) -> None:
        found = find(root, path)
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return change


def after(path: str, xml: str) -> Change:
    """Another element behind one."""

    def change(root: Element) -> None:
        new = etree.fromstring(f'<x xmlns="{NAMESPACE}">{xml}</x>')
        for one in reversed(list(new)):
            find(root, path).addnext(one)

    return change


def each(*changes: Change) -> Change:
    """Several changes that are one mistake."""

    def change(root: Element) -> None:
        for one in changes:
            one(root)

    return change


def same(_: Element) -> None:
    """No change: what is wrong lies elsewhere."""
