"""The canonical writer: markup that is already in the form that a signature hashes.

Every start tag is rendered once, when its element function is made; what varies is text and the
few attributes named as varying. For every output, c14n(parse(x)) == x (W3C Canonical XML 1.0,
inclusive, without comments): attributes and namespaces in order, C14N escaping, no self-closing
tags. performance.md 3 tells why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NewType, Protocol

Markup = NewType("Markup", str)
EMPTY = Markup("")

# What XML 1.0 can hold (production [2] Char); anything else cannot be written, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile("[ !#-%'-;=?-~]*").fullmatch  # needs no reference, in text or attribute
_IN_TEXT = "&<>\r"  # in this order: references begin with the first
_IN_ATTRIBUTE = re.compile('[&<"\t\n\r]')
_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#x9;",
    "\n": "&#xA;",
    "\r": "&#xD;",
}


class UnwritableText(ValueError):
    """A character that no XML document can hold reached the writer: the border let it pass."""


class Leaf(Protocol):
    """Writes an element that holds text; varying attributes follow in the order they were named."""

    def __call__(self, value: str, /, *attributes: str) -> Markup: ...


class Figure(Protocol):
    """Writes an element that holds a number."""

    def __call__(self, digits: str) -> Markup: ...


class Node(Protocol):
    """Writes an element that holds elements."""

    def __call__(self, *children: Markup) -> Markup: ...


def text(value: str) -> Markup:
    """Character data in canonical form; raises UnwritableText."""
    if _PLAIN(value):
        return Markup(value)
    if not value.isascii() or not value.isprintable():
        _refuse_unwritable(value)
    for sign in _IN_TEXT:  # four searches in C: quicker than one of a pattern
        if sign in value:
            value = value.replace(sign, _REFERENCES[sign])
    return Markup(value)


def attribute(value: str) -> str:
    """An attribute value in canonical form, without its quotes; raises UnwritableText."""
    if _PLAIN(value):
        return value
    if not value.isascii() or not value.isprintable():
        _refuse_unwritable(value)
    return _IN_ATTRIBUTE.sub(lambda match: _REFERENCES[match[0]], value)


def leaf(name: str, *varying: str, **constant: str) -> Leaf:
    """A function that writes `<name …>text</name>`.

    `constant` attributes are rendered now; `varying` names are given a value at each call. All
    are without namespace: that is what the canonical order of this function covers.
    """
    end = f"</{name}>"
    if not varying:
        start = f"<{name}{_attributes(constant)}>"

        def write(value: str, /, *_: str) -> Markup:
            return f"{start}{value if _PLAIN(value) else text(value)}{end}"  # type: ignore[return-value]

        return write
    pieces = _start_tag_pieces(name, varying, constant)
    if len(varying) == 1:
        return _with_one_attribute(pieces, end)

    def write_varying(value: str, /, *attributes: str) -> Markup:
        given = dict(zip(varying, attributes, strict=True))
        start = "".join(attribute(given[p]) if is_slot else p for p, is_slot in pieces)
        return Markup(f"{start}{text(value)}{end}")

    return write_varying


def _with_one_attribute(pieces: tuple[tuple[str, bool], ...], end: str) -> Leaf:
    """The usual case of `leaf`, without its loop: quantities, identities."""
    slot = [is_slot for _, is_slot in pieces].index(True)
    before = "".join(literal for literal, _ in pieces[:slot])
    after = "".join(literal for literal, _ in pieces[slot + 1 :])

    def write(value: str, /, *attributes: str) -> Markup:
        (given,) = attributes
        shown = attribute(given)
        return f"{before}{shown}{after}{value if _PLAIN(value) else text(value)}{end}"  # type: ignore[return-value]

    return write


def figure(name: str, **constant: str) -> Figure:
    """A function that writes `<name …>12.50</name>`: digits need no escaping and are not looked at.

    Its text must come from `domain.money.plain` or `trimmed`.
    """
    start, end = f"<{name}{_attributes(constant)}>", f"</{name}>"

    def write(digits: str) -> Markup:
        return f"{start}{digits}{end}"  # type: ignore[return-value]

    return write


def node(name: str, *inner: str, **constant: str) -> Node:
    """A function that writes `<name …>children</name>`; `inner` names stand between, one in one."""
    start = f"<{name}{_attributes(constant)}>" + "".join(f"<{one}>" for one in inner)
    end = "".join(f"</{one}>" for one in reversed((name, *inner)))

    def write(*children: Markup) -> Markup:
        return Markup(f"{start}{''.join(children)}{end}")

    return write


def root(name: str, namespaces: Mapping[str, str]) -> Node:
    """A function that writes the document element; `namespaces` maps prefix ("" default) to URI."""
    start, end = f"<{name}{namespace_declarations(namespaces)}>", f"</{name}>"

    def write(*children: Markup) -> Markup:
        return Markup(f"{start}{''.join(children)}{end}")

    return write


def namespace_declarations(namespaces: Mapping[str, str]) -> str:
    """` xmlns="…" xmlns:a="…"` in canonical order: the default first, then by prefix."""
    return "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{attribute(uri)}"'
        for prefix, uri in sorted(namespaces.items())
    )


def maybe(write: Callable[..., Markup], value: str | None, *attributes: str) -> Markup:
    """The leaf with that text, or nothing where there is none: empty elements are never written."""
    return write(value, *attributes) if value else EMPTY


def joined(*parts: Markup) -> Markup:
    """Markup side by side."""
    return Markup("".join(parts))


def _attributes(constant: Mapping[str, str]) -> str:
    return "".join(f' {name}="{attribute(value)}"' for name, value in sorted(constant.items()))


def _start_tag_pieces(
    name: str, varying: tuple[str, ...], constant: Mapping[str, str]
) -> tuple[tuple[str, bool], ...]:
    """The start tag as literal texts and slots (name of the varying attribute, True)."""
    pieces: list[tuple[str, bool]] = [(f"<{name}", False)]
    for key in sorted({*varying, *constant}):
        if key in constant:
            pieces.append((f' {key}="{attribute(constant[key])}"', False))
        else:
            pieces += [(f' {key}="', False), (key, True), ('"', False)]
    pieces.append((">", False))
    return tuple(pieces)


def _refuse_unwritable(value: str) -> None:
    found = _UNWRITABLE.search(value)
    if found:
        raise UnwritableText(f"U+{ord(found[0]):04X} at {found.start()} cannot stand in XML")
