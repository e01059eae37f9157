"""Whole numbers in Spanish words, in capitals, good from 0 to 999 999 999 999 999 999.

A jurisdiction adds its currency and says how cents are told.
"""

from __future__ import annotations

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
LIMIT = 10**18
_GREAT = ((10**12, "BILLÓN", "BILLONES"), (10**6, "MILLÓN", "MILLONES"))


def integer_in_words(number: int) -> str:
    """A whole number in capitals; raises ValueError below 0 and from 10¹⁸ on."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} is not between 0 and {LIMIT - 1}")
    if number == 0:
        return UNITS[0]
    parts, rest = [], number
    for size, one, many in _GREAT:
        count, rest = divmod(rest, size)
        if count:
            parts.append(
                f"UN {one}" if count == 1 else f"{shortened(_below_million(count))} {many}"
            )
    if rest:
        parts.append(_below_million(rest))
    return " ".join(parts)


def _below_million(number: int) -> str:
    thousands, below = divmod(number, 1000)
    parts = []
    if thousands == 1:
        parts.append("MIL")
    elif thousands:
        parts.append(f"{shortened(_below_thousand(thousands))} MIL")
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


def shortened(words: str) -> str:
    """Before a noun the last UNO loses its ending: VEINTIÚN MIL, TREINTA Y UN MILLONES."""
    if words.endswith("VEINTIUNO"):
        return words.removesuffix("VEINTIUNO") + "VEINTIÚN"
    return words.removesuffix("O") if words.endswith("UNO") else words
