"""What register and calendar say of single documents: numbers, dates, what a note corrects."""

from __future__ import annotations

import pytest
from tests.sandbox.sunat import cases_examples as examples
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.files import boleta, note, retention, voiding
from tests.sandbox.sunat.signing import code
from tests.sandbox.sunat.steps import RR, known, send, state, verdict

# Numbers


@pytest.mark.parametrize(
    ("was", "expected"), [("", "0"), ("accepted", "1033"), ("voided", "1032"), ("rejected", "1032")]
)
def test_a_number_is_used_once(place: Place, was: str, expected: str) -> None:
    if was:
        known(place, "03 B001-1", was)
    assert send(place, boleta(), "B001-1", "03") == expected


@pytest.mark.parametrize(
    ("was", "expected"), [("", "0"), ("accepted", "1033"), ("voided", "1033"), ("rejected", "0")]
)
def test_a_retencions_number_is_used_until_it_is_accepted(
    place: Place, was: str, expected: str
) -> None:
    if was:
        known(place, "20 R001-1", was)
    assert send(place, retention(), "R001-1", "20") == expected


# Dates: a boleta comes in seven days, a note of one in five, a factura's note in three


@pytest.mark.parametrize(
    ("markup", "kind", "expected"),
    [
        (boleta(issued="2026-11-14"), "03", "0"),
        (boleta(issued="2026-11-13"), "03", "1079"),
        (note("FC01-1", reason="10", issued="2026-11-18"), "07", "0"),
        (note("FC01-1", reason="10", issued="2026-11-17"), "07", "2108"),
        (note("BC01-1", reason="10", issued="2026-11-16", of_kind="03", of="B001-1"), "07", "0"),
        (note("BC01-1", reason="10", issued="2026-11-15", of_kind="03", of="B001-1"), "07", "1079"),
        (boleta(issued="2026-11-23"), "03", "0"),
        (boleta(issued="2026-11-24"), "03", "2329"),
    ],
)  # fmt: skip
def test_a_document_comes_in_time(place: Place, markup: str, kind: str, expected: str) -> None:
    number = markup.partition("<cbc:ID>")[2].partition("<")[0]
    assert send(place, markup, number, kind) == expected


# Advances


@pytest.mark.parametrize(
    ("was", "expected"), [("", "3218"), ("accepted", "0"), ("voided", "3218"), ("rejected", "3218")]
)
def test_an_advance_was_accepted_before(place: Place, was: str, expected: str) -> None:
    if was:
        known(place, "01 F001-90", was)
    assert send(place, examples.advance(), "F001-1", "01") == expected


# Reversals


@pytest.mark.parametrize(("was", "expected"), [("", "2750"), ("accepted", "0"), ("voided", "2751")])
def test_the_register_judges_a_reversal(place: Place, was: str, expected: str) -> None:
    if was:
        known(place, "20 R001-1", was)
    markup = voiding(("20", "R001-1"), number=RR)
    assert code(verdict(place, markup, RR)) == expected
    assert state(place, "20 R001-1") == {"0": "VOIDED"}.get(expected, was.upper())


# Notes and what they correct


@pytest.mark.parametrize(
    ("markup", "kind", "number", "expected"),
    [
        (note(), "07", "FC01-1", "0"),
        (note(of="F001-7"), "07", "FC01-1", "2119"),
        (note(of="F001-7", reason="10"), "07", "FC01-1", "0"),
        (note(of="E001-7"), "07", "FC01-1", "2119"),
        (note(of="0001-7"), "07", "FC01-1", "0"),
        (note(of="F001-2"), "07", "FC01-1", "2120"),
        (note(of="F001-3"), "07", "FC01-1", "2121"),
        (note(issued="2026-11-19"), "07", "FC01-1", "2885"),
        (note(total="118.01"), "07", "FC01-1", "3286"),
        (note("FD01-1", debit=True), "08", "FD01-1", "0"),
        (note("FD01-1", debit=True, of="F001-7"), "08", "FD01-1", "2209"),
        (note("FD01-1", debit=True, of="F001-2"), "08", "FD01-1", "2207"),
        (note("FD01-1", debit=True, of="F001-3"), "08", "FD01-1", "2208"),
    ],
)  # fmt: skip
def test_the_register_judges_what_a_note_corrects(
    place: Place, markup: str, kind: str, number: str, expected: str
) -> None:
    for label, was in (("F001-1", "accepted"), ("F001-2", "voided"), ("F001-3", "rejected")):
        known(place, f"01 {label}", was, issued="2026-11-20", total="118.00")
    assert send(place, markup, number, kind) == expected
