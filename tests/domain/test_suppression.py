"""When mail to an address is held, and when not (mail.md 4, reliability.md F87 and F88)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.bounce import RESPONSES, BounceReason, Response
from acuse.domain.bounce_news import News, NewsKind
from acuse.domain.suppression import Came, HeldFor, Standing, held, known

AT = datetime(2026, 11, 26, tzinfo=UTC)


def came(
    delivery: int,
    day: float,
    reason: BounceReason = BounceReason.MAILBOX_FULL,
    kind: NewsKind = NewsKind.FAILED,
) -> Came:
    return Came(delivery, News(f"{delivery}:{day}", kind, AT + timedelta(days=day), reason))


@pytest.mark.parametrize("reason", BounceReason)
def test_one_failure_holds_only_if_nobody_is_there(reason: BounceReason) -> None:
    found = held([came(1, 0, reason)])
    assert (found is not None) == (RESPONSES[reason] is Response.HOLD)
    assert found is None or found.reason is HeldFor.NOBODY_THERE


def test_the_third_full_mailbox_within_a_fortnight_holds() -> None:
    found = held([came(1, 0), came(2, 7), came(3, 14)])
    assert found is not None
    assert (found.reason, found.cause) == (HeldFor.FAILS_AGAIN, "3:14")
    assert held([came(1, 0), came(2, 7)]) is None
    assert held([came(1, 0), came(2, 7), came(3, 14.1)]) is None
    assert held([came(1, 0), came(2, 10), came(3, 20), came(4, 23)]) is not None


def test_a_delivery_counts_once_however_often_it_is_told() -> None:
    assert held([came(1, 0), came(1, 1), came(1, 2), came(2, 3)]) is None


@pytest.mark.parametrize(
    "reason", [one for one, response in RESPONSES.items() if response is Response.ALARM]
)
def test_our_own_reputation_never_holds_a_customer(reason: BounceReason) -> None:
    assert held([came(number, number, reason) for number in range(20)]) is None


def test_a_complaint_holds_and_a_person_releases() -> None:
    told = [came(1, 0, kind=NewsKind.COMPLAINED), came(2, 3, BounceReason.USER_UNKNOWN)]
    found = held(told)
    assert found is not None
    assert (found.reason, found.since) == (HeldFor.COMPLAINED, AT)
    later = held(told, released_at=AT)
    assert later is not None
    assert later.reason is HeldFor.NOBODY_THERE
    assert held(told, released_at=AT + timedelta(days=3)) is None


@pytest.mark.parametrize("kind", set(NewsKind) - {NewsKind.FAILED, NewsKind.COMPLAINED})
def test_nothing_else_holds(kind: NewsKind) -> None:
    assert held([came(n, n, BounceReason.USER_UNKNOWN, kind) for n in range(9)]) is None


@given(
    st.lists(
        st.builds(came, st.integers(1, 4), st.integers(0, 30), st.sampled_from(BounceReason)),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_does_not_matter(told: list[Came], draw: Random) -> None:
    mixed = [*told, *told[:2]]
    draw.shuffle(mixed)
    first, second = held(told), held(mixed)
    assert (first and (first.since, first.reason)) == (second and (second.since, second.reason))


def test_an_address_is_held_since_the_first_thing_that_held_it() -> None:
    full = [came(1, 0), came(2, 1), came(3, 2)]
    found = held([*full, came(4, 5, BounceReason.USER_UNKNOWN)])
    assert found is not None
    assert (found.reason, found.since) == (HeldFor.FAILS_AGAIN, AT + timedelta(days=2))
    found = held([*full, came(4, 1.5, BounceReason.USER_UNKNOWN)])
    assert found is not None
    assert (found.reason, found.since) == (HeldFor.NOBODY_THERE, AT + timedelta(days=1.5))


def test_the_moment_says_what_came_first_whatever_the_news_are_called() -> None:
    unknown, moved = came(9, 0, BounceReason.USER_UNKNOWN), came(1, 3, BounceReason.HAS_MOVED)
    found = held([moved, unknown])
    assert found is not None
    assert (found.since, found.cause) == (AT, unknown.news.id)
    full, arrived = came(9, 0), came(1, 1, kind=NewsKind.DELIVERED)
    assert known([full, arrived]).standing is Standing.VERIFIED
    assert known([came(9, 1), came(1, 2), came(5, 0, kind=NewsKind.READ)]).cause == "1:2"


@pytest.mark.parametrize(
    "kind",
    sorted(
        set(NewsKind) - {NewsKind.FAILED, NewsKind.COMPLAINED, NewsKind.DELIVERED, NewsKind.READ}
    ),
)
def test_an_answer_or_a_delay_is_no_word_on_the_address(kind: NewsKind) -> None:
    absent = came(2, 1, BounceReason.UNDEFINED, kind)
    assert known([absent]).standing is Standing.DELIVERING
    assert known([came(1, 0, kind=NewsKind.DELIVERED), absent]).standing is Standing.VERIFIED


def test_the_last_word_tells_how_an_address_stands() -> None:
    arrived = came(1, 0, kind=NewsKind.DELIVERED)
    full, ours = came(2, 1), came(3, 2, BounceReason.BLOCKED)
    assert known([]).standing is Standing.DELIVERING
    assert known([ours]).standing is Standing.DELIVERING
    assert known([arrived, ours]).standing is Standing.VERIFIED
    bounced = known([arrived, full, ours])
    assert (bounced.standing, bounced.reason, bounced.cause) == (
        Standing.BOUNCED,
        "MAILBOX_FULL",
        full.news.id,
    )
    assert known([full, came(4, 3, kind=NewsKind.READ)]).standing is Standing.VERIFIED


def test_what_holds_an_address_outweighs_what_came_later() -> None:
    told = [came(1, 0, BounceReason.USER_UNKNOWN), came(2, 1, kind=NewsKind.DELIVERED)]
    found = known(told)
    assert (found.standing, found.reason, found.since) == (
        Standing.SUPPRESSED,
        "NOBODY_THERE",
        AT,
    )
    assert known(told, released_at=AT).standing is Standing.VERIFIED
    after = known(told, released_at=AT + timedelta(days=2))
    assert (after.standing, after.since) == (Standing.DELIVERING, AT + timedelta(days=2))
