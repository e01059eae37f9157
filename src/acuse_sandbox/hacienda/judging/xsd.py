"""The published schemas, where this machine has them."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from acuse_sandbox.hacienda.judging.reading import Element
from acuse_sandbox.hacienda.rulebook.kinds import KINDS

REPOSITORY = Path(__file__).resolve().parents[4]
SET = "cr/xsd/2026"

_one_at_a_time = threading.Lock()  # a schema keeps one error log


@dataclass(frozen=True, slots=True)
class Complaint:
    """The first thing that is wrong, and where."""

    text: str
    row: int = 0
    column: int = 0


def folder() -> Path:
    """Where the authorities' papers lie: ACUSE_AUTHORITY_DIR, or beside the repository."""
    named = os.environ.get("ACUSE_AUTHORITY_DIR")
    return Path(named) if named else REPOSITORY.parent / "shared" / "authority"


@cache
def schema(path: Path) -> etree.XMLSchema | None:
    """The schema in a file, compiled once; None if there is no such file."""
    if not path.is_file():
        return None
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


def of(file: str) -> etree.XMLSchema | None:
    """One of the published schemas of 2026, by its file's name; None without the papers."""
    return schema(folder() / SET / file)


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
