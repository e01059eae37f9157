"""The normaliser at the border: what enters as text, and what never does."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.problem import Problem
from acuse.domain.text import clean, one_line_of


def _clean(value: str, *, longest: int = 60, lines: bool = False) -> str | Problem:
    return clean(value, field="items.0.name", longest=longest, lines=lines)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Café", "Café"),
        ("Cafe\u0301", "Café"),
        ("  dos\t\tpalabras\u00a0\u2003juntas \r\n", "dos palabras juntas"),
        ("nulo\x00 y\x07 campana\x9f", "nulo y campana"),
        ("al\u202erevés\u2066", "alrevés"),
        ("\ufeff\u200b borde \u200d", "borde"),
        ("👩\u200d🔧 taller", "👩\u200d🔧 taller"),
        ("${jndi} {{x}} <script> ../", "${jndi} {{x}} <script> ../"),
        ("uno\x85dos\u2028tres", "uno dos tres"),
        ("", ""),
    ],
)
def test_a_text_enters_in_normal_form(raw: str, cleaned: str) -> None:
    assert _clean(raw) == cleaned


def test_lines_are_kept_where_the_field_has_lines() -> None:
    raw = "\n\n uno \r\n\r\n\r\n\r\ndos\u2028tres\n\n"
    assert _clean(raw, lines=True) == "uno\n\ndos\ntres"
    assert _clean(raw) == "uno dos tres"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("a" * 61, "XX-TXT-1"),
        ("a\ud800b", "XX-TXT-2"),
        ("a\uffffb", "XX-TXT-2"),
        ("a\ufffe", "XX-TXT-2"),
        ("a" + "\u0301\u0300" * 16, "XX-TXT-3"),
    ],
)
def test_what_cannot_be_a_text_is_refused_with_its_field(raw: str, code: str) -> None:
    problem = _clean(raw)
    assert isinstance(problem, Problem)
    assert (problem.field, problem.code) == ("items.0.name", code)
    assert problem.text.isprintable()


def test_the_longest_text_still_enters() -> None:
    assert _clean("a" * 60) == "a" * 60
    assert _clean("  " + "a" * 60 + "  ") == "a" * 60
    assert _clean("e\u0301" * 60) == "é" * 60


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing(raw: str, lines: bool) -> None:
    once = _clean(raw, lines=lines)
    if isinstance(once, str):
        assert _clean(once, lines=lines) == once


@given(st.text(), st.booleans())
def test_no_control_and_no_loose_space_survives(raw: str, lines: bool) -> None:
    cleaned = _clean(raw, lines=lines)
    if isinstance(cleaned, Problem):
        return
    rest = cleaned.replace("\n", "") if lines else cleaned
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in rest)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize("sign", ["a", " ", "\u0301", "\x00", "\ud800", "\u200b"])
def test_ten_megabytes_are_refused_before_any_work(sign: str) -> None:
    started = time.process_time()
    assert isinstance(_clean(sign * 10_000_000), Problem)
    assert time.process_time() - started < 1


@given(st.text(min_size=1))
def test_a_quoted_beginning_is_printable_and_short(raw: str) -> None:
    shown = one_line_of(raw)
    assert shown.isprintable()
    assert len(shown) <= 41
