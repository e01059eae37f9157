"""Business days in Colombia, by its law of holidays."""

from __future__ import annotations

from datetime import date

import pytest

from acuse_sandbox.dian.business_days import business_days_after, easter, holidays


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))],
)
def test_easter_is_on_its_day(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    assert sorted(f"{day:%m-%d}" for day in holidays(2026)) == [
        "01-01",
        "01-12",
        "03-23",
        "04-02",
        "04-03",
        "05-01",
        "05-18",
        "06-08",
        "06-15",
        "06-29",
        "07-20",
        "08-07",
        "08-17",
        "10-12",
        "11-02",
        "11-16",
        "12-08",
        "12-25",
    ]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), 0),
        (date(2026, 11, 26), date(2026, 11, 29), 1),  # a weekend
        (date(2026, 11, 26), date(2026, 12, 1), 3),
        (date(2026, 12, 4), date(2026, 12, 9), 2),  # 8 December
        (date(2026, 4, 1), date(2026, 4, 7), 2),  # Holy Week
        (date(2026, 11, 26), date(2026, 11, 20), 0),
    ],
)
def test_business_days_leave_out_weekends_and_holidays(first: date, last: date, days: int) -> None:
    assert business_days_after(first, last) == days
