"""What the pretended SUNAT's rulebook says of a document, register apart."""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.jurisdictions.pe import jurisdiction
from acuse_sandbox.sunat.judge import judge
from acuse_sandbox.sunat.stem import read as read_stem
from tests.support.makers import AT, RUC


def broken_rules(
    content: bytes, kind: DocumentKind, number: Number | None
) -> list[tuple[str, str]]:
    """Code and words of what would reject the document, and of each remark about it."""
    assert number is not None
    told = jurisdiction.traits.kind(kind)
    assert told is not None
    stem = read_stem(f"{RUC}-{told.code}-{number.series}-{number.value}")
    assert stem is not None
    verdict = judge(content, stem, AT)
    found = [*([verdict.rejection] if verdict.rejection else []), *verdict.observations]
    return [(one.code, one.sentence) for one in found]
