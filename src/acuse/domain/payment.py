"""Money that came in for a document after it was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LONGEST_NOTE = 120


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid of a document: an amount in its currency, on what day and by what means.

    `method` is the general word (CASH, TRANSFER …); `exchange_rate` is that of the payment, where
    the document is not in the country's own currency; `note` is the user's, and printed.
    """

    amount: Decimal
    day: date
    method: str = "TRANSFER"
    exchange_rate: Decimal | None = None
    note: str = ""
