"""An amount in Spanish words, as Peruvian documents print it.

Source: peru.md 7: capitals, cents as NN/100, the currency in the plural: "CIENTO DIECIOCHO CON
00/100 SOLES". Good from 0 to 999,999,999,999.99.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.money import rounded
from acuse.domain.number_words import integer_in_words

LIMIT = 10**12


def amount_in_words(amount: Decimal, currency_words: str) -> str:
    """The amount in capitals with its cents and currency; raises ValueError beyond the limit."""
    cents = int(rounded(amount) * 100)
    whole, rest = divmod(cents, 100)
    if not 0 <= whole < LIMIT:
        raise ValueError(f"{whole} is not between 0 and {LIMIT - 1}")
    return f"{integer_in_words(whole)} CON {rest:02d}/100 {currency_words}"
