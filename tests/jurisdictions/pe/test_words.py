"""The amount in words says the amount, for a reader that shares nothing with the writer."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acuse.domain.number_words import integer_in_words
from acuse.jurisdictions.pe.words import amount_in_words

VALUES = {
    "CERO": 0, "UN": 1, "UNO": 1, "DOS": 2, "TRES": 3, "CUATRO": 4, "CINCO": 5, "SEIS": 6,
    "SIETE": 7, "OCHO": 8, "NUEVE": 9, "DIEZ": 10, "ONCE": 11, "DOCE": 12, "TRECE": 13,
    "CATORCE": 14, "QUINCE": 15, "DIECISÉIS": 16, "DIECISIETE": 17, "DIECIOCHO": 18,
    "DIECINUEVE": 19, "VEINTE": 20, "VEINTIÚN": 21, "VEINTIUNO": 21, "VEINTIDÓS": 22,
    "VEINTITRÉS": 23, "VEINTICUATRO": 24, "VEINTICINCO": 25, "VEINTISÉIS": 26, "VEINTISIETE": 27,
    "VEINTIOCHO": 28, "VEINTINUEVE": 29, "TREINTA": 30, "CUARENTA": 40, "CINCUENTA": 50,
    "SESENTA": 60, "SETENTA": 70, "OCHENTA": 80, "NOVENTA": 90, "CIEN": 100, "CIENTO": 100,
    "DOSCIENTOS": 200, "TRESCIENTOS": 300, "CUATROCIENTOS": 400, "QUINIENTOS": 500,
    "SEISCIENTOS": 600, "SETECIENTOS": 700, "OCHOCIENTOS": 800, "NOVECIENTOS": 900,
}  # fmt: skip


def read(words: str) -> int:
    """The number behind the words."""
    whole = group = 0
    for word in words.split():
        if word == "Y":
            continue
        if word == "MIL":
            group = (group or 1) * 1000
        elif word in ("MILLÓN", "MILLONES"):
            whole, group = group * 10**6, 0
        else:
            group += VALUES[word]
    return whole + group


@given(st.one_of(st.integers(0, 10**12 - 1), st.integers(0, 3000), st.integers(990_000, 1_010_000)))
@example(0)
@example(100)
@example(1_000_000)
@example(10**12 - 1)
def test_the_words_say_the_number(number: int) -> None:
    assert read(integer_in_words(number)) == number


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("118.00", "CIENTO DIECIOCHO CON 00/100 SOLES"),
        ("0.50", "CERO CON 50/100 SOLES"),
        ("1.00", "UNO CON 00/100 SOLES"),
        ("100.00", "CIEN CON 00/100 SOLES"),
        ("101.01", "CIENTO UNO CON 01/100 SOLES"),
        ("1000", "MIL CON 00/100 SOLES"),
        ("21000", "VEINTIÚN MIL CON 00/100 SOLES"),
        ("31001.99", "TREINTA Y UN MIL UNO CON 99/100 SOLES"),
        ("1000000", "UN MILLÓN CON 00/100 SOLES"),
        ("1001000", "UN MILLÓN MIL CON 00/100 SOLES"),
        ("21000000", "VEINTIÚN MILLONES CON 00/100 SOLES"),
        ("101000000000", "CIENTO UN MIL MILLONES CON 00/100 SOLES"),
        ("0.995", "UNO CON 00/100 SOLES"),
    ],
)
def test_an_amount_is_written_as_peru_writes_it(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount), "SOLES") == words


@given(st.integers(0, 10**14 - 1))
def test_cents_are_never_lost(cents: int) -> None:
    words = amount_in_words(Decimal(cents) / 100, "DÓLARES AMERICANOS")
    found = re.fullmatch(r"(.*) CON (\d\d)/100 DÓLARES AMERICANOS", words)
    assert found
    assert read(found[1]) * 100 + int(found[2]) == cents


@pytest.mark.parametrize("amount", ["-0.01", "-1", "1000000000000"])
def test_what_has_no_words_is_an_error(amount: str) -> None:
    with pytest.raises(ValueError):
        amount_in_words(Decimal(amount), "SOLES")
