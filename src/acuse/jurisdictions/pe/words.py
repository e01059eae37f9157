"""An amount in Spanish words, as Peruvian documents print it.

Source: peru.md 7: capitals, cents as NN/100, the currency in the plural: "CIENTO DIECIOCHO CON
00/100 SOLES". Good from 0 to 999,999,999,999.99.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.money import rounded

UNITS = [
    "CERO",
    "UNO",
    "DOS",
    "TRES",
    "CUATRO",
    "CINCO",
    "SEIS",
    "SIETE",
    "OCHO",
    "NUEVE",
    "DIEZ",
    "ONCE",
    "DOCE",
    "TRECE",
    "CATORCE",
    "QUINCE",
    "DIECISÉIS",
    "DIECISIETE",
    "DIECIOCHO",
    "DIECINUEVE",
    "VEINTE",
    "VEINTIUNO",
    "VEINTIDÓS",
    "VEINTITRÉS",
    "VEINTICUATRO",
    "VEINTICINCO",
    "VEINTISÉIS",
    "VEINTISIETE",
    "VEINTIOCHO",
    "VEINTINUEVE",
]
TENS = ["TREINTA", "CUARENTA", "CINCUENTA", "SESENTA", "SETENTA", "OCHENTA", "NOVENTA"]
HUNDREDS = [
    "CIENTO",
    "DOSCIENTOS",
    "TRESCIENTOS",
    "CUATROCIENTOS",
    "QUINIENTOS",
    "SEISCIENTOS",
    "SETECIENTOS",
    "OCHOCIENTOS",
    "NOVECIENTOS",
]
LIMIT = 10**12


def amount_in_words(amount: Decimal, currency_words: str) -> str:
    """The amount in capitals with its cents and currency; raises ValueError beyond the limit."""
    cents = int(rounded(amount) * 100)
    whole, rest = divmod(cents, 100)
    return f"{integer_in_words(whole)} CON {rest:02d}/100 {currency_words}"


def integer_in_words(number: int) -> str:
    """A whole number in capitals; raises ValueError below 0 and from 10¹² on."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} is not between 0 and {LIMIT - 1}")
    if number < 1000:
        return _below_thousand(number)
    millions, below = divmod(number, 10**6)
    parts = []
    if millions == 1:
        parts.append("UN MILLÓN")
    elif millions:
        parts.append(f"{_shortened(_below_million(millions))} MILLONES")
    if below:
        parts.append(_below_million(below))
    return " ".join(parts)


def _below_million(number: int) -> str:
    thousands, below = divmod(number, 1000)
    parts = []
    if thousands == 1:
        parts.append("MIL")
    elif thousands:
        parts.append(f"{_shortened(_below_thousand(thousands))} MIL")
    if below:
        parts.append(_below_thousand(below))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    if number == 100:
        return "CIEN"
    hundreds, below = divmod(number, 100)
    parts = [HUNDREDS[hundreds - 1]] if hundreds else []
    if below or not hundreds:
        parts.append(_below_hundred(below))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 30:
        return UNITS[number]
    tens, units = divmod(number, 10)
    return TENS[tens - 3] + (f" Y {UNITS[units]}" if units else "")


def _shortened(words: str) -> str:
    """Before MIL and MILLONES the last UNO loses its ending: VEINTIÚN MIL, TREINTA Y UN MIL."""
    if words.endswith("VEINTIUNO"):
        return words.removesuffix("VEINTIUNO") + "VEINTIÚN"
    return words.removesuffix("O") if words.endswith("UNO") else words
