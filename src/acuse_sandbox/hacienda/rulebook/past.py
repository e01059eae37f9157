"""What Hacienda remembers of a document when a later one names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from acuse_sandbox.hacienda.judging.reading import ZERO

DEBIT, CREDIT, RECEIPT = "02", "03", "10"  # kinds that change what is owed for another document


@dataclass(frozen=True, slots=True)
class Past:
    """A document received before; amounts in its own currency."""

    kind: str  # code, "05" for every MensajeReceptor
    accepted: bool
    condition: str = ""  # CondicionVenta
    currency: str = ""
    tax: Decimal | None = None
    total: Decimal | None = None
    sender: str = ""  # identification


class Memory(Protocol):
    """What the rules may ask of the documents received before."""

    def accepted(self, clave: str) -> bool | None:
        """Whether a document was accepted; None if it is not known."""
        ...

    def recall(self, clave: str) -> Past | None:
        """What is remembered of a document, None where nothing is."""
        ...

    def naming(self, clave: str) -> Iterable[Past]:
        """The accepted documents that name this one, in order."""
        ...


def owed(memory: Memory, clave: str) -> Decimal | None:
    """What is left of a document after its accepted notes; None if its total is not known."""
    past = memory.recall(clave)
    if past is None or past.total is None:
        return None
    signs = {DEBIT: 1, CREDIT: -1}
    notes = (
        signs[one.kind] * one.total
        for one in memory.naming(clave)
        if one.kind in signs and one.total is not None and one.currency == past.currency
    )
    return past.total + sum(notes, ZERO)


def paid(memory: Memory, clave: str) -> Decimal:
    """The sum of a document's accepted receipts."""
    receipts = (
        one.total for one in memory.naming(clave) if one.kind == RECEIPT and one.total is not None
    )
    return sum(receipts, ZERO)
