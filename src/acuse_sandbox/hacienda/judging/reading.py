"""A comprobante as Hacienda reads it: texts by path, decimals, moments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from lxml import etree

from acuse_sandbox import hardened
from acuse_sandbox.hardened import Element

BASE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/"
COSTA_RICA = timezone(timedelta(hours=-6))  # no summer time
AMOUNT = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """An element by local names: its own text, and its children in order under each name."""

    value: str
    number: Decimal  # of the text, 0 where it is none
    inner: Mapping[str, tuple[Part, ...]]

    def part(self, path: str) -> Part | None:
        """The first element at the path ("Emisor/Identificacion"), None where there is none."""
        found = self
        for name in path.split("/"):
            children = found.inner.get(name)
            if children is None:
                return None
            found = children[0]
        return found

    def parts(self, path: str) -> tuple[Part, ...]:
        """All elements at the path; this one for ""."""
        found: tuple[Part, ...] = (self,)
        for name in path.split("/") if path else ():
            found = tuple(child for one in found for child in one.inner.get(name, ()))
        return found

    def has(self, path: str) -> bool:
        """Whether there is such an element."""
        return self.part(path) is not None

    def text(self, path: str) -> str:
        """The text at the path, "" where there is none."""
        found = self.part(path)
        return "" if found is None else found.value

    def amount(self, path: str) -> Decimal:
        """The number at the path, 0 where there is none that can be read."""
        found = self.part(path)
        return ZERO if found is None else found.number


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes received, their tree for schema and signature, their content for the rules."""

    content: bytes
    root: Element
    part: Part

    @property
    def kind(self) -> str:
        """The local name of the root: "FacturaElectronica"."""
        return etree.QName(self.root).localname

    @property
    def namespace(self) -> str:
        """The namespace of the root, "" without one."""
        return etree.QName(self.root).namespace or ""

    @property
    def has_its_namespace(self) -> bool:
        """Whether the namespace is the one of this root in v4.4: its name, first letter small."""
        return self.namespace == BASE + self.kind[:1].lower() + self.kind[1:]


def read(content: bytes) -> Document:
    """The document in these bytes; raises Unreadable."""
    root = hardened.parse(content)
    return Document(content, root, _part(root))


def moment(text: str, *, assumed: timezone | None = None) -> datetime | None:
    """An xs:dateTime in Costa Rica's time; None if it is none, or says no offset to go by."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            return at.replace(tzinfo=assumed) if assumed else None
        return at.astimezone(COSTA_RICA)
    except (ValueError, OverflowError):
        return None


def _part(element: Element) -> Part:
    inner: dict[str, list[Part]] = {}
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            inner.setdefault(child.tag.rpartition("}")[2], []).append(_part(child))
        else:  # a comment or instruction: what stands behind it is still this element's text
            text += child.tail or ""
    value = "" if inner else text.strip()
    return Part(
        value=value,
        number=Decimal(value) if AMOUNT.fullmatch(value) else ZERO,
        inner={name: tuple(parts) for name, parts in inner.items()},
    )
