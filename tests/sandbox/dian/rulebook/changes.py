"""One value of a document changed: what turns a good document into one that breaks a rule."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.sandbox.dian.rulebook.kinds import UBL, Element

Change = Callable[[Element], None]
LINES = ("InvoiceLine", "CreditNoteLine", "DebitNoteLine")
TOTALS = ("LegalMonetaryTotal", "RequestedMonetaryTotal")
QUANTITIES = ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity")
SPACES = f'xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2"'
FAMILIES = {"Line": LINES, "Total": TOTALS, "Quantity": QUANTITIES}


def find(root: Element, path: str) -> Element:
    """The first element of a path; fails loudly where there is none.

    The steps Line, Total and Quantity stand for the names they have in each root; `Name[2]` is
    the second of its name, and a first step `//Name` is looked for anywhere.
    """
    found = [root]
    for step in path.removeprefix("//").split("/"):
        name, _, ordinal = step.rstrip("]").partition("[")
        names = [f"{{*}}{one}" for one in FAMILIES.get(name, (name,))]
        anywhere = path.startswith("//") and found == [root]
        inner = found[0].iterdescendants(*names) if anywhere else found[0].iterchildren(*names)
        found = list(inner)[int(ordinal or 1) - 1 :]
        assert found, path
    return found[0]


def put(path: str, text: str) -> Change:
    """Another text in an element."""

    def change(root: Element) -> None:
        assert find(root, path).text != text, path
        find(root, path).text = text

    return change


def mark(path: str, name: str, value: str | None) -> Change:
    """Another attribute of an element; none with None."""

    def change(root: Element) -> None:
        element = find(root, path)
        assert element.get(name) != value, path
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    return change


def drop(path: str) -> Change:
    """No such element."""

    def change(root: Element) -> None:
        found = find(root, path)
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return change


def drop_all(name: str) -> Change:
    """No element of a name under the root."""

    def change(root: Element) -> None:
        found = list(root.iterchildren(*(f"{{*}}{one}" for one in FAMILIES.get(name, (name,)))))
        assert found, name
        for one in found:
            root.remove(one)

    return change


def twice(path: str) -> Change:
    """The same element once more."""

    def change(root: Element) -> None:
        found = find(root, path)
        found.addnext(deepcopy(found))

    return change


def inside(path: str, xml: str) -> Change:
    """Another element at the end of one; of the root with an empty path."""

    def change(root: Element) -> None:
        parent = find(root, path) if path else root
        parent.extend(etree.fromstring(f"<x {SPACES}>{xml}</x>"))

    return change


def together(*changes: Change) -> Change:
    """Several, where one alone would break another rule too."""

    def change(root: Element) -> None:
        for one in changes:
            one(root)

    return change


def same(_: Element) -> None:
    """No change: what is wrong lies elsewhere."""
