"""A figure as typed is the figure that is meant: in Bogotá 5.000 is no five."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.web.typed import figure, shown

COMMA, POINT = ",", "."


@pytest.mark.parametrize(
    ("text", "mark", "means"),
    [
        ("5.000", COMMA, "5000"),
        ("5,000", COMMA, "5.000"),
        ("5.000", POINT, "5.000"),
        ("5,000", POINT, "5000"),
        ("1.234.567", COMMA, "1234567"),
        ("1.234.567", POINT, "1234567"),
        ("1,234,567", COMMA, "1234567"),
        ("1.234,56", POINT, "1234.56"),
        ("1,234.56", COMMA, "1234.56"),
        ("12.5", COMMA, "12.5"),
        ("12,5", POINT, "12.5"),
        ("0.125", COMMA, "0.125"),
        ("0,125", POINT, "0.125"),
        ("1234.567", COMMA, "1234.567"),
        ("5 000", COMMA, "5000"),
        ("", COMMA, ""),
        ("abc", COMMA, "abc"),
    ],
)
def test_what_is_typed_is_read_as_the_country_writes_it(text: str, mark: str, means: str) -> None:
    assert figure(text, mark) == means


@given(st.decimals(0, 10**9, places=5) | st.decimals(0, 10**9, places=3), st.sampled_from(",."))
def test_a_field_is_read_back_as_it_was_filled(value: Decimal, mark: str) -> None:
    text = f"{value:f}"
    assert figure(shown(text, mark), mark) == text


def test_nothing_is_shown_of_nothing() -> None:
    assert shown(None, COMMA) == ""
