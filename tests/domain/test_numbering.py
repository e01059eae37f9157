"""What is told of a range before it stops anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange, unusable, used_percent, warnings

TODAY = date(2026, 11, 25)
RANGE = NumberingRange(1, DocumentKind.INVOICE, "FE", 1, 100, 1, valid_until=date(2028, 1, 1))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"next": 80}, []),
        ({"next": 81}, ["XX-NUM-20"]),  # 80 of 100 numbers are used
        ({"next": 95}, ["XX-NUM-20"]),
        ({"next": 96}, ["XX-NUM-21"]),
        ({"next": 101}, []),  # nothing left: a problem, and no longer a warning
        ({"valid_until": TODAY + timedelta(days=31)}, []),
        ({"valid_until": TODAY + timedelta(days=30)}, ["XX-NUM-22"]),
        ({"valid_until": TODAY + timedelta(days=8)}, ["XX-NUM-22"]),
        ({"valid_until": TODAY + timedelta(days=7)}, ["XX-NUM-23"]),
        ({"valid_until": TODAY}, ["XX-NUM-23"]),
        ({"valid_until": TODAY - timedelta(days=1)}, []),
        ({"valid_until": None}, []),
        ({"next": 99, "valid_until": TODAY + timedelta(days=1)}, ["XX-NUM-21", "XX-NUM-23"]),
        ({"next": 99, "active": False}, []),
    ],
)
def test_a_range_that_ends_soon_is_told_before_it_stops_anybody(
    changes: dict[str, Any], codes: list[str]
) -> None:
    assert [one.code for one in warnings(replace(RANGE, **changes), TODAY)] == codes


@pytest.mark.parametrize(("next_", "percent"), [(1, 0), (51, 50), (100, 99), (101, 100)])
def test_only_an_empty_range_is_used_whole(next_: int, percent: int) -> None:
    assert used_percent(replace(RANGE, next=next_)) == percent


def test_a_range_without_prefix_is_named_so() -> None:
    (told,) = warnings(replace(RANGE, series="", next=90), TODAY)
    assert told.text.startswith("La numeración (sin prefijo) va en el 89 %: quedan 11 números.")
    reason = unusable(replace(RANGE, series="", active=False), TODAY)
    assert reason is not None
    assert "(sin prefijo)" in reason.text
