"""Never more than so many in any minute, and all of them in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.rate import Bucket

AT = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def most_within_a_minute(sent: list[datetime]) -> int:
    """The largest number in any window of a minute, its end not in it."""
    most, first = 0, 0
    for last, at in enumerate(sent):
        while sent[first] <= at - MINUTE:
            first += 1
        most = max(most, last - first + 1)
    return most


@given(
    st.integers(1, 90),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 10)), max_size=80),
)
def test_no_minute_has_more_than_it_may_whoever_asks_when(
    per_minute: int, asked: list[tuple[int, int]]
) -> None:
    bucket, at = Bucket(per_minute), AT
    sent: list[datetime] = []
    for after_ms, wanted in asked:
        at += timedelta(milliseconds=after_ms)
        granted, bucket = bucket.take(wanted, at)
        assert 0 <= granted <= wanted
        sent += [at] * granted
    assert not sent or most_within_a_minute(sent) <= per_minute


@given(st.integers(1, 300), st.integers(1, 500))
def test_all_go_in_the_end_and_not_much_slower_than_allowed(per_minute: int, mails: int) -> None:
    bucket, at, left = Bucket(per_minute), AT, mails
    while left:
        granted, bucket = bucket.take(left, at)
        left -= granted
        if left:
            wait = bucket.wait(at)
            assert wait > timedelta()
            at += wait + timedelta(microseconds=1)
    assert at - AT <= MINUTE * (mails / per_minute) * 1.12 + MINUTE


def test_a_clock_that_went_back_fills_nothing() -> None:
    granted, bucket = Bucket(10).take(5, AT)
    assert granted == 1
    assert bucket.take(1, AT - MINUTE)[0] == 0
    _, later = bucket.take(1, AT - MINUTE)
    assert later.take(1, AT + timedelta(seconds=1))[0] == 0
    assert later.take(1, AT + timedelta(seconds=7))[0] == 1
