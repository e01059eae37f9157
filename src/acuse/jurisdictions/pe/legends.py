"""The legends of a document: those that follow from it, then those that its issuer chose.

Source: peru.md 3.7; catalogue 52.
"""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import CURRENCIES, LEGENDS, RICE
from acuse.jurisdictions.pe.totals import Sums
from acuse.jurisdictions.pe.words import amount_in_words

WORDS = "1000"


def legends(document: Document, counted: Sums) -> tuple[tuple[str, str], ...]:
    """Code and text, the amount in words first; each code once (3014)."""
    words = amount_in_words(counted.payable, CURRENCIES[document.currency][1])
    own = dict.fromkeys((*_own(document, counted), *content.listed(document.extra, "legends")))
    return ((WORDS, words), *((code, LEGENDS[code]) for code in own if code in LEGENDS))


def _own(document: Document, counted: Sums) -> Iterator[str]:
    if any(one.free for one in counted.lines):
        yield "1002"
    if counted.perception:
        yield "2000"
    if content.own(document.extra, "delivery_address"):
        yield "2005"
    if counted.detraction:
        yield "2006"
    if any(one.affectation == RICE for one in counted.lines):
        yield "2007"
