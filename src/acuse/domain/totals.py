"""The sums of a document, in the form every country can give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LineTotal:
    """One line: `net` after its discounts and before tax, `tax` charged, `total` of both."""

    net: Decimal
    discount: Decimal
    tax: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """One tax at one rate over the document; `label` as printed ("IGV 18 %")."""

    label: str
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a document, rounded as its country rounds, in the document's currency.

    `due` is what a sale on credit leaves to be paid later, where that is not its total.
    """

    lines: tuple[LineTotal, ...]
    taxes: tuple[TaxTotal, ...]
    subtotal: Decimal  # Σ net of lines, document discounts taken off
    discount: Decimal  # Σ discounts, of lines and document
    tax: Decimal
    total: Decimal
    due: Decimal | None = None
