"""The cases: a document as its issuer writes it, what is signed of it, what is printed of it.

`pytest --golden=write` writes what is not a document; the difference is read before it is kept.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from acuse.domain.document import Document
from acuse.domain.face import Face
from acuse.domain.intake import read_document
from acuse.domain.json_text import parse_json
from acuse.domain.numbering import Number
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import TODAY

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())


def read_case(name: str) -> Document:
    """The case's document, numbered 1 and dated, as it is when it is issued."""
    raw = parse_json((CASES / name / "document.json").read_text(encoding="utf-8"))
    assert isinstance(raw, dict), raw
    document = read_document(raw, jurisdiction.traits, rehearsal=True)
    assert isinstance(document, Document), document
    return replace(document, date=TODAY, number=Number("00100001", 1))


def check(request: pytest.FixtureRequest, path: Path, content: bytes) -> None:
    """Assert that the golden holds those bytes, or write it."""
    if request.config.getoption("--golden") == "write":
        path.write_bytes(content)
    assert path.read_bytes() == content, f"{path.name} of {path.parent.name} differs"


def shown(face: Face) -> bytes:
    """The face as a file to be read; the embedded XML is a golden of its own."""
    told: dict[str, Any] = asdict(face)
    del told["xml"]
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
