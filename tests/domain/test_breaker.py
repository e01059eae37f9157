"""When a road of mail is left alone, and when it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.breaker import OPEN_AT, PAUSES, REST, Effect, Road, after, unproven

AT = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
MINUTES = [5, 15, 60, 60, 60]


def refused(road: Road, at: datetime = AT, *, probe: bool = False) -> Road:
    return after(road, Effect.REFUSED, "535 no", probe=probe, at=at)


def test_a_refusal_pauses_at_once_and_longer_each_time_its_probe_is_refused() -> None:
    road, at = Road(), AT
    for minutes in MINUTES:
        road = refused(road, at, probe=road.broken)
        assert road.paused_until == at + timedelta(minutes=minutes)
        assert (road.paused_since, road.reason, road.broken) == (AT, "535 no", True)
        at = road.paused_until


def test_silence_pauses_only_when_it_is_met_again_and_again() -> None:
    road = Road()
    for _ in range(OPEN_AT - 1):
        road = after(road, Effect.SILENT, "refused", probe=False, at=AT)
        assert not road.broken
        assert not road.shut(AT)
    road = after(road, Effect.SILENT, "refused", probe=False, at=AT)
    assert road.broken
    assert road.paused_until == AT + PAUSES[0]


def test_one_mail_that_goes_through_begins_the_count_anew() -> None:
    once = after(Road(), Effect.SILENT, "refused", probe=False, at=AT)
    assert once.refusals == 1
    assert after(once, Effect.WORKED, "", probe=False, at=AT) == Road()
    assert after(refused(Road()), Effect.WORKED, "", probe=True, at=AT + PAUSES[0]) == Road()


def test_what_was_under_way_when_it_shut_says_nothing_new() -> None:
    road = refused(Road())
    for effect in Effect:
        assert after(road, effect, "late", probe=False, at=AT + timedelta(seconds=9)) == road


def test_too_much_at_once_is_a_short_rest_and_no_fault() -> None:
    road = after(Road(), Effect.BUSY, "421 too many", probe=False, at=AT)
    assert (road.paused_until, road.broken) == (AT + REST, False)
    probed = after(refused(Road()), Effect.BUSY, "421 too many", probe=True, at=AT + PAUSES[0])
    assert probed.broken


def test_a_rest_in_a_pause_leaves_it_the_beginning_that_it_had() -> None:
    probed = AT + PAUSES[0]
    road = after(refused(Road()), Effect.BUSY, "421 too many", probe=True, at=probed)
    assert (road.paused_since, road.paused_until) == (AT, probed + REST)


def test_a_persons_word_ends_the_pause_but_one_probe_still_goes_first() -> None:
    road = unproven(refused(Road()), AT + timedelta(minutes=1))
    assert not road.shut(AT + timedelta(minutes=1))
    assert road.broken
    assert unproven(Road(), AT) == Road()


@given(st.lists(st.tuples(st.sampled_from(Effect), st.booleans(), st.integers(0, 7200))))
def test_no_pause_is_longer_than_an_hour_and_every_one_has_a_beginning(
    story: list[tuple[Effect, bool, int]],
) -> None:
    road, at = Road(), AT
    for effect, probe, seconds in story:
        at += timedelta(seconds=seconds)
        road = after(road, effect, "x", probe=probe, at=at)
        if road.shut(at):
            assert road.paused_until is not None
            assert road.paused_since is not None
            assert road.paused_until <= at + PAUSES[-1]
            assert road.paused_since <= at
        if road.broken:
            assert road.paused_until is not None


@pytest.mark.parametrize("effect", Effect)
def test_an_open_road_is_closed_only_by_what_speaks_against_it(effect: Effect) -> None:
    road = after(Road(), effect, "x", probe=False, at=AT)
    assert road.shut(AT) == (effect in (Effect.REFUSED, Effect.BUSY))
