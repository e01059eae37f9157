"""Decimal amounts and the one way they are rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

ZERO = Decimal(0)

# One context for all: making one for each amount costs more than the rounding itself.
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(16))
SHORT = 6  # so few decimals never make `str` use an exponent


def rounded(amount: Decimal, places: int = 2) -> Decimal:
    """The amount with exactly so many decimals (at most 15), halves away from zero."""
    return _ROUNDING.quantize(amount, _STEPS[places])


def plain(amount: Decimal, places: int) -> str:
    """The amount as authorities want it: a point, fixed decimals, no exponent, no thousands."""
    fixed = _ROUNDING.quantize(amount, _STEPS[places])
    return str(fixed) if places <= SHORT else f"{fixed:f}"


def trimmed(amount: Decimal, most: int, least: int = 0) -> str:
    """The amount with at most `most` decimals, trailing zeros gone down to `least`."""
    text = plain(amount, most)
    if most == 0:
        return text
    whole, _, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole
