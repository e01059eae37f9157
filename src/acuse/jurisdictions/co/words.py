"""A total in Spanish words, as Colombian documents print it.

Source: colombia.md 8 ("words usual"); the form is the usual one of cheques and invoices: capitals,
the currency's name after the whole pesos, cents as NN/100, "M/CTE" (moneda corriente) at the end.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.money import rounded
from acuse.domain.number_words import integer_in_words, shortened

MILLION = 10**6


def pesos_in_words(amount: Decimal) -> str:
    """The amount in capitals; raises ValueError for what is negative or has 19 digits or more."""
    whole, cents = divmod(int(rounded(amount) * 100), 100)
    said = shortened(integer_in_words(whole))
    if whole >= MILLION and whole % MILLION == 0:
        said += " DE"  # un millón de pesos
    said += " PESO" if whole == 1 else " PESOS"
    return f"{said} CON {cents:02d}/100 M/CTE" if cents else f"{said} M/CTE"
