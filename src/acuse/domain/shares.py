"""An amount spread over several, so that the parts are exactly the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def shares(amount: Decimal, among: Sequence[Decimal], places: int) -> tuple[Decimal, ...]:
    """The amount in proportion to each of `among`, which are not negative and not all zero.

    Each has at most so many decimals, as the amount must; what rounding down leaves goes where it
    took most. Their sum is the amount exactly; where the amount is no more than the sum of `among`,
    no part is more than its own.
    """
    whole = sum(map(Fraction, among), Fraction(0))
    units = Fraction(amount) * 10**places
    exact = [units * Fraction(one) / whole for one in among]
    found = [one.numerator // one.denominator for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in order[: int(units) - sum(found)]:
        found[place] += 1
    return tuple(Decimal(one).scaleb(-places) for one in found)
