"""Figures, rates and claves as people in Costa Rica read them. Source: costa-rica.md 7."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.money import rounded, trimmed
from acuse.jurisdictions.cr import lists
from acuse.jurisdictions.cr.codes import TARIFFS

SIGNS = {"CRC": "₡", "USD": "US$", "EUR": "€"}
NAMES = {"CRC": "Colones", "USD": "Dólares", "EUR": "Euros"}


def figure(amount: Decimal) -> str:
    """As Costa Rica writes it: 1.234,56."""
    return f"{rounded(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def percent(rate: Decimal) -> str:
    """A rate as Costa Rica writes it: 0,5 %."""
    return f"{trimmed(rate, 2).replace('.', ',')} %"


def rate_words(code: str, tariff: str) -> str:
    """What a tax is called: "IVA 13 %", "Selectivo de consumo"."""
    name = lists.TAX_WORDS.get(code, f"Impuesto {code}")
    return f"{name} {percent(TARIFFS[tariff])}" if tariff in TARIFFS else name


def grouped(clave: str) -> str:
    """The clave in groups of ten, to be read aloud."""
    return " ".join(clave[start : start + 10] for start in range(0, len(clave), 10))
