"""JSON as documents need it."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from acuse.domain.json_text import parse_json
from acuse.domain.problem import Problem


def test_json_keeps_every_digit() -> None:
    value = parse_json('{"a": 0.10, "b": 12345678901234567890, "c": 1e2}')
    assert value == {"a": Decimal("0.10"), "b": 12345678901234567890, "c": Decimal("1e2")}
    assert isinstance(value, dict)
    assert not any(isinstance(one, float) for one in value.values())


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ('{"a": 1,\n "b": }', "XX-DOC-15", "línea 2"),
        ("", "XX-DOC-15", "línea 1"),
        ('{"a": NaN}', "XX-DOC-3", "NaN"),
        ('{"a": -Infinity}', "XX-DOC-3", "-Infinity"),
        ('{"a": 1, "b": 2, "a": 3}', "XX-DOC-16", "«a»"),
        ('{"x": {"a": 1, "a": 1}}', "XX-DOC-16", "«a»"),
        ("[" * 41 + "]" * 41, "XX-DOC-17", "40"),
        ("[" * 100_000, "XX-DOC-17", "40"),
        ("9" * 5000, "XX-DOC-4", "5000"),
        (" " * 8_000_001, "XX-DOC-18", "8000001"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_json_that_cannot_be_trusted_is_refused(text: str, code: str, told: str) -> None:
    problem = parse_json(text)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert told in problem.text


@pytest.mark.parametrize("text", ["[" * 40 + "]" * 40, '"' + "[" * 100 + '"', '"\\"[[[["'])
def test_brackets_within_texts_do_not_nest(text: str) -> None:
    assert not isinstance(parse_json(text), Problem)


@pytest.mark.parametrize("sign", ["[", '"', '\\"', "1", "{", '"a":', "\u0301"])
def test_hostile_json_is_answered_at_once(sign: str) -> None:
    started = time.process_time()
    assert isinstance(parse_json(sign * (7_999_999 // len(sign))), Problem)
    assert time.process_time() - started < 10  # quadratic would be hours
