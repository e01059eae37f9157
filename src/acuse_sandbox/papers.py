"""The authorities' papers, where this machine has them; without them no schema is held up."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from lxml import etree

REPOSITORY = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """Where the papers lie: ACUSE_AUTHORITY_DIR, or beside the repository."""
    named = os.environ.get("ACUSE_AUTHORITY_DIR")
    return Path(named) if named else REPOSITORY.parent / "shared" / "authority"


@cache
def schema(path: Path) -> etree.XMLSchema | None:
    """The schema in a file, compiled once; None if there is no such file."""
    if not path.is_file():
        return None
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))
