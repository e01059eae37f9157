"""What news make of a recipient: the same, in any order and however often they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.bounce import RESPONSES, BounceReason, Response
from acuse.domain.bounce_news import News, NewsKind, fold
from acuse.domain.recipient import RECIPIENT_TABLE, RecipientEvent, RecipientState

AT = datetime(2026, 11, 26, 15, tzinfo=UTC)
R, K = RecipientState, NewsKind
UNMOVED = (R.QUEUED, R.SENDING, R.BOUNCED)


def news(kind: NewsKind, hour: int = 0, reason: BounceReason = BounceReason.UNDEFINED) -> News:
    return News(f"{kind}:{hour}", kind, AT + timedelta(hours=hour), reason)


TOLD = st.builds(news, st.sampled_from(K), st.integers(0, 400), st.sampled_from(BounceReason))
SETS = st.lists(TOLD, max_size=6, unique_by=lambda one: one.id)


@given(st.sampled_from(R), SETS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(state: R, told: list[News], draw: Random) -> None:
    mixed = [*told, *told[:3]]
    draw.shuffle(mixed)
    assert fold(state, mixed) == fold(state, told)


@given(st.sampled_from(R), SETS, st.integers(0, 6))
def test_a_state_kept_between_two_visits_loses_nothing(
    state: R, told: list[News], half: int
) -> None:
    kept = fold(state, told[:half]).state
    assert fold(kept, told).state is fold(state, told).state
    assert fold(fold(state, told[half:]).state, told[:half]).state is fold(state, told).state


@given(st.sampled_from(R), SETS)
def test_only_steps_of_the_table_are_taken(state: R, told: list[News]) -> None:
    after = fold(state, told).state
    steps = (RecipientEvent.PROVEN_SENT, RecipientEvent.REPORTED_DELIVERED, RecipientEvent.BOUNCE)
    reach = {state}
    for _ in steps:
        reach |= {RECIPIENT_TABLE.get((one, step), one) for one in reach for step in steps}
    assert after in reach
    assert (state not in UNMOVED) or after is state


@pytest.mark.parametrize("many", range(1, 6))
def test_every_permutation_of_up_to_five_ends_alike(many: int) -> None:
    kinds = (K.RELAYED, K.DELAYED, K.DELIVERED, K.FAILED, K.COMPLAINED, K.AUTO_REPLIED)
    ends: dict[frozenset[NewsKind], set[object]] = {}
    for chosen in permutations(kinds, many):
        state = R.SENT
        seen: list[News] = []
        for hour, kind in enumerate(chosen):  # one by one, the state kept in between
            seen.append(News(kind, kind, AT + timedelta(hours=hour)))
            state = fold(state, seen).state
        ends.setdefault(frozenset(chosen), set()).add(state)
    for told, states in ends.items():
        wanted = R.BOUNCED if K.FAILED in told else R.DELIVERED if K.DELIVERED in told else R.SENT
        assert states == {wanted}


@pytest.mark.parametrize(
    ("state", "kinds", "expected"),
    [
        (R.SENT, (K.DELIVERED, K.FAILED), R.BOUNCED),
        (R.SENT, (K.FAILED, K.DELIVERED), R.BOUNCED),
        (R.SENT, (K.DELAYED, K.DELIVERED), R.DELIVERED),
        (R.SENT, (K.READ,), R.DELIVERED),
        (R.SENT, (K.RELAYED, K.EXPANDED, K.COMPLAINED), R.SENT),
        (R.DELIVERED, (K.FAILED,), R.BOUNCED),
        (R.UNCERTAIN, (K.DELAYED,), R.SENT),
        (R.UNCERTAIN, (K.AUTO_REPLIED,), R.SENT),
        (R.UNCERTAIN, (K.FAILED,), R.BOUNCED),
        (R.STUCK, (K.DELIVERED,), R.DELIVERED),
        (R.DEFERRED, (K.DELIVERED,), R.DELIVERED),
        (R.SENDING, (K.FAILED,), R.SENDING),
        (R.FAILED, (K.DELIVERED,), R.DELIVERED),
        (R.FAILED, (K.DELAYED,), R.SENT),
        (R.FAILED, (K.FAILED,), R.BOUNCED),
        (R.CANCELLED, (K.DELIVERED,), R.DELIVERED),
        (R.CANCELLED, (K.REPLIED,), R.SENT),
        (R.CANCELLED, (K.FAILED, K.DELIVERED), R.BOUNCED),
        (R.BOUNCED, (K.DELIVERED,), R.BOUNCED),
        (R.UNCERTAIN, (), R.UNCERTAIN),
    ],
)
def test_the_precedence(state: R, kinds: tuple[NewsKind, ...], expected: R) -> None:
    assert fold(state, [news(kind) for kind in kinds]).state is expected


def test_a_bounce_before_our_own_commit_counts_after_it() -> None:
    told = [news(K.FAILED, reason=BounceReason.USER_UNKNOWN)]
    early = fold(R.SENDING, told)
    assert (early.state, early.response) == (R.SENDING, Response.HOLD)
    assert fold(R.SENT, told).state is R.BOUNCED


def test_the_failure_that_asks_for_most_counts() -> None:
    told = [
        news(K.FAILED, 1, BounceReason.EXPIRED),
        news(K.FAILED, 3, BounceReason.USER_UNKNOWN),
        news(K.FAILED, 2, BounceReason.HAS_MOVED),
    ]
    failure = fold(R.SENT, told).failure
    assert failure is not None
    assert failure.reason is BounceReason.HAS_MOVED


@pytest.mark.parametrize("many", range(1, 4))
def test_the_failure_that_counts_is_of_no_order(many: int) -> None:
    reasons = (BounceReason.EXPIRED, BounceReason.MAILBOX_FULL, BounceReason.USER_UNKNOWN)
    ends: dict[frozenset[BounceReason], set[BounceReason]] = {}
    for chosen in permutations(reasons, many):
        told = [news(K.FAILED, hour, reason) for hour, reason in enumerate(chosen)]
        failure = fold(R.SENT, told).failure
        assert failure is not None
        ends.setdefault(frozenset(chosen), set()).add(failure.reason)
    for told_of, ended in ends.items():
        assert ended == {max(told_of, key=reasons.index)}


def test_delayed_is_said_only_while_nothing_else_is_known() -> None:
    assert fold(R.SENT, [news(K.DELAYED)]).delayed
    assert not fold(R.SENT, [news(K.DELAYED), news(K.DELIVERED)]).delayed
    assert fold(R.SENT, []).response is None


def test_every_reason_asks_for_something() -> None:
    assert set(RESPONSES) == set(BounceReason)
    hard = {one for one, response in RESPONSES.items() if response is Response.HOLD}
    assert {one.value for one in hard} == {
        *("USER_UNKNOWN", "HOST_UNKNOWN", "HAS_MOVED", "NOT_ACCEPTED"),
        "SUPPRESSED",  # our provider does not even try
    }
