"""The published schemas, where this machine has them."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from lxml import etree

from acuse_sandbox import papers
from acuse_sandbox.hacienda.rulebook.kinds import KINDS
from acuse_sandbox.hardened import Element

SET = "cr/xsd/2026"

_one_at_a_time = threading.Lock()  # a schema keeps one error log


@dataclass(frozen=True, slots=True)
class Complaint:
    """The first thing that is wrong, and where."""

    text: str
    row: int = 0
    column: int = 0


def of(file: str) -> etree.XMLSchema | None:
    """One of the published schemas of 2026, by its file's name; None without the papers."""
    return papers.schema(papers.folder() / SET / file)


def are_there() -> bool:
    """Whether every kind that is judged has its schema at hand."""
    return all(of(kind.schema) is not None for kind in KINDS.values())


def warm() -> None:
    """Compile the schemas now, not when the first document waits for it."""
    are_there()


def complaint(root: Element, file: str) -> Complaint | None:
    """The first thing that the schema says against a document; None if nothing, or no schema."""
    found = of(file)
    if found is None:
        return None
    with _one_at_a_time:
        if found.validate(root):
            return None
        first = found.error_log[0]
        return Complaint(first.message[:300], first.line, first.column)
