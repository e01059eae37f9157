"""The cases: a document as its issuer writes it, what is signed of it, what is printed of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from acuse.domain.document import Document
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
