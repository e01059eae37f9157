"""One rule, its code and weight by what the document is: the sheet names the same mistake twice.

Source: SUNAT's sheet of 2026-02-12; peru.md 3.3. A mistake is found under the code that it has in
a factura; here it gets that of a boleta, of a note, and is told as what blocks or what is remarked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import content, ids
from acuse.jurisdictions.pe.wording import rule_of

_K = DocumentKind
OTHERWISE = {"3303": "4314"}  # code in a factura -> in a boleta, and in a note about no factura
RECEIPT = {
    "2801": "4207",
    "2802": "4208",
    "3283": "4022",
    "3284": "4023",
    "3285": "4024",
    "3289": "4244",
}
NOTE = {
    "2014": "2679",
    "2015": "2016",
    "2023": "2137",
    "2025": "2139",
    "2027": "4084",
    "2041": "2199",
    "4269": "4234",
    "4332": "3496",
}
DEBIT = {"2117": "2205", "2116": "2204", "2399": "2400"}
# Codes below 4000 that are remarks all the same, in that kind of document.
REMARKS = frozenset({("3496", _K.CREDIT_NOTE)})
_REMARK = "PE-OBS-"  # of ours


def judged(document: Document, found: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """What blocks, and what is only told: an observation is accepted all the same."""
    blocking: list[Problem] = []
    remarked: list[Problem] = []
    for one in found:
        told = _coded(document, one)
        (remarked if is_remark(document, told.code) else blocking).append(told)
    return blocking, remarked


def is_remark(document: Document, code: str) -> bool:
    """Whether SUNAT accepts the document with that mistake."""
    if code.startswith(_REMARK):
        return True
    number = code.removeprefix("PE-")
    return number.isdecimal() and (number >= "4000" or (number, document.kind) in REMARKS)


def _coded(document: Document, one: Problem) -> Problem:
    number = one.code.removeprefix("PE-")
    for table in _tables(document):
        number = table.get(number, number)
    code = f"PE-{number}"
    return one if code == one.code else replace(one, code=code, rule=rule_of(code))


def _tables(document: Document) -> Iterable[dict[str, str]]:
    about = content.modified_type(document) if content.is_note(document) else ids.FACTURA
    if document.kind is _K.RECEIPT or about != ids.FACTURA:
        yield OTHERWISE
    if document.kind is _K.RECEIPT:
        yield RECEIPT
    if content.is_note(document):
        yield NOTE
    if document.kind is _K.DEBIT_NOTE:
        yield DEBIT
