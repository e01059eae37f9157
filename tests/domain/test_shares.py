"""An amount in parts: exactly the whole, in proportion, never more than what it is of."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.shares import shares

UNIT = Decimal("0.00001")
amounts = st.integers(0, 10**15).map(lambda units: units * UNIT)


@given(st.lists(amounts, min_size=1, max_size=8).filter(any), st.data())
def test_parts_are_exactly_the_whole_and_none_is_more_than_its_own(
    among: list[Decimal], data: st.DataObject
) -> None:
    whole = sum(among, Decimal(0))
    amount = data.draw(st.integers(0, int(whole / UNIT))) * UNIT
    found = shares(amount, among, 5)
    assert sum(found) == amount
    for part, own in zip(found, among, strict=True):
        assert 0 <= part <= own
        assert abs(part - amount * own / whole) <= UNIT


@given(st.lists(amounts, min_size=1, max_size=8).filter(any))
def test_all_of_it_is_each_of_its_own(among: list[Decimal]) -> None:
    assert shares(sum(among, Decimal(0)), among, 5) == tuple(among)


def test_what_is_left_goes_where_most_was_cut() -> None:
    third = shares(Decimal("100"), [Decimal(1), Decimal(1), Decimal(1)], 2)
    assert third == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))
    assert shares(Decimal("0.03"), [Decimal(1), Decimal(3)], 2) == (
        Decimal("0.01"),
        Decimal("0.02"),
    )
