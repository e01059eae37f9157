"""The sums of a despatch advice: nothing is charged by it."""

from __future__ import annotations

from acuse.domain.document import Document
from acuse.domain.money import ZERO
from acuse.domain.totals import LineTotal, Totals


def totals(document: Document) -> Totals:
    """Zeros, one for each line and for the whole."""
    nothing = LineTotal(ZERO, ZERO, ZERO, ZERO)
    return Totals((nothing,) * len(document.lines), (), ZERO, ZERO, ZERO, ZERO)
